"""Reads what a standing is decided from: everything published on each commitment, in the query of the commitments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.query import ModelIterable

from policytracker.government.models import Commitment, Government, Occurrence
from policytracker.tracking.models import (
    Assessment,
    AssessmentEvidence,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Evidence,
    RubricStatus,
    Ruling,
    Statement,
    Supersession,
)
from policytracker.tracking.moments import Moment

from . import values
from .compiled import compiled
from .decision import decide
from .values import Facts, Standing

# Fields of a commitment or occurrence that a standing rests on; a correction of one is undone for earlier moments.
TERMS = ("verifiability", "is_conditional", "due_on", "due_precision", "reversed_on", "made_on", "kind")
PERIOD_TERMS = ("label", "period_start", "period_end", "due_on", "due_precision")

Q = TypeVar("Q", bound="QuerySet[Commitment]")


def standing(commitment: Commitment, moment: Moment) -> Standing:
    """Where one commitment stands at a moment; a draft stands nowhere, so it answers as not rated."""
    told: Any = with_standing(Commitment._base_manager.filter(pk=commitment.pk), moment).get()
    return told.standing


def with_standing(commitments: Q, moment: Moment) -> Q:
    """The same commitments, each with `.standing` at the moment, read in the one query.

    May be filtered, ordered, sliced and paginated like any QuerySet; `.values()` leaves the standings out.
    """
    with_facts = commitments.annotate(**compiled(_with_facts, moment))
    with_facts._iterable_class = type("StandingIterable", (_StandingIterable,), {"moment": moment})
    return with_facts


def _with_facts(_moment: Moment, _rubric: str) -> QuerySet[Commitment]:
    """All commitments with all facts, whenever these were recorded."""
    return Commitment._base_manager.annotate(
        fact_zone=zone_of(),
        fact_corrections=_corrections("commitment", TERMS),
        **{f"fact_{name}": rows for name, rows in _facts().items()},
    )


def zone_of() -> Coalesce:
    """The time zone that a commitment's days are read in: its government's, else the site's."""
    own = Government.objects.filter(pk=OuterRef("government"))
    of_initiative = Government.objects.filter(initiatives=OuterRef("initiative"))
    return Coalesce(
        Subquery(own.values("time_zone")[:1]),
        Subquery(of_initiative.values("time_zone")[:1]),
        Value(settings.TIME_ZONE),
    )


class _StandingIterable(ModelIterable):
    """Turns the facts read beside each commitment into its standing."""

    moment: Moment

    def __iter__(self) -> Iterator[Commitment]:
        for commitment in super().__iter__():
            commitment.standing = decide(_facts_of(commitment), self.moment)
            yield commitment


# -- what the database reads: arrays of JSON, one row of the record each


def _facts() -> dict[str, ArraySubquery]:
    """One subquery for each list of facts, correlated with the commitment."""
    commitment = OuterRef("pk")
    return {
        "verdicts": _verdicts(),
        "deadlines": _changes(
            DeadlineChange,
            commitment=commitment,
            kind="kind",
            due_on="due_on",
            due_precision="due_precision",
            occurrence="occurrence_id",
        ),
        "conditions": _changes(ConditionChange, commitment=commitment, kind="state"),
        "supersessions": _changes(Supersession, old=commitment, other="new_id"),
        "discontinuations": _changes(Discontinuation, commitment=commitment),
        "occurrences": _occurrences(),
        "evidence": _heard(Evidence, "dated_on"),
        "statements": _heard(Statement, "said_on"),
    }


def _rows(queryset: QuerySet[Any], **columns: Any) -> ArraySubquery:
    return ArraySubquery(queryset.values(row=JSONObject(**columns)))


def _verdicts() -> ArraySubquery:
    defined = RubricStatus.objects.filter(rubric=OuterRef("rubric"), key=OuterRef("status"), is_concluded=True)
    later_source = AssessmentEvidence.objects.filter(
        assessment=OuterRef("pk"), evidence__dated_on__gt=OuterRef("effective_from")
    )
    replaced_at = (
        Assessment.objects.published()
        .filter(supersedes=OuterRef("pk"))
        .order_by()
        .values("supersedes")
        .annotate(first=Min("recorded_at"))
        .values("first")
    )
    rulings = Ruling.objects.filter(assessment=OuterRef("pk")).order_by("recorded_at", "id")
    return _rows(
        Assessment.objects.published()
        .filter(commitment=OuterRef("pk"))
        .order_by("effective_from", "recorded_at", "id"),
        id="id",
        occurrence="occurrence_id",
        status="status",
        rubric="rubric__version",
        reason_code="reason_code",
        effective_from="effective_from",
        recorded_at="recorded_at",
        is_concluded=Exists(defined),
        is_retrospective=Exists(later_source),
        replaced_at=Subquery(replaced_at),
        rulings=_rows(rulings, kind="kind", recorded_at="recorded_at"),
    )


def _changes(model: type[Any], *, kind: str | None = None, **given: Any) -> ArraySubquery:
    """Published changes of one kind; `given` holds the link to the commitment, then names of columns."""
    link = {name: ref for name, ref in given.items() if isinstance(ref, OuterRef)}
    columns = {name: column for name, column in given.items() if name not in link}
    return _rows(
        model.objects.published().filter(**link).order_by("happened_on", "recorded_at", "id"),
        id="id",
        kind=kind or Value(""),
        happened_on="happened_on",
        recorded_at="recorded_at",
        **columns,
    )


def _occurrences() -> ArraySubquery:
    return _rows(
        Occurrence.objects.published().filter(commitment=OuterRef("pk")).order_by("period_start"),
        id="id",
        label="label",
        period_start="period_start",
        period_end="period_end",
        due_on="due_on",
        due_precision="due_precision",
        recorded_at="recorded_at",
        corrections=_corrections("occurrence", PERIOD_TERMS),
    )


def _heard(model: type[Any], day: str) -> ArraySubquery:
    """That somebody spoke or acted on that day."""
    published = model.objects.published().filter(commitment=OuterRef("pk"))
    return _rows(published, on=day, recorded_at="recorded_at")


def _corrections(kind: str, fields: Iterable[str]) -> ArraySubquery:
    return _rows(
        Correction.objects.filter(target_kind=kind, target_id=OuterRef("pk"), field__in=fields).order_by(
            "recorded_at", "id"
        ),
        field="field",
        before="before",
        recorded_at="recorded_at",
    )


# -- from JSON to values


def _facts_of(commitment: Any) -> Facts:
    read = {name.removeprefix("fact_"): value for name, value in vars(commitment).items() if name.startswith("fact_")}
    return Facts(
        zone=read["zone"],
        corrections=_parsed(values.Correction, read["corrections"]),
        verdicts=_parsed(values.Verdict, read["verdicts"]),
        deadlines=_parsed(values.Change, read["deadlines"]),
        conditions=_parsed(values.Change, read["conditions"]),
        supersessions=_parsed(values.Change, read["supersessions"]),
        discontinuations=_parsed(values.Change, read["discontinuations"]),
        occurrences=_parsed(values.Period, read["occurrences"]),
        heard=_parsed(values.Heard, read["evidence"]) + _parsed(values.Heard, read["statements"]),
        **{term: getattr(commitment, term) for term in TERMS},
    )


_DAYS = frozenset({"effective_from", "happened_on", "due_on", "period_start", "period_end", "on"})
_MOMENTS = frozenset({"recorded_at", "replaced_at"})
_NESTED: dict[str, type[Any]] = {"rulings": values.Ruling, "corrections": values.Correction}


def _parsed(kind: type[Any], rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(kind(**{name: _value(name, value) for name, value in row.items()}) for row in rows)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    if name in _NESTED:
        return _parsed(_NESTED[name], value)
    return value
