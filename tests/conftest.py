"""Fixtures of all tests."""

import os
from collections.abc import Iterator

import pytest

from tests.databases import drop_test_database, make_test_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, request) -> Iterator[None]:
    """Give each test process a database of its own, with the schema in it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_policytracker_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():
        make_test_database(name)
        yield
        drop_test_database(name)
