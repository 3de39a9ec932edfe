"""All that the assessing page shows: the file, the criteria, what changed since, and the draft."""

from dataclasses import dataclass
from typing import Any

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.actions.assessments import OPEN_STAGES, rubric_in_force
from policytracker.tracking.models import Assessment, Correction, Evidence, Rubric
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Standing, standing

from .commitment_page import evidence_of


@dataclass(frozen=True)
class Page:
    """What the template draws."""

    commitment: Commitment
    occurrence: Occurrence | None
    standing: Standing
    rubric: Rubric
    evidence: list[Evidence]
    published: list[Assessment]
    colleagues: list[Assessment]
    draft: Assessment | None
    news: list[Evidence]
    corrections: list[Correction]

    @property
    def last(self) -> Assessment | None:
        """The latest published assessment."""
        return self.published[0] if self.published else None

    @property
    def seen(self) -> int:
        """Up to which published assessment the page has told."""
        return max((row.pk for row in self.published), default=0)


def assessing(commitment: Commitment, occurrence: Occurrence | None, user: Any, moment: Moment) -> Page:
    """The page of somebody who assesses a commitment, or one of its periods."""
    rows = (
        Assessment.objects.visible_to(user)
        .filter(commitment=commitment, occurrence=occurrence)
        .exclude(stage=Assessment.Stage.DISCARDED)
        .select_related("author", "reviewer", "supersedes")
        .prefetch_related("rulings", "links", "remarks__made_by")
        .order_by("-recorded_at", "-pk")
    )
    assessments = list(rows)
    published = [row for row in assessments if row.is_published]
    own = [row for row in assessments if row.author_id == user.pk and row.stage in OPEN_STAGES]
    evidence = evidence_of(commitment)
    since = published[0].recorded_at if published else None
    return Page(
        commitment=commitment,
        occurrence=occurrence,
        standing=standing(commitment, moment),
        rubric=own[0].rubric if own else rubric_in_force(on=moment.as_of),
        evidence=evidence,
        published=published,
        colleagues=[row for row in assessments if not row.is_published and row.author_id != user.pk],
        draft=own[0] if own else None,
        news=[piece for piece in evidence if since is None or piece.added_at > since],
        corrections=list(commitment.corrections.filter(recorded_at__gt=since) if since else ()),
    )
