"""Checks that the database itself refuses something, and by which rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused_by(rule: str) -> Iterator[None]:
    """Expect the block to break the rule of that name; the transaction around it goes on."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.diag.constraint_name == rule


def run_sql(statement: str, parameters: list[Any] | None = None) -> None:
    """Run raw SQL, as somebody at the server's own prompt would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def empty_table(table: str) -> None:
    """TRUNCATE, with the checks that wait for the end of the transaction made first, as they would be in one of its own."""
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql(f"TRUNCATE {table} CASCADE")
