"""How often deadlines were moved, and when anything last changed about what is due: what calendars compare. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from .models import Correction, DeadlineChange, TimelineEvent
from .moments import Moment

DAYS = ("due_on", "due_precision")
Key = tuple[str, int]  # ("commitment", 7), or ("occurrence", 3) for one of its periods


@dataclass(frozen=True, slots=True)
class Revisions:
    """When each deadline was moved, by its key; and by commitment, when anything about it last changed."""

    moved: dict[Key, set[datetime]]
    changed_at: dict[int, datetime]


def deadline_revisions(commitments: Iterable[Any], moment: Moment) -> Revisions:
    """What had changed, by the moment, about these commitments, which carry their standing. Three queries."""
    told = {commitment.pk: commitment for commitment in commitments}
    owners = {period.occurrence_id: pk for pk, one in told.items() for period in one.standing.occurrences}
    moved: dict[Key, set[datetime]] = defaultdict(set)
    changed_at: dict[int, datetime] = {pk: commitment.recorded_at for pk, commitment in told.items()}
    for key, is_move, at in [*_corrections(told, owners, moment), *_extensions(told, moment)]:
        if is_move:
            moved[key].add(at)
        owner = key[1] if key[0] == "commitment" else owners.get(key[1])
        if owner is not None:
            changed_at[owner] = max(changed_at[owner], at)
    for pk, at in _events(told, moment):
        changed_at[pk] = max(changed_at[pk], at)
    return Revisions(moved, changed_at)


def _corrections(told: Iterable[int], periods: Iterable[int], moment: Moment) -> Iterator[tuple[Key, bool, datetime]]:
    theirs = Q(target_kind="commitment", target_id__in=told) | Q(target_kind="occurrence", target_id__in=periods)
    lines = Correction.objects.known(moment.known_at).filter(theirs)
    for kind, pk, field, at in lines.values_list("target_kind", "target_id", "field", "recorded_at"):
        yield (kind, pk), field in DAYS, at


def _extensions(told: Iterable[int], moment: Moment) -> Iterator[tuple[Key, bool, datetime]]:
    changes = DeadlineChange.objects.known(moment.known_at).filter(commitment__in=told)
    for pk, period, at in changes.values_list("commitment", "occurrence", "recorded_at"):
        yield ("occurrence", period) if period else ("commitment", pk), True, at


def _events(told: Iterable[int], moment: Moment) -> Iterator[tuple[int, datetime]]:
    """When the last line of each timeline was written, or taken back."""
    written = TimelineEvent.objects.filter(subject_kind="commitment", subject_id__in=told).order_by()
    retired = Max("retired_at", filter=Q(retired_at__lte=moment.known_at))
    known = written.filter(recorded_at__lte=moment.known_at).values_list("subject_id")
    for pk, last, taken_back in known.annotate(last=Max("recorded_at"), taken_back=retired):
        yield pk, max(filter(None, (last, taken_back)))
