"""The standing of many commitments as columns, picked by the database: for lists, counts, facets and calendars.

The columns tell what `decide` tells; the tests hold the two to one answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from policytracker.government.models import Commitment
from policytracker.tracking.moments import Moment

from . import columns, whole
from .compiled import compiled

Rows = TypeVar("Rows", bound="QuerySet[Commitment]")


def with_status(commitments: Rows, moment: Moment, *, rubric: str = "") -> Rows:
    """The same commitments, each with `status_then`: its status at the moment, as a column to filter and count by.

    With `rubric`, only verdicts by that version of the vocabulary count.
    """
    return commitments.annotate(**compiled(_with_status, moment, rubric))


def with_state(commitments: Rows, moment: Moment, *, rubric: str = "") -> Rows:
    """The same commitments with `status_then` and the questions beside it, as columns to filter and count by.

    `then_judged_on`, `then_concluded`, `then_condition`, `then_ended` (superseded or discontinued), `then_last_day`, `then_overdue`.
    """
    return commitments.annotate(**compiled(_with_state, moment, rubric))


def with_terms(commitments: Rows, moment: Moment) -> Rows:
    """The same commitments with what lists filter and sort by, as the record said at the moment.

    `then_ministry` and `then_initiative` (addresses), `then_made_on`, `then_due_on`, `then_statement`.
    """
    if not moment.is_present:
        return commitments.annotate(**compiled(_with_terms, moment))
    return _told(commitments, moment)


def _told(commitments: Rows, moment: Moment) -> Rows:
    return commitments.annotate(
        then_ministry=columns.slug_of("lead_ministry", moment),
        then_initiative=columns.slug_of("initiative", moment),
        **{f"then_{field}": columns.as_known(field, moment) for field in ("made_on", "due_on", "statement")},
    )


@dataclass(frozen=True)
class Unkept:
    """Where the commitments stand whose standing at the moment is not kept: few, and soon none."""

    statuses: Mapping[int, str]
    overdue: frozenset[int]


def unkept_at(moment: Moment) -> Unkept:
    """Those whose standing at the moment has to be computed, in one query."""
    is_kept = Exists(columns.kept(moment).filter(commitment=OuterRef("pk")))
    rows = whole.states_of(Commitment.objects.known(moment.known_at).exclude(is_kept), moment)
    return Unkept(
        statuses={pk: status for pk, status, _is_overdue in rows},
        overdue=frozenset(pk for pk, _status, is_overdue in rows if is_overdue),
    )


def overdue(commitments: Rows, moment: Moment, unkept: Unkept) -> Rows:
    """The overdue ones of these commitments, picked along an index where their standing is kept.

    Each day is that of the commitment's government: no zone is more than a day away from the site's.
    """
    kept, day = columns.kept(moment), moment.as_of
    if moment.is_present:
        own_day = Q(first_open_on__lt=OuterRef("then_today")) | Q(first_open_on__lt=day - timedelta(days=1))
        late = kept.filter(own_day, first_open_on__lte=day)
    else:
        late = kept.filter(first_open_on__lt=day)
    rows = commitments.annotate(**compiled(_with_today, moment))
    return rows.filter(_among(late, unkept.overdue))


def at_status(commitments: Rows, moment: Moment, statuses: Collection[str], unkept: Unkept) -> Rows:
    """Those of these commitments that stand at one of the statuses."""
    computed = [pk for pk, status in unkept.statuses.items() if status in statuses]
    return commitments.filter(_among(columns.kept(moment).filter(status__in=statuses), computed))


def _among(kept: QuerySet[Any], computed: Collection[int]) -> Q:
    is_kept_so = Q(Exists(kept.filter(commitment=OuterRef("pk"))))
    return is_kept_so | Q(pk__in=computed) if computed else is_kept_so


# -- what is compiled


def _with_today(moment: Moment, _rubric: str) -> Any:
    return Commitment._base_manager.annotate(then_today=columns.today(moment))


def _with_status(moment: Moment, rubric: str) -> Any:
    rows: QuerySet[Any] = Commitment._base_manager.annotate(
        as_known_verifiability=columns.as_known("verifiability", moment)
    )
    return rows.annotate(status_then=columns.status(moment, rubric))


def _with_terms(moment: Moment, _rubric: str) -> Any:
    links = ("lead_ministry", "initiative")
    rows: QuerySet[Any] = Commitment._base_manager.annotate(
        **{f"as_known_{link}": columns.as_known(link, moment) for link in links}
    )
    return _told(rows, moment)


def _with_state(moment: Moment, rubric: str) -> Any:
    return (
        _with_status(moment, rubric)
        .annotate(
            as_known_is_conditional=columns.as_known("is_conditional", moment),
            then_today=columns.today(moment),
            then_judged_on=columns.judged_on(moment, rubric),
            then_concluded=columns.is_concluded(moment, rubric),
            then_ended=columns.is_ended(moment),
            then_last_day=columns.last_day(moment),
        )
        .annotate(then_condition=columns.condition(moment))
        .annotate(then_lapsed_on=columns.lapsed_on(moment))
        .annotate(then_overdue=columns.is_overdue(moment, rubric))
    )
