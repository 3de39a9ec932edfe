"""We know that every migration of ours can be taken back from a record in use, and leaves the schema it found."""

import os
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from tests.database.catalogue import catalogue
from tests.databases import drop_test_database, make_test_database, use_test_database
from tests.factories import make_assessment, make_membership, make_tag

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith(("articles", "policytracker"))}
# The first migration of a room makes its tables, which Django takes back by itself, in a minute and a half.
TO_ZERO = bool(os.environ.get("MIGRATE_TO_ZERO"))


@pytest.fixture
def record_in_use(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A record in a database of its own, for the schema comes and goes."""
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        make_test_database(f"{before}_migrations")
        make_assessment()
        make_membership()
        make_tag()
        yield
        drop_test_database(f"{before}_migrations")
        use_test_database(before)


def our_migrations() -> list[Migration]:
    """In the order in which they are applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    ours = [migration for migration, _ in plan if migration.app_label in OURS]
    return [migration for migration in ours if TO_ZERO or not migration.initial]


def schemas_without(migrations: list[Migration], *, backwards: bool) -> dict[str, set[str]]:
    """Apply the migrations, or take them back: by the name of each, the schema without it."""
    executor = MigrationExecutor(connection)
    schemas = {}
    for migration in migrations:
        state = executor.loader.project_state((migration.app_label, migration.name), at_end=False)
        if backwards:
            executor.unapply_migration(state, migration)
        schemas[str(migration)] = catalogue()
        if not backwards:
            executor.apply_migration(state, migration)
    return schemas


def test_all_migrations_are_taken_back_and_applied_again_without_a_trace(record_in_use):
    migrations = our_migrations()
    fresh = catalogue()

    going_down = schemas_without(migrations[::-1], backwards=True)
    going_up = schemas_without(migrations, backwards=False)

    assert {name: going_down[name] ^ going_up[name] for name in going_up if going_down[name] != going_up[name]} == {}
    assert catalogue() == fresh
    assert len(migrations) >= 17
