"""What a page asks of the database is known, and the same with many rows behind it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_correction

from .door import SLUGS, names, path_of
from .growth import grow

pytestmark = pytest.mark.django_db

MOST = 12
PAST = "?as_of=2023-06-01&known_at=2024-01-01"
FILTERED = (
    "/commitments/?status=stalled&ministry=mou&late=1&verifiable=verifiable&q=report&sort=due",
    "/commitments/?topic=rights&initiative=report&official=kwon&made_since=2020-01-01",
    "/initiatives/?q=report&ministry=mou",
    "/articles/?q=report&language=en&sort=oldest",
    "/timeline/?kind=status&order=oldest",
)


def queries_of(client: Client, path: str) -> int:
    """What one answer asks, with the record's stamp where it is kept under it."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def addresses(record: Any) -> list[str]:
    """One of every kind of answer; lists and subjects as JSON too, some as of another day or filtered."""
    plain = [path_of(name, record) for name in names()]
    lists = ["/timeline/", *(path_of(f"{kind}_list") for kind in ("initiative", "commitment", "ministry", "official"))]
    lists += ["/articles/", "/deadlines/", "/corrections/"]
    subjects = [path_of(f"{kind}_detail") for kind in SLUGS]
    return [
        *plain,
        *(f"{path}{PAST}" for path in ["/", "/timeline/", "/commitments/", *subjects]),
        *(f"{path}?format=json" for path in [*lists, *subjects]),
        "/commitments/?format=csv",
        *FILTERED,
    ]


def test_no_answer_asks_more_than_its_bar_and_many_rows_ask_as_often_as_few(client: Client, record, settings):
    settings.KEPT_SECONDS = 30
    make_correction(
        record.commitment,
        "statement",
        "Publish a report.",
        record.commitment.statement,
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )
    caches["pages"].clear()
    asked = list(dict.fromkeys(addresses(record)))

    grow(20)
    few = {path: queries_of(client, path) for path in asked}
    grow(600, start=1000)
    many = {path: queries_of(client, path) for path in asked}

    assert {path: count for path, count in few.items() if count > MOST} == {}
    # A timeline asks for who was responsible only where a line names a commitment, and so on: fewer is as good.
    assert {path: (few[path], many[path]) for path in asked if many[path] > few[path]} == {}
