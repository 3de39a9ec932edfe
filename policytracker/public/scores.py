"""The figures of `tracking/rates.py` as pages show them: with their charts, and the list behind each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import add
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from policytracker.government.models import Commitment, Ministry
from policytracker.pages import charts
from policytracker.pages.statuses import CONCLUDED, STATUSES
from policytracker.tracking.ledger import set_back
from policytracker.tracking.moments import Moment
from policytracker.tracking.rates import Place, Tally, scoreboard, tally_at, tally_of
from policytracker.tracking.standing.columns import named

from .collation import collated


@dataclass
class Score:
    """A tally at a moment. `query` narrows the list of commitments to the ones it counts."""

    tally: Tally
    moment: Moment
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Mapping[str, int]:
        return self.tally.statuses

    @property
    def total(self) -> int:
        """How many commitments are counted."""
        return self.tally.total

    @property
    def overdue(self) -> int:
        return self.tally.overdue

    @property
    def not_verifiable(self) -> int:
        return self.tally.excluded[Place.NOT_VERIFIABLE]

    @property
    def last_change(self) -> date | None:
        return self.tally.last_change

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
    def fulfilled_url(self) -> str:
        return self.url(status="fulfilled")

    @property
    def concluded_url(self) -> str:
        return self.url(status=CONCLUDED)

    @property
    def list_url(self) -> str:
        return self.url()

    def url(self, **more: str | tuple[str, ...]) -> str:
        """The list of the commitments counted, at the same moment, narrowed further."""
        return list_url("commitment", self.moment, **{**self.query, **more})


def list_url(kind: str, moment: Moment, **query: str | tuple[str, ...]) -> str:
    """The list of a kind at the same moment, narrowed."""
    asked = "&".join(filter(None, [urlencode(query, doseq=True), moment.query]))
    return reverse(f"public:{kind}_list") + (f"?{asked}" if asked else "")


def list_of_any_day(moment: Moment, **query: str) -> str:
    """The list of commitments by what is known at the moment, narrowed; a day can be added to it."""
    known = {"known_at": moment.asked_known_at} if moment.asked_known_at else {}
    return f"{reverse('public:commitment_list')}?{urlencode({**query, **known})}"


def score_of(commitments: Iterable[Any], moment: Moment, **query: str) -> Score:
    """The score of commitments that carry their standing at the moment."""
    return Score(tally_of(commitment.standing for commitment in commitments), moment, query)


def score_at(commitments: QuerySet[Commitment], moment: Moment, **query: str) -> Score:
    """The score of these commitments, however many; counted by the database."""
    return Score(tally_at(commitments, moment), moment, query)


def scores_by_ministry(tallies: Mapping[int, Tally], moment: Moment) -> list[tuple[Ministry, Score]]:
    """Each lead ministry of a scoreboard with its score, most commitments first."""
    ministries = [
        (ministry, Score(tallies[ministry.pk], moment, {"ministry": ministry.slug}))
        for ministry in set_back(Ministry.objects.filter(pk__in=tallies), moment)
    ]
    return sorted(ministries, key=lambda pair: (-pair[1].total, collated(str(pair[0]))))


def scores_by_initiative(
    initiatives: Iterable[Any], commitments: QuerySet[Commitment], moment: Moment
) -> dict[int, Score]:
    """The score of each of these initiatives, by its number; counted by the database."""
    by_number = {initiative.pk: initiative for initiative in initiatives}
    tallies = scoreboard(commitments.filter(named("initiative", by_number, moment)), moment, by="initiative")
    return {
        pk: Score(tallies.get(pk, Tally()), moment, {"initiative": initiative.slug})
        for pk, initiative in by_number.items()
    }


def sum_of(scores: Iterable[Score], moment: Moment) -> Score:
    """Several scores as one, of all commitments on record."""
    return Score(reduce(add, (score.tally for score in scores), Tally()), moment)
