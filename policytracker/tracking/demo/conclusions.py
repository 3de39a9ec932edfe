"""Stores what was concluded: statements, evidence, assessments, what superseded what, and events."""

from collections import defaultdict
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import User

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Membership, Ministry
from policytracker.tracking.models import (
    Assessment,
    AssessmentEvidence,
    ConditionChange,
    Event,
    Evidence,
    Rubric,
    Statement,
    Supersession,
)

from . import mapping
from .mapping import partial_date, recorded_after
from .reporting import whole_text
from .source import Row, rows
from .tally import Tally

Articles = dict[str, Article]


def load_conclusions(tally: Tally, articles: Articles, *, author: User, reviewer: User) -> None:
    """Store all of the room `tracking`; the demo's verdicts are `author`'s, checked by `reviewer`."""
    by_commitment = defaultdict(list)
    for row in rows("assessments"):
        by_commitment[row["commitment"]].append(row)
    for row in rows("commitments"):
        commitment = Commitment.objects.get(slug=row["id"])
        _load_statements(tally, commitment, row, articles, author)
        _load_assessments(tally, commitment, by_commitment[row["id"]], articles, author, reviewer)
    _load_events(tally, articles)


def _load_statements(tally: Tally, commitment: Commitment, row: Row, articles: Articles, author: User) -> None:
    made = [(commitment.made_on, commitment.made_by, source, True) for source in row["sources"]]
    restated = [
        (day := date.fromisoformat(again["on"]), _speaker(again["by"], day), again["source"], False)
        for again in row.get("restated", [])
    ]
    told_again = {source for _, _, source, _ in restated}
    for said_on, membership, source, is_original in [m for m in made if m[2] not in told_again] + restated:
        article = articles[source]
        tally.ensure(
            "statements",
            Statement.objects,
            key={"commitment": commitment, **whole_text(article)},
            is_original=is_original,
            said_on=said_on,
            said_precision=commitment.made_precision if is_original else "day",
            membership=membership,
            ministry=commitment.lead_ministry,
            added_by=author,
            added_at=recorded_after(said_on, article.published_on),
            recorded_at=recorded_after(said_on, article.published_on),
        )


def _speaker(person: str, day: date) -> Membership | None:
    held = Membership.objects.filter(official__slug=person, started_on__lte=day)
    return held.order_by("-started_on").first()


def _recorded_at(row: Row, articles: Articles) -> datetime:
    return recorded_after(
        date.fromisoformat(row["assessed_on"]), *(articles[source].published_on for source in row["evidence"])
    )


def _load_assessments(
    tally: Tally, commitment: Commitment, given: list[Row], articles: Articles, author: User, reviewer: User
) -> None:
    """In the order in which they would have been recorded, as the database demands."""
    statuses = mapping.statuses(given)
    for row in sorted(given, key=lambda row: _recorded_at(row, articles)):
        recorded_at = _recorded_at(row, articles)
        evidence = [
            _load_evidence(tally, commitment, row, articles[source], author, recorded_at) for source in row["evidence"]
        ]
        _load_assessment(tally, commitment, row, statuses[row["id"]], evidence, author, reviewer, recorded_at)
        _load_change(tally, commitment, row, evidence[0], author, recorded_at)


def _load_evidence(
    tally: Tally, commitment: Commitment, row: Row, article: Article, author: User, recorded_at: datetime
) -> Evidence:
    stance = mapping.STANCE_OF_VERDICT.get(row["verdict"], "context")
    return tally.ensure(
        "evidence",
        Evidence.objects,
        key={"commitment": commitment, **whole_text(article)},
        stance=stance,
        kind="announcement" if stance == "context" else "action",
        dated_on=article.published_on,
        added_by=author,
        added_at=recorded_at,
        recorded_at=recorded_at,
    )


def _load_assessment(
    tally: Tally,
    commitment: Commitment,
    row: Row,
    status: str,
    evidence: list[Evidence],
    author: User,
    reviewer: User,
    recorded_at: datetime,
) -> None:
    key = uuid5(NAMESPACE_URL, f"demo:{row['id']}")
    if Assessment.objects.filter(submission_key=key).exists():
        tally.count("assessments", is_new=False)
        return
    assessment = Assessment.objects.create(
        submission_key=key,
        commitment=commitment,
        rubric=Rubric.objects.get(version="1"),
        status=status,
        effective_from=row["assessed_on"],
        rationale=row["rationale"],
        reason_code=mapping.reason_code(row, status),
        where_looked=row["rationale"] if row["verdict"] == "no_evidence_found" else "",
        author=author,
        created_at=recorded_at,
        submitted_at=recorded_at,
    )
    AssessmentEvidence.objects.bulk_create(
        AssessmentEvidence(assessment=assessment, evidence=piece) for piece in evidence
    )
    assessment.stage = Assessment.Stage.PUBLISHED
    assessment.reviewer = reviewer
    assessment.recorded_at = recorded_at
    assessment.save()
    tally.count("assessments", is_new=True)


def _load_change(
    tally: Tally, commitment: Commitment, row: Row, evidence: Evidence, author: User, recorded_at: datetime
) -> None:
    """The verdicts that are not statuses: a condition still waited for, a commitment superseded."""
    told = {
        "happened_on": date.fromisoformat(row["assessed_on"]),
        "reason": row["rationale"],
        "evidence": evidence,
        "added_by": author,
        "recorded_at": recorded_at,
    }
    if row["verdict"] == "condition_not_met":
        key = {"commitment": commitment, "state": "waiting", "happened_on": told.pop("happened_on")}
        tally.ensure("changes of condition", ConditionChange.objects, key=key, **told)
    elif row["verdict"] == "superseded":
        successor = mapping.SUPERSEDED_BY.get(commitment.slug)
        new = Commitment.objects.get(slug=successor) if successor else None
        tally.ensure("supersessions", Supersession.objects, key={"old": commitment, "new": new}, **told)


def _load_events(tally: Tally, articles: Articles) -> None:
    for row in rows("timeline"):
        happened = partial_date(row["date"], row["precision"])
        event = tally.ensure(
            "timeline events",
            Event.objects,
            key={"text": row["event"], "happened_on": happened.day},
            happened_precision=happened.precision,
            recorded_at=recorded_after(happened.day, *(articles[source].published_on for source in row["sources"])),
        )
        event.sources.set(articles[source] for source in row["sources"])
        initiatives = Initiative.objects.filter(slug__in=row["initiatives"])
        event.initiatives.set(initiatives)
        event.ministries.set(Ministry.objects.filter(initiatives__in=initiatives).distinct())
