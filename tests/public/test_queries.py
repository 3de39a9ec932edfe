"""What a page asks of the database is known, and the same with many rows behind it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_assessment, make_commitment, make_evidence, make_initiative

pytestmark = pytest.mark.django_db

PINNED = {
    "/": 12,
    "/initiatives/": 9,
    "/commitments/": 10,
    "/ministries/": 4,
    "/officials/": 6,
    "/articles/": 6,
    "/commitments/yearly/": 12,
    "/deadlines/": 1,
    "/corrections/": 2,
    "/methodology/": 2,
    "/sources/": 1,
    "/about/": 0,
}


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("path", "most"), PINNED.items())
def test_a_page_asks_no_more_than_it_is_known_to(client: Client, record, path, most):
    assert queries_of(client, path) <= most


@pytest.mark.parametrize("path", ["/", "/initiatives/", "/commitments/", "/ministries/", "/initiatives/report/"])
def test_many_rows_ask_as_often_as_few(client: Client, record, path):
    before = queries_of(client, path)
    for number in range(12):
        commitment = make_commitment(
            initiative=record.initiative, lead_ministry=record.ministry, due_on=date(2024, 1, 1 + number)
        )
        make_initiative(lead_ministry=record.ministry)
        make_assessment(commitment=commitment, evidence=[make_evidence(commitment=commitment)])

    assert queries_of(client, path) <= before + 2
