"""We know that an official's page adds up, and that every figure of the sum opens to its list."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_assessment, make_commitment, make_membership, make_ministry, make_official, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> SimpleNamespace:
    """A minister from 28 July 2023 to 25 July 2025, who inherited two promises, made one and found one again."""
    ministry = make_ministry(name="Ministry of Unification")
    post = make_post(ministry=ministry, label="Minister of Unification", is_head=True)
    make_membership(post=post, ended_on=date(2023, 7, 28))
    official = make_official(slug="kim", name="Kim Example")
    term = make_membership(
        post=post, official=official, started_on=date(2023, 7, 28), ended_on=date(2025, 7, 25), ended_precision="day"
    )
    make_membership(post=post, started_on=date(2025, 7, 25))
    kept = make_commitment(lead_ministry=ministry, slug="kept")
    make_assessment(commitment=kept, status="fulfilled", effective_from=date(2024, 2, 1))
    make_commitment(lead_ministry=ministry, slug="open")
    make_commitment(lead_ministry=ministry, slug="new", made_on=date(2024, 5, 1), made_by=term)
    again = make_commitment(lead_ministry=ministry, slug="again")
    make_assessment(commitment=again, status="fulfilled", effective_from=date(2023, 3, 1))
    make_assessment(commitment=again, status="stalled", effective_from=date(2024, 1, 1))
    make_commitment(lead_ministry=ministry, slug="vague", verifiability="not_verifiable")
    return SimpleNamespace(ministry=ministry, term=term)


def test_both_sides_of_the_sum_hold_the_same_commitments(client: Client, office):
    (term,) = client.get("/officials/kim/?format=json").json()["terms"]

    assert set(term["inherited"]) == {"kept", "open"}
    assert (term["made"], term["reopened"]) == (["new"], ["again"])
    assert (term["resolved"], term["ended"]) == (["kept"], [])
    assert set(term["left"]) == {"open", "new", "again"}
    assert term["total"] == 4


def test_the_page_shows_the_sum_and_every_figure_opens_to_its_list(client: Client, office):
    page = client.get("/officials/kim/").content.decode()
    table = page[page.index("<table") : page.index("</table>")]

    figures = dict(re.findall(r'<a href="#(t\d+-\w+)">(\d+)</a>', table))
    assert table.count("<strong>4</strong>") == 2
    assert [int(number) for number in figures.values()] == [2, 1, 1, 1, 3]
    for anchor, number in figures.items():
        listed = page[page.index(f'id="{anchor}"') :]
        assert listed[: listed.index("</ul>")].count("<li>") == int(number)


def test_a_past_day_counts_what_was_true_then(client: Client, office):
    (term,) = client.get("/officials/kim/?format=json&as_of=2024-01-15").json()["terms"]

    assert set(term["inherited"]) == {"kept", "open"}
    assert (term["made"], term["resolved"], term["reopened"]) == ([], [], ["again"])
    assert "Still open" in client.get("/officials/kim/?as_of=2024-01-15").content.decode()


def test_an_official_without_a_term_at_a_head_has_no_sum(client: Client):
    make_membership(official=make_official(slug="deputy"), post=make_post())

    response = client.get("/officials/deputy/")

    assert response.status_code == 200
    assert "<table" not in response.content.decode().split('id="timeline"')[0]


def test_many_commitments_ask_as_often_as_few(client: Client, office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/officials/kim/")
        return len(asked)

    few = queries()
    for _number in range(8):
        make_commitment(lead_ministry=office.ministry)

    assert queries() <= few <= 14
