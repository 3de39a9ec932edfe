"""What `decide` decides, as columns: for rows to be picked and counted by the database. The tests hold the two to one answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    Field,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.models import (
    Assessment,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    KeptStanding,
    RubricStatus,
    Ruling,
    Supersession,
)
from policytracker.tracking.moments import Moment

from .facts import zone_of
from .values import NOT_RATED

COLUMNS: dict[str, Field[Any, Any]] = {
    "verifiability": CharField(),
    "is_conditional": BooleanField(),
    "due_on": DateField(),
    "made_on": DateField(),
    "initiative": Commitment._meta.get_field("initiative").target_field,  # type: ignore[union-attr]
    "lead_ministry": Commitment._meta.get_field("lead_ministry").target_field,  # type: ignore[union-attr]
}


def as_known(field: str, moment: Moment, *, kind: str = "commitment", now: Any = None) -> Any:
    """A field as the record said at the moment: later corrections of it taken back. `now` reads what it says today."""
    now = F(field) if now is None else now
    if moment.is_present:
        return now
    later = Correction.objects.filter(
        target_kind=kind, target_id=OuterRef("pk"), field=field, recorded_at__gt=moment.known_at
    ).order_by("recorded_at", "id")
    words = Func(F("before"), template="(%(expressions)s #>> '{}')", output_field=TextField())
    before = Cast(Subquery(later.values(words=words)[:1]), COLUMNS.get(field, TextField()))
    return Case(When(Exists(later), then=before), default=now, output_field=COLUMNS.get(field, TextField()))


def named(link: str, ids: Iterable[int], moment: Moment, *, of: str = "commitment") -> Q:
    """The condition that a commitment's link, or that `of` another kind, led to one of these rows, as the record said then."""
    wanted = list(ids)
    now = Q(**{f"{link}__in": wanted})
    if moment.is_present:
        return now
    later = Correction.objects.filter(target_kind=of, field=link, recorded_at__gt=moment.known_at)
    first = later.order_by("target_id", "recorded_at", "id").distinct("target_id")
    from_there = Correction.objects.filter(pk__in=first.values("pk"), before__in=wanted)
    return now & ~Q(pk__in=later.values("target_id")) | Q(pk__in=from_there.values("target_id"))


def once_named(link: str) -> QuerySet[Any]:
    """The numbers of the rows that this link of anything led to until it was corrected."""
    words = Func(F("before"), template="(%(expressions)s #>> '{}')", output_field=TextField())
    corrected = Correction.objects.filter(field=link).order_by()
    return corrected.annotate(number=Cast(words, BigIntegerField())).filter(number__isnull=False).values("number")


def unmerged(kind: str, moment: Moment) -> Q:
    """The condition that a row of that kind had not been merged into another, as the record said at the moment."""
    if moment.is_present:
        return Q(merged_into=None)
    merged_since = Correction.objects.filter(
        Q(before=None) | Q(before__isnull=True),
        target_kind=kind,
        field="merged_into",
        recorded_at__gt=moment.known_at,
    )
    return Q(merged_into=None) | Q(pk__in=merged_since.values("target_id"))


def slug_of(link: str, moment: Moment) -> Any:
    """The address of what a commitment's link (“lead_ministry”, “initiative”) named, as the record said then."""
    if moment.is_present:
        return F(f"{link}__slug")
    linked = Commitment._meta.get_field(link).related_model._base_manager  # type: ignore[union-attr]
    return Subquery(linked.filter(pk=OuterRef(f"as_known_{link}")).values("slug")[:1], output_field=CharField())


def today(moment: Moment) -> Expression:
    """The day that deadlines are held against, in the zone of each commitment's government."""
    if not moment.is_present:
        return Value(moment.as_of, output_field=DateField())
    return Cast(Func(zone_of(), Value(moment.known_at), function="timezone"), DateField())


def in_force(moment: Moment, rubric: str = "") -> QuerySet[Assessment]:
    """Verdicts in force at the moment, the one that counts first; by one rubric only where it is named."""
    withdrawn = Ruling.objects.filter(assessment=OuterRef("pk"), kind="withdrawn", recorded_at__lte=moment.known_at)
    replaced = Assessment.objects.filter(supersedes=OuterRef("pk"), recorded_at__lte=moment.known_at)
    verdicts = Assessment.objects.known(moment.known_at).filter(~Exists(withdrawn), ~Exists(replaced))
    if not moment.is_present:
        verdicts = verdicts.filter(effective_from__lte=moment.as_of)
    if rubric:
        verdicts = verdicts.filter(rubric__version=rubric)
    return verdicts.order_by("-effective_from", "-recorded_at", "-pk")


def kept(moment: Moment) -> QuerySet[KeptStanding]:
    """Kept standings that hold at the moment: nothing they rest on was recorded later, or happened."""
    known = KeptStanding.objects.filter(told_at__lte=moment.known_at)
    return known if moment.is_present else known.filter(true_on__lte=moment.as_of)


def status(moment: Moment, rubric: str = "") -> Expression:
    """The status, “not rated” where nothing is in force or nothing can be verified."""
    not_verifiable = Q(as_known_verifiability="not_verifiable")
    computed = Case(
        When(not_verifiable, then=Value(NOT_RATED)),
        default=_of_series(F("status"), moment, rubric, Value(NOT_RATED)),
        output_field=CharField(),
    )
    if rubric:
        return computed
    return Coalesce(Subquery(kept(moment).filter(commitment=OuterRef("pk")).values("status")[:1]), computed)


def judged_on(moment: Moment, rubric: str = "") -> Expression:
    """The day from which the verdict in force is true; nothing where nothing can be verified."""
    not_verifiable = Q(as_known_verifiability="not_verifiable")
    nothing = Value(None, output_field=DateField())
    verdict = _of_series(F("effective_from"), moment, rubric, nothing)
    return Case(When(not_verifiable, then=nothing), default=verdict, output_field=DateField())


def is_concluded(moment: Moment, rubric: str = "") -> Expression:
    """Whether the verdict in force ends the matter."""
    return _of_series(_ends_the_matter(), moment, rubric, Value(False))


def condition(moment: Moment) -> Expression:
    """“waiting”, “triggered” or “lapsed”; empty for what has no condition."""
    return Case(
        When(
            as_known_is_conditional=True,
            then=Coalesce(Subquery(_changes(ConditionChange, moment).values("state")[:1]), Value("waiting")),
        ),
        default=Value(""),
        output_field=CharField(),
    )


def lapsed_on(moment: Moment) -> Expression:
    """The day its condition lapsed; the end of the calendar where it did not."""
    last = _changes(ConditionChange, moment).values("happened_on")[:1]
    return Case(When(then_condition="lapsed", then=Subquery(last)), default=Value(date.max), output_field=DateField())


def is_ended(moment: Moment) -> Expression:
    """Whether another commitment took its place, or the series came to an end."""
    superseded = _changes(Supersession, moment, link="old")
    return Exists(superseded) | Exists(_changes(Discontinuation, moment))  # type: ignore[return-value]


def is_overdue(moment: Moment, rubric: str = "") -> Any:
    """Past its last day, not concluded, not excused; or one of its periods is. Needs the other columns beside it."""
    own = Q(then_concluded=False, then_ended=False, then_last_day__lt=F("then_today")) & ~Q(then_condition="lapsed")
    excused = Q(then_condition="waiting") | Q(as_known_verifiability="not_verifiable")
    return Case(
        When(excused, then=Value(False)),
        When(own, then=Value(True)),
        default=Exists(_overdue_periods(moment, rubric)),
        output_field=BooleanField(),
    )


def last_day(moment: Moment) -> Expression:
    """The last day of the deadline of the whole, after the changes that were known and had happened."""
    changes = _changes(DeadlineChange, moment).filter(occurrence=None)
    return Case(
        When(Exists(changes), then=Subquery(changes.values("due_on")[:1])),
        default=as_known("due_on", moment),
        output_field=DateField(),
    )


def _of_series(column: Any, moment: Moment, rubric: str, otherwise: Value) -> Expression:
    """Of the verdict on the whole; of a series nobody judged as a whole, that on its latest judged period."""
    whole = in_force(moment, rubric).filter(commitment=OuterRef("pk"), occurrence=None)
    period = (
        in_force(moment, rubric)
        .filter(commitment=OuterRef("pk"), occurrence__recorded_at__lte=moment.known_at)
        .order_by("-occurrence__period_end", "-occurrence_id", "-effective_from", "-recorded_at", "-pk")
    )
    return Coalesce(Subquery(whole.values(told=column)[:1]), Subquery(period.values(told=column)[:1]), otherwise)


def _ends_the_matter() -> Exists:
    return Exists(RubricStatus.objects.filter(rubric=OuterRef("rubric"), key=OuterRef("status"), is_concluded=True))


def _changes(model: type[Any], moment: Moment, *, link: str = "commitment", row: str = "pk") -> QuerySet[Any]:
    """Changes that were known and had happened, the last first; `link` leads to the outer row's column `row`."""
    changes = model.objects.known(moment.known_at).filter(**{link: OuterRef(row)})
    if moment.true_by < date.max:
        changes = changes.filter(happened_on__lte=moment.true_by)
    return changes.order_by("-happened_on", "-recorded_at", "-pk")


def _overdue_periods(moment: Moment, rubric: str) -> QuerySet[Occurrence]:
    """Periods past their own last day that no verdict concluded and that the series reached before it ended."""
    changes = _changes(DeadlineChange, moment, link="occurrence")
    verdict = in_force(moment, rubric).filter(occurrence=OuterRef("pk")).values(told=_ends_the_matter())
    by_then = {"happened_on__lte": OuterRef("period_end")}
    superseded = _changes(Supersession, moment, link="old", row="commitment").filter(**by_then)
    discontinued = _changes(Discontinuation, moment, row="commitment").filter(**by_then)
    return (
        Occurrence.objects.known(moment.known_at)
        .filter(commitment=OuterRef("pk"), period_end__lt=OuterRef("then_lapsed_on"))
        .annotate(
            last_day=Case(
                When(Exists(changes), then=Subquery(changes.values("due_on")[:1])),
                default=as_known("due_on", moment, kind="occurrence"),
                output_field=DateField(),
            ),
            concluded=Coalesce(Subquery(verdict[:1]), Value(False)),
        )
        .filter(~Exists(superseded), ~Exists(discontinued), concluded=False, last_day__lt=OuterRef("then_today"))
    )
