"""What each line of a timeline tells: thin rows in, entries out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from articles.models import Article
from policytracker.government.models import (
    Commitment,
    Initiative,
    Membership,
    Ministry,
    Occurrence,
    Official,
    Recorded,
    Succession,
)

from .models import Supersession, TimelineEvent
from .moments import Moment
from .timeline_sources import Page

Kind = TimelineEvent.Kind


@dataclass(frozen=True, slots=True)
class Passage:
    """A source's words, and where they stand."""

    quote: str
    article: Article
    snapshot_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline, ready to be shown; a door adds addresses and words.

    `source` is the row that is told of; `variant` says which of its days (“start”, “due”, “superseded” …).
    `title` is in our words and in the reader's language, `passage` in the source's. Subjects that the line touches are
    given as rows, or are None. `old_status` and `new_status` are keys, as known at the moment the page is asked for;
    `old_status` is empty where nothing was concluded before. `responsible` held the heading post of the lead ministry
    on that day. `is_ahead` says that the day has not come. `key` names the line across pages, feeds and mails.
    """

    kind: str
    variant: str
    happened_on: date
    precision: str
    recorded_at: datetime
    is_ahead: bool
    key: str
    source: Any
    title: str = ""
    body: str = ""
    passage: Passage | None = None
    stance: str = ""
    old_status: str = ""
    new_status: str = ""
    commitment: Commitment | None = None
    occurrence: Occurrence | None = None
    initiative: Initiative | None = None
    ministry: Ministry | None = None
    membership: Membership | None = None
    official: Official | None = None
    article: Article | None = None
    other: Any = None
    responsible: tuple[Membership, ...] = field(default=())


def entries_of(rows: Sequence[TimelineEvent], moment: Moment, *, with_responsible: bool = True) -> list[TimelineEntry]:
    """The entry of each row, in the same order. A row whose source has gone meanwhile is left out.

    Who was responsible on the day is told only where it is asked for.
    """
    page = Page(rows, moment, with_responsible=with_responsible)
    entries = []
    for row in rows:
        told = TELLERS[row.kind](page, row)
        if told is not None:
            entries.append(told)
    return entries


def _entry(page: Page, row: TimelineEvent, source: Any, **told: Any) -> TimelineEntry:
    return TimelineEntry(
        kind=row.kind,
        variant=row.variant.partition(":")[0],
        happened_on=row.happened_on,
        precision=row.precision,
        recorded_at=row.recorded_at,
        is_ahead=row.happened_on > page.moment.as_of,
        key=f"{row.kind}:{row.source_id}:{row.variant}",
        source=source,
        **told,
    )


def _of_commitment(
    page: Page, row: TimelineEvent, source: Any, commitment_id: int, **told: Any
) -> TimelineEntry | None:
    """An entry about a commitment, with its subjects and who was responsible; None where it is no longer public."""
    commitment = page.commitments.get(commitment_id)
    if commitment is None or source is None:
        return None
    told.setdefault("title", commitment.statement_i18n)
    return _entry(
        page,
        row,
        source,
        commitment=commitment,
        initiative=_public(commitment.initiative),
        ministry=_public(commitment.lead_ministry),
        responsible=page.responsible(commitment.lead_ministry, row.happened_on),
        **told,
    )


def _tell_commitment(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    commitment = page.commitments.get(row.source_id)
    by = _public(commitment.made_by) if commitment else None
    return _of_commitment(page, row, commitment, row.source_id, membership=by, official=by.official if by else None)


def _tell_statement(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    statement = page.source(row)
    if statement is None:
        return None
    by = _public(statement.membership)
    told = _passage_of(statement) | {"membership": by, "official": by.official if by else None}
    return _of_commitment(page, row, statement, statement.commitment_id, **told)


def _tell_evidence(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    evidence = page.source(row)
    if evidence is None:
        return None
    told = _passage_of(evidence) | {"stance": evidence.stance, "body": evidence.note}
    return _of_commitment(page, row, evidence, evidence.commitment_id, **told)


def _public(row: Recorded | None) -> Any:
    """The row, where visitors may see it."""
    return row if row is not None and row.is_published else None


def _passage_of(source: Any) -> dict[str, Any]:
    article = source.snapshot.article
    if not article.is_published:
        return {}
    passage = Passage(source.exact, article, source.snapshot_id, source.start, source.end)
    return {"passage": passage, "article": article}


def _tell_status(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    assessment = page.source(row)
    if assessment is None:
        return None
    return _of_commitment(
        page,
        row,
        assessment,
        assessment.commitment_id,
        occurrence=assessment.occurrence,
        body=assessment.rationale_i18n or "",
        old_status=assessment.told_before or "",
        new_status=assessment.status,
    )


def _tell_milestone(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    milestone = page.source(row)
    if milestone is None:
        return None
    return _of_commitment(page, row, milestone, milestone.commitment_id, title=milestone.label_i18n)


def _tell_deadline(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    source = page.source(row) if ":" in row.variant else page.commitments.get(row.source_id)
    occurrence = source if isinstance(source, Occurrence) else getattr(source, "occurrence", None)
    words = getattr(source, "due_words", "")
    return _of_commitment(page, row, source, row.source_id, occurrence=occurrence, body=words)


def _tell_terms(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    source = page.source(row) if ":" in row.variant else page.commitments.get(row.source_id)
    other_id = None
    if isinstance(source, Supersession):
        other_id = source.new_id if row.source_id == source.old_id else source.old_id
    return _of_commitment(
        page,
        row,
        source,
        row.source_id,
        body=getattr(source, "reason", ""),
        occurrence=getattr(source, "occurrence", None),
        other=page.commitments.get(other_id) if other_id else None,
    )


def _tell_appointment(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    membership = page.source(row)
    if membership is None or not _public(membership.official) or not _public(membership.post):
        return None
    return _entry(
        page,
        row,
        membership,
        title=membership.post.label_i18n,
        membership=membership,
        official=membership.official,
        ministry=_public(membership.post.ministry),
        body=membership.note_i18n or "",
    )


def _tell_government(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    government = page.source(row)
    return _entry(page, row, government, title=government.name_i18n) if government else None


def _tell_organization(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    source = page.source(row)
    if source is None:
        return None
    if not isinstance(source, Succession):
        return _entry(page, row, source, title=source.name_i18n, ministry=source)
    return _entry(
        page,
        row,
        source,
        title=source.predecessor.name_i18n,
        body=source.get_kind_display(),
        ministry=_public(source.predecessor),
        other=_public(source.successor),
    )


def _tell_initiative(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    initiative = page.source(row)
    if initiative is None:
        return None
    return _entry(
        page,
        row,
        initiative,
        title=initiative.name_i18n,
        initiative=initiative,
        ministry=_public(initiative.lead_ministry),
    )


def _tell_correction(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    correction = page.source(row)
    if correction is None:
        return None
    commitment = page.commitments.get(correction.commitment_id)
    subject = (
        commitment or _public(correction.initiative) or _public(correction.ministry) or _public(correction.official)
    )
    return _entry(
        page,
        row,
        correction,
        title=str(subject or ""),
        body=correction.note,
        commitment=commitment,
        initiative=_public(correction.initiative),
        ministry=_public(correction.ministry),
        official=_public(correction.official),
    )


def _tell_article(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    article = page.source(row)
    return _entry(page, row, article, title=article.headline, article=article) if article else None


def _tell_event(page: Page, row: TimelineEvent) -> TimelineEntry | None:
    event = page.source(row)
    if event is None:
        return None
    return _entry(
        page,
        row,
        event,
        title=event.text_i18n,
        article=next(iter(event.told_sources), None),
        initiative=next(iter(event.told_initiatives), None),
    )


TELLERS: dict[str, Callable[[Page, TimelineEvent], TimelineEntry | None]] = {
    Kind.COMMITMENT: _tell_commitment,
    Kind.STATEMENT: _tell_statement,
    Kind.EVIDENCE: _tell_evidence,
    Kind.STATUS: _tell_status,
    Kind.MILESTONE: _tell_milestone,
    Kind.DEADLINE: _tell_deadline,
    Kind.TERMS: _tell_terms,
    Kind.APPOINTMENT: _tell_appointment,
    Kind.GOVERNMENT: _tell_government,
    Kind.ORGANIZATION: _tell_organization,
    Kind.INITIATIVE: _tell_initiative,
    Kind.CORRECTION: _tell_correction,
    Kind.ARTICLE: _tell_article,
    Kind.EVENT: _tell_event,
}
