"""What moves when two officials, initiatives or topics turn out to be one. Reads only; `actions/mergers` moves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from policytracker.government.models import FormerAddress, Official
from policytracker.tracking.models import Annotation, Candidate, Event, Follow, Mention

EXAMPLES = 5
LONGEST = 140


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows of one sort that come to name the kept row: how many, and a few of them."""

    label: str
    count: int
    examples: list[str]


def what_moves(merged: Any) -> list[Moving]:
    """All that names the row now and will name the one it is merged into; sorts of which there is nothing are left out."""
    told = [_moving(label, rows) for label, rows in _rows_naming(merged)]
    return [moving for moving in told if moving.count]


def _moving(label: str, rows: QuerySet) -> Moving:
    return Moving(label, rows.count(), [Truncator(str(row)).chars(LONGEST) for row in rows[:EXAMPLES]])


def _rows_naming(merged: Any) -> list[tuple[str, QuerySet]]:
    kind = merged._meta.model_name
    common: list[tuple[str, QuerySet]] = [
        (_("Other names"), merged.aliases.all()),
        (_("Mentions in articles"), Mention.objects.filter(**{kind: merged})),
        (_("Followers"), Follow.objects.filter(**{kind: merged}).select_related(kind)),
        (_("Old addresses"), FormerAddress.objects.filter(**{kind: merged})),
    ]
    if isinstance(merged, Official):
        return [
            (_("Memberships"), merged.memberships.select_related("official", "post")),
            (_("Identifiers"), merged.identifiers.all()),
            *common,
        ]
    if kind == "topic":
        return [
            (_("Commitments"), merged.commitments.all()),
            (_("Initiatives"), merged.initiatives.all()),
            (_("Parts"), merged.children.all()),
            *common,
        ]
    notes = Q(initiative=merged) | Q(about_initiative=merged)
    return [
        (_("Commitments"), merged.commitments.all()),
        (_("Parts"), merged.children.all()),
        (_("Events"), Event.objects.filter(initiatives=merged)),
        (_("Notes"), Annotation.objects.standing().filter(notes)),
        (_("Proposed commitments"), Candidate.objects.filter(initiative=merged)),
        *common,
    ]
