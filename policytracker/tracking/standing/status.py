"""The standing of many commitments as columns, picked by the database: for lists, counts, facets and calendars.

The columns tell what `decide` tells; the tests hold the two to one answer.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.moments import Moment

from . import columns
from .compiled import compiled
from .facts import with_standing

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


def with_links(commitments: Rows, moment: Moment) -> Rows:
    """The same commitments with `then_ministry` and `then_initiative`, the addresses of what the record named then."""
    links = ("lead_ministry", "initiative")
    if not moment.is_present:
        commitments = commitments.annotate(**{f"as_known_{link}": columns.as_known(link, moment) for link in links})
    return commitments.annotate(
        then_ministry=columns.slug_of("lead_ministry", moment), then_initiative=columns.slug_of("initiative", moment)
    )


def overdue_ids(commitments: QuerySet[Commitment], moment: Moment) -> list[int]:
    """The numbers of those that are overdue at the moment."""
    rows: QuerySet[Any] = commitments.alias(then_overdue=compiled(_with_state, moment)["then_overdue"])
    return list(rows.filter(Q(then_overdue=True)).order_by().values_list("pk", flat=True))


def with_open_deadlines(commitments: Rows, moment: Moment) -> Rows:
    """Those with their standing that have, or had, a deadline and are not concluded by a verdict on the whole."""
    open_ones = commitments.alias(then_open=compiled(_with_open_deadline, moment)["then_open"])
    return with_standing(open_ones.filter(Q(then_open=True)), moment)


# -- what is compiled


def _with_status(moment: Moment, rubric: str) -> Any:
    rows: QuerySet[Any] = Commitment._base_manager.annotate(
        as_known_verifiability=columns.as_known("verifiability", moment)
    )
    return rows.annotate(status_then=columns.status(moment, rubric))


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


def _with_open_deadline(moment: Moment, rubric: str) -> Any:
    periods = Exists(
        Occurrence.objects.known(moment.known_at).filter(
            Q(due_on__isnull=False) | Q(deadline_changes__isnull=False), commitment=OuterRef("pk")
        )
    )
    rows: QuerySet[Any] = Commitment._base_manager.annotate(
        then_last_day=columns.last_day(moment), then_concluded=columns.is_concluded(moment, rubric)
    )
    return rows.annotate(then_open=Q(then_last_day__isnull=False, then_concluded=False) | Q(periods))
