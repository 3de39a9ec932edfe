"""How many commitments stand where: counts with their whole, and the list behind each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString

from policytracker.government.models import Commitment, Ministry
from policytracker.pages import charts
from policytracker.pages.statuses import CONCLUDED, STATUSES
from policytracker.tracking.models import Assessment
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.status import with_open_deadlines, with_status


@dataclass
class Score:
    """Counts over some commitments at one moment; `query` narrows the list of commitments to the same ones."""

    counts: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    not_verifiable: int = 0
    waiting: int = 0
    superseded: int = 0
    last_change: date | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many commitments are counted."""
        return self.counts.total()

    @property
    def fulfilled(self) -> int:
        return self.counts["fulfilled"]

    @property
    def stalled(self) -> int:
        return self.counts["stalled"]

    @property
    def not_rated(self) -> int:
        return self.counts["not_rated"]

    @property
    def concluded(self) -> int:
        return sum(self.counts[key] for key in CONCLUDED)

    @property
    def chart(self) -> SafeString:
        """The bar with its numbers."""
        return charts.scoreboard(self.counts)

    @property
    def small_chart(self) -> SafeString:
        """The bar for one line of a table."""
        return charts.scoreboard(self.counts, height=16, numbers=False)

    @property
    def legend(self) -> list[tuple[str, int, str]]:
        """Each status with its count and the list behind it."""
        return [(status.key, self.counts[status.key], self.url(status=status.key)) for status in STATUSES]

    @property
    def overdue_url(self) -> str:
        return self.url(late="1")

    @property
    def not_verifiable_url(self) -> str:
        return self.url(verifiable="not_verifiable")

    @property
    def list_url(self) -> str:
        return self.url()

    def url(self, **more: str) -> str:
        """The list of the commitments counted, narrowed further."""
        query = urlencode({**self.query, **more})
        return reverse("public:commitment_list") + (f"?{query}" if query else "")

    def add(self, commitment: Any) -> None:
        """Count one commitment with its standing."""
        standing = commitment.standing
        self.counts[standing.status] += 1
        self.overdue += standing.is_overdue
        self.not_verifiable += standing.is_not_verifiable
        self.waiting += standing.is_waiting
        self.superseded += standing.is_superseded
        if standing.since and (self.last_change is None or standing.since > self.last_change):
            self.last_change = standing.since


def score_of(commitments: Iterable[Any], **query: str) -> Score:
    """The score of commitments that carry their standing."""
    score = Score(query=query)
    for commitment in commitments:
        score.add(commitment)
    return score


def scores_by_ministry(commitments: QuerySet[Commitment], moment: Moment) -> list[tuple[Ministry, Score]]:
    """Each lead ministry with its score, most commitments first; counted by the database."""
    scores = _counted(commitments, moment, "lead_ministry")
    for pk in overdue_ministries(commitments, moment):
        scores[pk].overdue += 1
    ministries = [(ministry, scores[ministry.pk]) for ministry in Ministry.objects.filter(pk__in=scores)]
    for ministry, score in ministries:
        score.query = {"ministry": ministry.slug}
    return sorted(ministries, key=lambda pair: (-pair[1].total, str(pair[0])))


def scores_by_initiative(commitments: QuerySet[Commitment], moment: Moment) -> dict[int, Score]:
    """Initiatives (by number) with their scores."""
    return _counted(commitments, moment, "initiative")


def overdue_ministries(commitments: QuerySet[Commitment], moment: Moment) -> list[int]:
    """The lead ministry of each overdue commitment."""
    found: Iterable[Any] = with_open_deadlines(commitments, moment)
    return [commitment.lead_ministry_id for commitment in found if commitment.standing.is_overdue]


def sum_of(scores: Iterable[Score]) -> Score:
    """Several scores as one."""
    whole = Score()
    for score in scores:
        whole.counts += score.counts
        for name in ("overdue", "not_verifiable"):
            setattr(whole, name, getattr(whole, name) + getattr(score, name))
        whole.last_change = max(filter(None, (whole.last_change, score.last_change)), default=None)
    return whole


def _counted(commitments: QuerySet[Commitment], moment: Moment, group: str) -> dict[int, Score]:
    last = (
        Assessment.objects.published()
        .known(moment.known_at)
        .filter(commitment=OuterRef("pk"), effective_from__lte=moment.true_by)
        .order_by("-effective_from")
        .values("effective_from")[:1]
    )
    rows = (
        with_status(commitments, moment)
        .annotate(last_change=Subquery(last))
        .order_by()
        .values_list(group, "status_then", "verifiability")
        .annotate(count=Count("pk"), last=Max("last_change"))
    )
    scores: dict[int, Score] = defaultdict(Score)
    for pk, status, verifiability, count, last_change in rows:
        score = scores[pk]
        score.counts[status] += count
        score.not_verifiable += count if verifiability == "not_verifiable" else 0
        score.last_change = max(filter(None, (score.last_change, last_change)), default=None)
    return scores
