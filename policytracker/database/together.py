"""Reads rows of several models in one statement, where a page would otherwise ask one question for each of them.

What of Django it leans on, and what else was considered: docs/adr/0013.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField, RangeField
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BinaryField, DateField, DecimalField, DurationField, Field, QuerySet, TimeField, UUIDField
from django.db.models.sql.compiler import SQLCompiler

# JSON has words for these; everything else comes out of it as it went in.
WRITTEN_AS_WORDS = (DateField, DecimalField, TimeField, UUIDField)
NOT_IN_JSON = (BinaryField, DurationField, RangeField)


def read_together(asked: Mapping[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    """The rows of each QuerySet by its name, each list in its own order, all read by one statement.

    The QuerySets may join, annotate, defer and limit; what they prefetch is asked for by itself. `.values()` is not
    read this way. Raises TypeError for a column of bytes, of a range or of a duration: defer it.
    """
    found: dict[str, list[Any]] = {name: [] for name in asked}
    compilers, parts, values = {}, [], []
    for name, queryset in asked.items():
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            sql, given = compiler.as_sql()
        except EmptyResultSet:
            continue
        columns = ", ".join(f"c{number}" for number in range(len(compiler.select)))
        parts.append(f"(SELECT json_agg(row_read) FROM ({sql}) AS row_read ({columns}))::text")  # noqa: S608 SQL of the ORM
        values.extend(given)
        compilers[name] = compiler
    if parts:
        for name, rows in zip(compilers, _answered(f"SELECT {', '.join(parts)}", values), strict=True):
            found[name] = list(_answering(asked[name], compilers[name], json.loads(rows or "[]")))
    return found


def _answered(sql: str, values: list[Any]) -> tuple[str | None, ...]:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(cursor.fetchone())


def _answering(queryset: QuerySet[Any], compiler: Any, rows: list[dict[str, Any]]) -> QuerySet[Any]:
    """The QuerySet, which takes these rows for what the database answered: how rows become instances stays its own."""
    told = queryset.all()
    compiler.execute_sql = lambda *_args, **_options: [[tuple(row.values()) for row in rows]]
    compiler.get_converters = partial(_converters, compiler)
    told.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
    return told


def _converters(_compiler: SQLCompiler, expressions: list[Any]) -> dict[int, tuple[list[Callable[..., Any]], Any]]:
    converters = {}
    for number, expression in enumerate(expressions):
        field = expression.output_field
        if isinstance(field, NOT_IN_JSON):
            raise TypeError(f"{field} holds what JSON cannot carry: defer it.")
        if isinstance(field, (*WRITTEN_AS_WORDS, ArrayField)):
            converters[number] = ([_from_json], expression)
    return converters


def _from_json(value: Any, expression: Any, _connection: Any) -> Any:
    return _read(expression.output_field, value)


def _read(field: Field[Any, Any], value: Any) -> Any:
    if value is None:
        return value
    if isinstance(field, ArrayField):
        return [_read(field.base_field, item) for item in value]
    return field.to_python(value) if isinstance(field, WRITTEN_AS_WORDS) else value
