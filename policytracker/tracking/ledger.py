"""What the record said at an earlier moment: published rows, read back through the corrections made since. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q

from policytracker.database.together import read_together

from .models import Correction
from .moments import Moment

Row = TypeVar("Row", bound=Model)


def set_back(rows: Iterable[Row], moment: Moment) -> list[Row]:
    """These freshly read rows, and all read together with them, as the record told them at the moment; never save them.

    What was read along and was not yet in the record then is left out. The present costs no query.
    """
    found = list(rows)
    if moment.is_present or not found:
        return found
    seen: set[int] = set()
    together: list[Model] = [*found, *chain.from_iterable(_read_along(row, moment.known_at, seen) for row in found)]
    links = [(row, name) for row in together for name in row._state.fields_cache]
    as_known(together, moment.known_at)
    for row in together:
        row._state.told_at = moment.known_at  # type: ignore[attr-defined]
    # A link that led elsewhere then: what it led to is read, and told as it was told then.
    set_back([linked for row, name in links if (linked := _led_elsewhere(row, name)) is not None], moment)
    return found


def is_told_at(row: Model, known_at: datetime) -> bool:
    """Whether the row was set back to that moment already."""
    return getattr(row._state, "told_at", None) == known_at


def told_together(asked: Mapping[str, Any], moment: Moment) -> dict[str, list[Any]]:
    """The rows of several QuerySets by name, read in one statement and set back to the moment in another."""
    found = read_together(asked)
    set_back(chain.from_iterable(found.values()), moment)
    return found


def _led_elsewhere(row: Model, name: str) -> Model | None:
    if name in row._state.fields_cache:
        return None
    linked: Model | None = getattr(row, name, None)
    return linked


def _read_along(row: Model, known_at: datetime, seen: set[int]) -> Iterable[Model]:
    """The rows that were read together with this one, however deep; lists of them lose what was recorded later."""
    if id(row) in seen:
        return
    seen.add(id(row))
    lists = [value for value in vars(row).values() if isinstance(value, list)]
    prefetched: dict[str, Any] = getattr(row, "_prefetched_objects_cache", {})
    lists += [rows._result_cache for rows in prefetched.values() if rows._result_cache is not None]
    for rows in lists:
        rows[:] = [one for one in rows if not isinstance(one, Model) or _was_known(one, known_at)]
    named = [one for one in row._state.fields_cache.values() if isinstance(one, Model)]
    for one in chain(named, *lists):
        if isinstance(one, Model):
            yield one
            yield from _read_along(one, known_at, seen)


def _was_known(row: Model, known_at: datetime) -> bool:
    recorded_at = getattr(row, "recorded_at", None)
    return recorded_at is None or recorded_at <= known_at


# The links to many that a published row changes only with a line in the ledger: lists of row numbers, sorted.
FILED = {"commitment": ("topics", "supporting_ministries"), "initiative": ("topics",)}


def as_known(rows: Iterable[Model | None], known_at: datetime) -> None:
    """Set the fields of these freshly read rows back to what the record said at `known_at`. One query; never save them.

    Rows of any kinds may be mixed. A row that was not yet in the record then keeps its first values.
    """
    by_key: dict[tuple[str, int], list[Model]] = {}
    for row in rows:
        if row is not None:
            by_key.setdefault((row._meta.model_name or "", row.pk), []).append(row)
    for correction in _first_corrections_after(known_at, by_key):
        for row in by_key[correction.target_kind, correction.target_id]:
            set_value(row, correction.field, correction.before)


def value_at(target: Model, field: str, known_at: datetime) -> Any:
    """The value of a field as the record said at `known_at`, as the column's JSON."""
    kind = target._meta.model_name
    later = Correction.objects.filter(
        target_kind=kind, target_id=target.pk, field=field, recorded_at__gt=known_at
    ).order_by("recorded_at", "id")
    first = later.first()
    return current_value(target, field) if first is None else first.before


def values_at(targets: Iterable[Model], field: str, known_at: datetime) -> dict[tuple[str, int], Any]:
    """The same for many, by kind and number, in one query."""
    values = {(target._meta.model_name or "", target.pk): current_value(target, field) for target in targets}
    for correction in _first_corrections_after(known_at, values):
        if correction.field == field:
            values[correction.target_kind, correction.target_id] = correction.before
    return values


def current_value(row: Model, field: str) -> Any:
    """The value of a field in this row, as a correction writes it."""
    translations = getattr(row, "i18n", None)
    if is_filing(row, field):
        return sorted(getattr(row, field).values_list("pk", flat=True))
    if is_translation(row, field):
        return (translations or {}).get(field)
    column: Any = row._meta.get_field(field)
    return as_json(getattr(row, column.attname))


def as_json(value: Any) -> Any:
    """A column's value as JSON: days and moments in ISO 8601, as the database writes them; the rest as it is."""
    if isinstance(value, datetime):
        return _moment_as_json(value)
    if isinstance(value, date):
        return value.isoformat()
    return [as_json(item) for item in value] if isinstance(value, list | tuple) else value


def _moment_as_json(moment: datetime) -> str:
    """In UTC, without the zeros that end a fraction of a second."""
    whole, _point, fraction = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}{'.' + fraction if fraction else ''}+00:00"


def set_value(row: Model, field: str, value: Any) -> None:
    """Set a field of a row in memory from a correction's JSON. Filing is an index, of the past too: it stays."""
    if field in (*FILED.get(row._meta.model_name or "", ()), "tags"):
        return
    if is_translation(row, field):
        row.i18n = {**(row.i18n or {}), field: value}  # type: ignore[attr-defined]
        return
    try:
        column: Any = row._meta.get_field(field)
    except FieldDoesNotExist:
        return  # a column that a later version of the record no longer has
    setattr(row, column.attname, column.to_python(value) if value is not None else None)


def is_filing(row: Model, field: str) -> bool:
    """Whether `field` links the row to many others, and the ledger keeps to which."""
    return field in FILED.get(row._meta.model_name or "", ())


def is_translation(row: Model, field: str) -> bool:
    """Whether `field` is one language of a translated field: “name_ko” is kept in the `i18n` column, not in its own."""
    names = {concrete.name for concrete in row._meta.concrete_fields}
    return field not in names and "i18n" in names and field.rsplit("_", 1)[0] in names


def _first_corrections_after(known_at: datetime, keys: Iterable[tuple[str, int]]) -> Iterable[Correction]:
    ids_by_kind: dict[str, list[int]] = {}
    for kind, target_id in keys:
        ids_by_kind.setdefault(kind, []).append(target_id)
    if not ids_by_kind:
        return []
    targets = reduce(or_, (Q(target_kind=kind, target_id__in=ids) for kind, ids in ids_by_kind.items()))
    return (
        Correction.objects.filter(targets, recorded_at__gt=known_at)
        .order_by("target_kind", "target_id", "field", "recorded_at", "id")
        .distinct("target_kind", "target_id", "field")
    )
