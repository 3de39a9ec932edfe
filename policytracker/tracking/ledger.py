"""What the record said at an earlier moment: published rows, read back through the corrections made since. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q

from .models import Correction


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
    """Set a field of a row in memory from a correction's JSON."""
    if is_translation(row, field):
        row.i18n = {**(row.i18n or {}), field: value}  # type: ignore[attr-defined]
        return
    try:
        column: Any = row._meta.get_field(field)
    except FieldDoesNotExist:
        return  # a column that a later version of the record no longer has
    setattr(row, column.attname, column.to_python(value) if value is not None else None)


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
