"""Two days side by side."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_what_stood_otherwise_is_told_from_what_to_what(client: Client, record):
    page = client.get("/compare/?since=2023-02-01&until=2023-05-01").content.decode()

    assert "1 commitment stands otherwise" in page or "2 commitments stand otherwise" in page
    assert "Fulfilled" in page


@pytest.mark.parametrize("query", ["since=2023-02-30&until=2023-05-01", "since=2023-01-01&until=9999-01-01", "since="])
def test_days_that_are_none_are_refused(client: Client, query):
    assert client.get(f"/compare/?{query}").status_code == 400


def test_the_twin_tells_the_same(client: Client, record):
    told = client.get("/compare/?since=2023-02-01&until=2023-05-01&format=json").json()

    assert {row["slug"]: row["status"] for row in told["results"]}["yearly"] == "fulfilled"
