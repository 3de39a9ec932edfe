"""All that the desk shows of one commitment, drafts included."""

from dataclasses import dataclass
from typing import Any

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.actions.tagging import tags_of
from policytracker.tracking.drift import Step, steps_of
from policytracker.tracking.models import Annotation, Assessment, Evidence, Statement, Tag
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Standing, standing

from .threads import Thread, threads_of


@dataclass(frozen=True)
class Period:
    """One period, and where it stands; a draft stands nowhere."""

    row: Occurrence
    status: str


@dataclass(frozen=True)
class Page:
    """What the template draws."""

    commitment: Commitment
    standing: Standing
    statements: list[Statement]
    steps: list[Step]
    evidence: list[Evidence]
    assessments: list[Assessment]
    threads: list[Thread]
    tags: list[Tag]
    periods: list[Period]

    @property
    def added(self) -> int:
        """How many of its parts are drafts, though it is public itself."""
        parts = [*self.commitment.criteria.all(), *self.commitment.milestones.all(), *self.statements]
        parts += [period.row for period in self.periods]
        return sum(not part.is_published for part in parts) if self.commitment.is_published else 0


def commitment_page(commitment: Commitment, user: Any, moment: Moment) -> Page:
    """The page of a commitment with what this user may read on it."""
    notes = Annotation.objects.for_subject_page(commitment, user)
    statements = _statements(commitment)
    told = standing(commitment, moment)
    statuses = {period.occurrence_id: period.status for period in told.occurrences}
    return Page(
        commitment=commitment,
        standing=told,
        statements=statements,
        steps=steps_of(statements),
        evidence=evidence_of(commitment),
        assessments=list(
            Assessment.objects.visible_to(user)
            .filter(commitment=commitment)
            .exclude(stage=Assessment.Stage.DISCARDED)
            .select_related("author", "reviewer", "occurrence")
            .prefetch_related("rulings")
        ),
        threads=threads_of(notes.exclude(motivation=Annotation.Motivation.TAGGING)),
        tags=tags_of(commitment),
        periods=[Period(row, statuses.get(row.pk, "")) for row in commitment.occurrences.all()],
    )


def _statements(commitment: Commitment) -> list[Statement]:
    rows = commitment.statements.select_related(
        "snapshot__article__publisher", "membership__official", "membership__post", "ministry"
    )
    return list(rows.defer("snapshot__raw", "snapshot__text"))


def evidence_of(commitment: Commitment) -> list[Evidence]:
    """The commitment's file, newest source first."""
    rows = commitment.evidence.select_related("snapshot__article__publisher", "added_by")
    return list(rows.defer("snapshot__raw", "snapshot__text", "snapshot__article__shingles"))
