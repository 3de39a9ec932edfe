"""Decides where a commitment stands at a moment. Pure: no database, no clock.

Of everything that was published, only what was recorded by `moment.known_at` counts; of that, only what was true by
`moment.as_of`. So an answer about the past stays the same whatever is written later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from policytracker.tracking.deadlines import Deadline, DueStanding, stand_against
from policytracker.tracking.moments import Moment
from policytracker.tracking.periods import Precision

from .values import (
    Change,
    Condition,
    Facts,
    Heard,
    OccurrenceStanding,
    Period,
    Run,
    Standing,
    Verdict,
    Verdicts,
)

DATES = frozenset({"due_on", "made_on", "reversed_on", "period_start", "period_end"})

Row = TypeVar("Row", Verdict, Change, Period, Heard)
Terms = TypeVar("Terms", Facts, Period)


def decide(facts: Facts, moment: Moment) -> Standing:
    """Where the commitment stands at the moment."""
    zone = ZoneInfo(facts.zone)
    told = told_by(facts, moment)
    ending = _ending(told)
    verdicts = series_verdicts(told, moment)
    clock = _Clock(
        zone=facts.zone,
        today=moment.day_in(zone),
        ended_on=ending.on,
        is_excused=ending.condition is Condition.WAITING or told.verifiability == "not_verifiable",
    )
    last_heard_on = max((heard.on for heard in told.heard), default=told.made_on)
    return Standing(
        verdicts=Verdicts() if told.verifiability == "not_verifiable" else verdicts,
        due=clock.stand(told, told.deadlines, None, verdicts),
        is_not_verifiable=told.verifiability == "not_verifiable",
        is_undecided=told.verifiability == "undecided",
        condition=ending.condition,
        condition_since=ending.condition_since,
        last_heard_on=last_heard_on,
        is_dormant=not (verdicts.is_concluded or ending.on) and is_dormant(told.kind, clock.today - last_heard_on),
        is_superseded=bool(told.supersessions),
        superseded_on=min((change.happened_on for change in told.supersessions), default=None),
        superseded_by=tuple(change.other for change in told.supersessions if change.other is not None),
        discontinued_on=ending.discontinued_on,
        reversed_on=_reversed_on(told, moment, zone),
        occurrences=tuple(_occurrence(told, period, clock, moment) for period in told.occurrences),
    )


def told_by(facts: Facts, moment: Moment) -> Facts:
    """The facts as they could be told at the moment: known by then, true by then, in the terms of then."""
    return replace(
        _in_the_terms_of(facts, moment.known_at),
        verdicts=tuple(v for v in _known(facts.verdicts, moment) if v.effective_from <= moment.true_by),
        deadlines=_happened(facts.deadlines, moment),
        conditions=_happened(facts.conditions, moment),
        supersessions=_happened(facts.supersessions, moment),
        discontinuations=_happened(facts.discontinuations, moment),
        occurrences=tuple(_in_the_terms_of(period, moment.known_at) for period in _known(facts.occurrences, moment)),
        heard=tuple(heard for heard in _known(facts.heard, moment) if heard.on <= moment.true_by),
    )


def series_verdicts(told: Facts, moment: Moment) -> Verdicts:
    """What was concluded of the commitment as a whole; of a series that nobody judged, what its latest period says."""
    whole = verdicts_on(told.verdicts, None, moment.known_at)
    if whole.assessment_id is not None:
        return whole
    for period in sorted(told.occurrences, key=lambda period: (period.period_end, period.id), reverse=True):
        of_period = verdicts_on(told.verdicts, period.id, moment.known_at)
        if of_period.assessment_id is not None:
            return of_period
    return whole


def verdicts_on(verdicts: Iterable[Verdict], occurrence: int | None, known_at: datetime) -> Verdicts:
    """What these verdicts say of one occurrence, or (None) of the whole; withdrawn and replaced ones left out."""
    in_force = [v for v in verdicts if v.occurrence == occurrence and is_in_force(v, known_at)]
    if not in_force:
        return Verdicts()
    in_force.sort(key=lambda v: (v.effective_from, v.recorded_at, v.id))
    runs = _runs(in_force)
    latest = in_force[-1]
    return Verdicts(
        status=latest.status,
        assessment_id=latest.id,
        since=runs[-1].since,
        judged_on=latest.effective_from,
        rubric=latest.rubric,
        reason_code=latest.reason_code,
        is_concluded=latest.is_concluded,
        is_retrospective=latest.is_retrospective,
        is_disputed=_is_disputed(latest, known_at),
        runs=runs,
    )


def is_in_force(verdict: Verdict, known_at: datetime) -> bool:
    """Neither withdrawn nor replaced by then. What a withdrawn replacement had replaced does not come back by itself."""
    if verdict.replaced_at is not None and verdict.replaced_at <= known_at:
        return False
    return not any(r.kind == "withdrawn" and r.recorded_at <= known_at for r in verdict.rulings)


def is_dormant(kind: str, silence: timedelta) -> bool:
    """Whether nothing was heard for longer than commitments of this kind may take."""
    return silence > dormant_after(kind)


def dormant_after(kind: str) -> timedelta:
    """How long nothing may be heard of a commitment of this kind; a deployment sets it. An outcome takes longer."""
    days: dict[str, int] = settings.DORMANT_AFTER_DAYS
    return timedelta(days=days.get(kind, days["action"]))


def _runs(in_force: Sequence[Verdict]) -> tuple[Run, ...]:
    """Stretches of one status, oldest first. Of several verdicts true from one day, the last recorded counts."""
    by_day = {verdict.effective_from: verdict for verdict in in_force}
    runs: list[Run] = []
    for verdict in by_day.values():
        if not runs or runs[-1].status != verdict.status:
            runs.append(Run(verdict.status, verdict.effective_from, verdict.id, verdict.is_concluded))
    return tuple(runs)


def _is_disputed(verdict: Verdict, known_at: datetime) -> bool:
    told = [ruling.kind for ruling in verdict.rulings if ruling.recorded_at <= known_at]
    return bool(told) and told[-1] == "disputed"


# -- what was known, and true


def _known(rows: Iterable[Row], moment: Moment) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.recorded_at <= moment.known_at)


def _happened(changes: Iterable[Change], moment: Moment) -> tuple[Change, ...]:
    """Known and happened by then, in the order of happening; of one day, the last recorded comes last."""
    happened = [change for change in _known(changes, moment) if change.happened_on <= moment.true_by]
    return tuple(sorted(happened, key=lambda change: (change.happened_on, change.recorded_at, change.id)))


def _in_the_terms_of(terms: Terms, known_at: datetime) -> Terms:
    """The same terms as they read then: each correction recorded later is taken back."""
    undone: dict[str, Any] = {}
    for correction in sorted(terms.corrections, key=lambda correction: correction.recorded_at):
        if correction.recorded_at > known_at:
            undone.setdefault(correction.field, correction.before)
    if not undone:
        return terms
    return replace(terms, **{field: _value(field, before) for field, before in undone.items()})


def _value(field: str, before: Any) -> Any:
    return date.fromisoformat(before) if field in DATES and before else before


def _reversed_on(told: Facts, moment: Moment, zone: ZoneInfo) -> date | None:
    """When it was undone, unless that lay ahead of what we knew."""
    known_on = moment.known_at.astimezone(zone).date()
    if told.reversed_on is None or told.reversed_on > min(moment.true_by, known_on):
        return None
    return told.reversed_on


# -- what ends the clock, and the clock


@dataclass(frozen=True, slots=True)
class _Ending:
    """Why a commitment may no longer be due: lapsed, superseded, discontinued; `on` is the first of these days."""

    condition: Condition
    condition_since: date | None
    discontinued_on: date | None
    on: date | None


def _ending(told: Facts) -> _Ending:
    condition, since = Condition.NONE, None
    if told.is_conditional:
        condition = Condition.WAITING
        if told.conditions:
            condition, since = Condition(told.conditions[-1].kind), told.conditions[-1].happened_on
    discontinued_on = told.discontinuations[0].happened_on if told.discontinuations else None
    ends = [change.happened_on for change in told.supersessions]
    ends += [day for day in (discontinued_on, since if condition is Condition.LAPSED else None) if day]
    return _Ending(condition, since, discontinued_on, min(ends, default=None))


@dataclass(frozen=True, slots=True)
class _Clock:
    """The day to hold deadlines against, and what excuses from them."""

    zone: str
    today: date
    ended_on: date | None
    is_excused: bool

    def stand(
        self, terms: Facts | Period, changes: Iterable[Change], occurrence: int | None, verdicts: Verdicts
    ) -> DueStanding:
        """How the terms stand against their deadline, moved by the last of the changes."""
        concluded_on = verdicts.since if verdicts.is_concluded else self.ended_on
        return stand_against(
            _deadline(terms, [change for change in changes if change.occurrence == occurrence], self.zone),
            at=datetime.combine(self.today, time(12), ZoneInfo(self.zone)),
            concluded_on=concluded_on,
            waits_for_condition=self.is_excused,
        )


def _deadline(terms: Facts | Period, changes: Sequence[Change], zone: str) -> Deadline:
    """The deadline after its last change: an extension the government announced, or our own reading of the words."""
    if not changes:
        return Deadline(terms.due_on, _period(terms.due_precision), zone, named=terms.due_precision)
    last = changes[-1]
    if last.due_on is None:
        return Deadline(None, zone=zone)
    if last.kind == "extended":
        return Deadline(
            terms.due_on, _period(last.due_precision), zone, extended_to=last.due_on, named=last.due_precision
        )
    return Deadline(terms.due_on, _period(last.due_precision), zone, override=last.due_on, named=last.due_precision)


def _period(precision: str) -> Precision:
    """The stretch of the calendar a precision names; a day that is only approximate or inferred is read as a day."""
    return Precision(precision) if precision in {*Precision} else Precision.DAY


def _occurrence(told: Facts, period: Period, clock: _Clock, moment: Moment) -> OccurrenceStanding:
    """Where a period stands. What ended the series later than the period was due does not touch it."""
    verdicts = verdicts_on(told.verdicts, period.id, moment.known_at)
    if clock.ended_on is not None and clock.ended_on > period.period_end:
        clock = replace(clock, ended_on=None)
    return OccurrenceStanding(
        occurrence_id=period.id,
        label=period.label,
        period_start=period.period_start,
        period_end=period.period_end,
        verdicts=verdicts,
        due=clock.stand(period, told.deadlines, period.id, verdicts),
    )
