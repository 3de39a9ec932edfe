"""SQL that the ORM writes once a process instead of once a request.

The columns of a standing are deep expressions: to compose and compile them takes the ORM several times as long as the
database takes to answer. Their SQL depends on the moment by its values alone, so it is kept as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, Expression, F, Field, QuerySet

from policytracker.tracking.moments import Moment

Build = Callable[[Moment, str], QuerySet[Any]]

# Values that stand in a template where those of a request will stand. No record has them.
_DAY = date(1901, 2, 3)
_INSTANT = datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
_RUBRIC = "\x00rubric"
# How Django names the tables of subqueries: without quotes, which nothing else in its SQL is that looks like this.
_ALIAS = re.compile(r'(?<!["\w])([A-Z]{1,2}\d+)(?!["\w])')
_PLACE = "\x00row\x00"


@dataclass(frozen=True)
class Template:
    """The SQL of one column about a row of a table, and the values that belong into it, in order."""

    sql: str
    values: tuple[Any, ...]
    output_field: Field[Any, Any]

    def filled(self, row: str, moment: Moment, rubric: str) -> tuple[str, tuple[Any, ...]]:
        """SQL about the row of that alias, with the values of the moment."""
        given = {_DAY: moment.as_of, _INSTANT: moment.known_at, _RUBRIC: rubric}
        return self.sql.replace(_PLACE, row), tuple(given.get(value, value) for value in self.values)


class Compiled(Expression):
    """A column of a template at a moment. Stands wherever an expression may: to select, filter, order and count by."""

    def __init__(self, template: Template, moment: Moment, rubric: str) -> None:
        super().__init__(output_field=template.output_field)
        self.template, self.moment, self.rubric = template, moment, rubric
        self.row: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.row]

    def set_source_expressions(self, expressions: Any) -> None:
        (self.row,) = expressions

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The template's SQL about the row of the query it stands in."""
        return self.template.filled(compiler.quote_name_unless_alias(self.row.alias), self.moment, self.rubric)


def compiled(build: Build, moment: Moment, rubric: str = "") -> Mapping[str, Compiled]:
    """The annotations that `build` adds to a QuerySet, each compiled once for all moments and rubrics.

    They may join no table to the row itself: what they read elsewhere they read in subqueries.
    """
    templates = _templates(build, moment.is_present, bool(rubric))
    return {name: Compiled(template, moment, rubric) for name, template in templates.items()}


@cache
def _templates(build: Build, is_present: bool, has_rubric: bool) -> dict[str, Template]:
    rows = build(Moment(_DAY, _INSTANT, is_present=is_present), _RUBRIC if has_rubric else "")
    compiler = rows.query.get_compiler(connection=connection)
    compiler.pre_sql_setup()
    if len([alias for alias, count in rows.query.alias_refcount.items() if count]) > 1:
        raise TypeError(f"{build.__name__} joins tables to the row, so its columns cannot stand elsewhere.")
    return {name: _template(compiler, column) for name, column in rows.query.annotations.items()}


def _template(compiler: Any, column: Any) -> Template:
    sql, values = compiler.compile(column)
    # Other names for the tables of its subqueries: the query it will stand in has its own U0.
    sql = _ALIAS.sub(r"told_\1", sql)
    row = compiler.quote_name_unless_alias(compiler.query.get_initial_alias())
    field = BooleanField() if isinstance(column, Exists) else column.output_field
    return Template(sql.replace(f"{row}.", f"{_PLACE}."), tuple(values), field)
