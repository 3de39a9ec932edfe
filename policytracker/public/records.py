"""The record's subjects as flat values, for twins: names in every language, days with their precision, addresses."""

from typing import Any

from django.conf import settings
from django.db.models import Model

from .addresses import address_of
from .due import Due
from .lines import Line

Record = dict[str, Any]


def absolute(path: str) -> str:
    """An address of this site, with the site in front."""
    return f"{settings.SITE_URL}{path}"


def record_of(subject: Model) -> Record:
    """The flat record of a subject; a commitment or initiative read for a page carries more."""
    return RECORDS[subject._meta.model_name or ""](subject)


def _translated(subject: Any, field: str) -> Record:
    """ "name" and, for each further language, "name_ko"."""
    told = {field: getattr(subject, field)}
    for language in settings.MODELTRANS_AVAILABLE_LANGUAGES:
        told[f"{field}_{language}"] = (subject.i18n or {}).get(f"{field}_{language}", "") or ""
    return told


def _initiative(initiative: Any) -> Record:
    return {
        "url": absolute(address_of(initiative)),
        "slug": initiative.slug,
        **_translated(initiative, "name"),
        **_translated(initiative, "description"),
        "lead_ministry": initiative.lead_ministry.slug if initiative.lead_ministry else "",
        "started_on": initiative.started_on,
        "started_precision": initiative.started_precision,
        "ended_on": initiative.ended_on,
        "ended_precision": initiative.ended_precision,
    }


def _commitment(commitment: Any) -> Record:
    standing = commitment.standing
    return {
        "url": absolute(address_of(commitment)),
        "slug": commitment.slug,
        **_translated(commitment, "statement"),
        "status": standing.status,
        "status_since": standing.since,
        "is_overdue": standing.is_overdue,
        "days_late": standing.days_late,
        "is_waiting": standing.is_waiting,
        "is_superseded": standing.is_superseded,
        "is_dormant": standing.is_dormant,
        "last_heard_on": standing.last_heard_on,
        "verifiability": commitment.verifiability,
        "kind": commitment.kind,
        "lead_ministry": commitment.lead_ministry.slug,
        "initiative": commitment.initiative.slug
        if commitment.initiative_id and commitment.initiative.is_published
        else "",
        "made_on": commitment.made_on,
        "made_precision": commitment.made_precision,
        "due_on": standing.due.last_day,
        "due_precision": standing.due.precision,
        "due_words": commitment.due_words,
        "recurrence": commitment.recurrence,
    }


def _ministry(ministry: Any) -> Record:
    return {
        "url": absolute(address_of(ministry)),
        "slug": ministry.slug,
        **_translated(ministry, "name"),
        "classification": ministry.classification,
        "country": ministry.country,
        "founded_on": ministry.founded_on,
        "dissolved_on": ministry.dissolved_on,
    }


def _official(official: Any) -> Record:
    return {"url": absolute(address_of(official)), "slug": official.slug, **_translated(official, "name")}


def _article(article: Any) -> Record:
    return {
        "url": absolute(address_of(article)),
        "id": article.pk,
        "headline": article.headline,
        "is_headline_ours": article.is_headline_ours,
        "publisher": article.publisher.name if article.publisher else "",
        "section": article.section,
        "language": article.language,
        "published_on": article.published_on,
        "published_precision": article.published_precision,
        "published_at": article.published_at,
        "updated_at": article.updated_at,
        "source_url": article.url,
    }


def _correction(correction: Any) -> Record:
    return {
        "id": correction.pk,
        "recorded_at": correction.recorded_at,
        "target_kind": correction.target_kind,
        "field": correction.field,
        "before": correction.before,
        "after": correction.after,
        "kind": correction.kind,
        "note": correction.note,
    }


def _term(subject: Any) -> Record:
    return {"url": absolute(address_of(subject)), "slug": subject.slug, **_translated(subject, "label")}


RECORDS = {
    "initiative": _initiative,
    "commitment": _commitment,
    "ministry": _ministry,
    "official": _official,
    "article": _article,
    "correction": _correction,
    "topic": _term,
    "tag": _term,
}


def line_record(line: Line) -> Record:
    """One line of a timeline."""
    return {
        "key": line.key,
        "kind": line.kind,
        "happened_on": line.day,
        "precision": line.precision,
        "recorded_at": line.entry.recorded_at,
        "title": line.title,
        "text": line.text,
        "status_before": line.before,
        "status_after": line.after,
        "url": absolute(line.url) if line.url else "",
    }


def due_record(due: Due) -> Record:
    """One open deadline."""
    return {
        "url": absolute(address_of(due.commitment)),
        "statement": due.commitment.statement,
        "period": due.label,
        "due_on": due.on,
        "precision": due.precision,
        "days_left": due.days,
        "lead_ministry": due.commitment.lead_ministry.slug,
    }


def verdict_record(verdict: Any) -> Record:
    """One verdict with its evidence, each quote with the address of its passage."""
    return {
        "effective_from": verdict.day,
        "status_before": verdict.before,
        "status": verdict.after,
        "period": verdict.period,
        "remark": verdict.word,
        "rationale": verdict.rationale,
        "reason": verdict.reason,
        "minister_then": verdict.holder,
        "evidence": [
            {
                "stance": piece.stance,
                "kind": piece.kind,
                "dated_on": piece.dated_on,
                "quote": piece.exact,
                "publisher": piece.publisher,
                "passage": absolute(piece.passage_url),
                "source_url": piece.source_url,
            }
            for piece in verdict.evidence
        ],
    }


def passage_record(passage: Any) -> Record:
    """One marked passage; offsets count code points of the kept text."""
    return {
        "anchor": passage.anchor,
        "kind": passage.kind,
        "quote": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "start": passage.start,
        "end": passage.end,
        "note": passage.note,
        "commitment": absolute(address_of(passage.commitment)) if passage.commitment else "",
    }


def membership_record(held: Any) -> Record:
    """One term in a post."""
    return {
        "post": held.post.label,
        "ministry": held.post.ministry.slug,
        "started_on": held.started_on,
        "started_precision": held.started_precision,
        "ended_on": held.ended_on,
        "ended_precision": held.ended_precision,
        "is_acting": held.is_acting,
    }


def inherited_record(row: Any) -> Record:
    """One commitment of a hand-over sheet: as it stood on the first day, and what became of it."""
    return {
        "part": row.part,
        **_commitment(row.commitment),
        "status_now": row.now.status,
        "status_now_since": row.now.since,
    }


def term_record(term: Any) -> Record:
    """One term at the head of a ministry: every figure of its sum with the commitments behind it."""
    figures = [*term.answered_for, *term.became]
    return {
        **membership_record(term.membership),
        "hand_over": absolute(term.sheet_url),
        "total": term.total,
        **{figure.key: [commitment.slug for commitment in figure.commitments] for figure in figures},
    }


def answering_record(told: Any) -> Record:
    """Who made, inherited and concluded a commitment."""

    def names(held: Any) -> list[str]:
        return [membership.official.slug for membership in held]

    return {
        "made_by": names(told.made_by),
        "inherited_by": names(told.inherited_by),
        "resolved_on": told.resolved_on,
        "resolved_by": names(told.resolved_by),
    }


def step_record(step: Any) -> Record:
    """From one statement of a promise to the next: what both say, and how they differ."""
    return {
        "before": step.before.exact,
        "said_before_on": step.before.said_on,
        "after": step.after.exact,
        "said_on": step.after.said_on,
        "is_comparable": step.is_comparable,
        "change": step.confirmed,
        "words": [{"kind": run.kind, "text": run.text} for run in step.words],
    }


def search_record(subject: Model) -> Record:
    """What a search tells of a subject it met."""
    return {"title": str(subject), "url": absolute(address_of(subject))}
