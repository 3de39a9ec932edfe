"""Two days side by side."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client

from policytracker.tracking.actions.corrections import correct_field
from tests.factories import make_assessment, make_commitment, make_user

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


def test_every_figure_opens_to_the_list_it_was_counted_from(client: Client, record):
    late = make_commitment(slug="made-in-march", made_on=date(2023, 3, 15))
    make_assessment(commitment=late, status="stalled", effective_from=date(2023, 4, 1))
    figure = re.compile(r'<a href="(/commitments/[^"]+)">(?:Commitments: (\d+)|.*?<b>(\d+)</b>)</a>', re.DOTALL)

    page = client.get("/compare/?since=2023-02-01&until=2023-05-01").content.decode()

    opened = [(unescape(address), int(whole or part)) for address, whole, part in figure.findall(page)]
    assert len(opened) == 2 * 8
    for address, number in opened:
        assert client.get(f"{address}&format=json").json()["count"] == number, address
    assert [number for address, number in opened if "status=" not in address] == [2, 3]


def test_a_day_that_was_corrected_since_counts_as_it_was_known(client: Client, record):
    at = datetime(2025, 5, 1, tzinfo=UTC)
    asked = "/compare/?since=2023-02-01&until=2023-05-01&known_at=2024-01-01"
    before = client.get(asked).content

    correct_field(
        target=record.commitment, field="made_on", value=date(2023, 3, 1), note="Slip.", by=make_user(), at=at
    )

    assert client.get(asked).content == before
