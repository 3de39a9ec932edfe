"""Fixtures of all tests."""

import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings

from tests.databases import drop_test_database, make_test_database

# One commit, one answer. `pytest --hypothesis-profile=exploring` looks at other examples each time.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("exploring", max_examples=1000, deadline=None)
settings.load_profile("repeatable")


QUEUE_EMPTIED = "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE"  # not Django's, so it leaves them
FILLED_BY_MIGRATIONS = {"0002_makes_the_first_rubric": "make_rubric", "0003_makes_the_roles": "make_roles"}


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, request) -> Iterator[None]:
    """Give each test process a database of its own, with the schema in it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_policytracker_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        make_test_database(name)
        yield
        drop_test_database(name)


@pytest.fixture(scope="session", autouse=True)
def empty_tables_between_transactional_tests() -> Iterator[None]:
    """Let the test runner empty the tables, which the record's own rules refuse. Only a superuser can do this.

    What the migrations put there comes back: the next test stands on it as the first one did.
    """

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in [*sql_list, QUEUE_EMPTIED]:
                cursor.execute(statement)
        for migration, fill in FILLED_BY_MIGRATIONS.items():
            getattr(import_module(f"policytracker.tracking.migrations.{migration}"), fill)(apps, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name a case of bytes by their number: archives made in a test hold the time, and workers must agree on names."""
    return f"{argname}-{len(val)}-bytes" if isinstance(val, bytes) else None
