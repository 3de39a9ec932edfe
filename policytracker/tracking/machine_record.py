"""How right the machine has been of late, and which names mislead it (reads only)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from policytracker.government.models import Alias
from policytracker.government.models.aliases import OWNERS
from policytracker.tracking.models import Candidate, Mention
from policytracker.tracking.models.candidates import BY_HAND

LAST = 100
MANY_REJECTIONS = 3


@dataclass(frozen=True)
class Tally:
    """Of the last decisions, how many made use of the proposal, and why the others were rejected."""

    decided: int
    used: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def rejected(self) -> int:
        return self.decided - self.used


def last_decisions(most: int = LAST) -> Tally:
    """The tally of the last decisions people took on what the machine proposed.

    What was folded into another, and what a person put into the queue, is not counted.
    """
    rows = list(Candidate.objects.decided().exclude(method=BY_HAND).values_list("state", "reason")[:most])
    rejected = Counter(reason for state, reason in rows if state == Candidate.State.REJECTED)
    told = tuple((str(Candidate.Reason(reason).label), count) for reason, count in rejected.most_common())
    return Tally(len(rows), len(rows) - rejected.total(), told)


@dataclass(frozen=True)
class DoubtfulName:
    """An alias, and what people made of its mentions."""

    alias: Alias
    rejected: int
    confirmed: int


def doubtful_names() -> list[DoubtfulName]:
    """Aliases rejected at least three times and more often than confirmed, the most rejected first."""
    rejected = Mention.objects.filter(state=Mention.State.REJECTED)
    counted = _counts(rejected).filter(count__gte=MANY_REJECTIONS)
    confirmed = {_key(row): row["count"] for row in _counts(Mention.objects.confirmed())}
    worst = {_key(row): row["count"] for row in counted if row["count"] > confirmed.get(_key(row), 0)}
    aliases = _aliases_named({key[0] for key in worst})
    doubtful = [
        DoubtfulName(alias, worst[key], confirmed.get(key, 0))
        for alias in aliases
        if (key := (alias.name.lower(), *(getattr(alias, f"{owner}_id") for owner in OWNERS))) in worst
    ]
    return sorted(doubtful, key=lambda each: -each.rejected)


def _counts(mentions: QuerySet[Mention]) -> QuerySet:
    owners = [f"{owner}_id" for owner in OWNERS]
    return mentions.order_by().values(*owners, name=Lower("surface")).annotate(count=Count("pk"))


def _key(row: dict) -> tuple:
    return (row["name"], *(row[f"{owner}_id"] for owner in OWNERS))


def _aliases_named(names: set[str]) -> QuerySet[Alias]:
    named = Q(pk__in=Alias.objects.annotate(lowered=Lower("name")).filter(lowered__in=names).values("pk"))
    return Alias.objects.filter(named).select_related(*OWNERS)
