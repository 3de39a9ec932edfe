"""We know that the hand-over sheet lists what a new minister found, adds up, and can be taken along."""

import csv
import io
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
    """A ministry that changed hands on 28 July 2023, with one promise of each kind."""
    ministry = make_ministry(slug="mou", name="Ministry of Unification")
    post = make_post(ministry=ministry, label="Minister of Unification", is_head=True)
    first = make_membership(post=post, official=make_official(slug="kwon"), ended_on=date(2023, 7, 28))
    second = make_membership(
        post=post, official=make_official(slug="kim", name="Kim Example"), started_on=date(2023, 7, 28)
    )
    promised = {
        "overdue": make_commitment(slug="late", lead_ministry=ministry, due_on=date(2023, 3, 31)),
        "ahead": make_commitment(slug="ahead", lead_ministry=ministry, due_on=date(2023, 12, 31)),
        "waiting": make_commitment(
            slug="waiting", lead_ministry=ministry, is_conditional=True, condition="If the North answers."
        ),
        "undated": make_commitment(slug="undated", lead_ministry=ministry),
    }
    done = make_commitment(slug="done", lead_ministry=ministry)
    make_assessment(commitment=done, status="fulfilled", effective_from=date(2023, 3, 1))
    make_commitment(slug="after", lead_ministry=ministry, made_on=date(2023, 8, 1))
    make_assessment(commitment=promised["ahead"], status="fulfilled", effective_from=date(2023, 12, 1))
    return SimpleNamespace(ministry=ministry, first=first, second=second, promised=promised)


def told(client: Client, membership, query: str = "") -> dict:
    return client.get(f"/hand-over/{membership.pk}/?format=json{query}").json()


def test_every_open_commitment_stands_in_one_list_and_the_sum_is_theirs(client: Client, office):
    sheet = told(client, office.second)

    assert {row["slug"]: row["part"] for row in sheet["commitments"]} == {
        "late": "overdue",
        "ahead": "ahead",
        "waiting": "waiting",
        "undated": "undated",
    }
    assert sheet["total"] == 4


def test_the_page_says_the_sum_and_what_waits_for_what(client: Client, office):
    page = client.get(f"/hand-over/{office.second.pk}/").content.decode()

    assert "4 commitments were open" in page
    assert "1 of them was overdue" in page
    assert "If the North answers." in page
    assert "119 days overdue" in page
    assert page.index('id="overdue"') < page.index('id="sum"')
    assert "done/" not in page and "after/" not in page


def test_each_tells_how_it_stood_then_and_how_it_stands_now(client: Client, office):
    def ahead(query: str = "") -> tuple[str, str]:
        row = next(row for row in told(client, office.second, query)["commitments"] if row["slug"] == "ahead")
        return row["status"], row["status_now"]

    assert ahead() == ("not_rated", "fulfilled")
    assert ahead("&as_of=2023-10-01") == ("not_rated", "not_rated")


def test_the_csv_holds_the_same_rows(client: Client, office):
    response = client.get(f"/hand-over/{office.second.pk}/?format=csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["slug"] for row in rows] == ["late", "ahead", "waiting", "undated"]
    assert response["Content-Disposition"] == f'attachment; filename="hand-over-{office.second.pk}.csv"'


def test_the_sheet_is_led_to_from_the_official_and_the_ministry(client: Client, office):
    address = f'href="/hand-over/{office.second.pk}/"'

    assert address in client.get("/officials/kim/").content.decode()
    assert address in client.get("/ministries/mou/").content.decode()
    assert address not in client.get("/ministries/mou/?as_of=2023-05-01").content.decode()


def test_the_number_inherited_on_the_officials_page_is_the_sum_of_the_sheet(client: Client, office):
    (term,) = client.get("/officials/kim/?format=json").json()["terms"]

    assert len(term["inherited"]) == told(client, office.second)["total"]


def test_a_term_that_has_no_sheet_is_not_there_and_the_page_says_why(client: Client, office):
    unknown = make_membership(post=make_post(is_head=True), started_on=None)
    deputy = make_membership(post=make_post())
    draft = make_membership(post=make_post(is_head=True), recorded_at=None)

    def answer(path: str) -> tuple[int, str]:
        response = client.get(path)
        return response.status_code, response.content.decode()

    assert answer(f"/hand-over/{unknown.pk}/")[0] == 404
    assert "not known" in answer(f"/hand-over/{unknown.pk}/")[1]
    assert "had not begun" in answer(f"/hand-over/{office.second.pk}/?as_of=2023-07-27")[1]
    assert answer(f"/hand-over/{deputy.pk}/")[0] == answer(f"/hand-over/{draft.pk}/")[0] == 404
    assert answer("/hand-over/99999999999999999999/")[0] == 404


def test_the_sheet_answers_in_korean_and_on_an_earlier_day(client: Client, office):
    korean = client.get(f"/ko/hand-over/{office.second.pk}/")

    assert korean.status_code == 200 and korean["Content-Language"] == "ko"
    assert "Back to today" in client.get(f"/hand-over/{office.second.pk}/?as_of=2024-01-01").content.decode()


def test_a_draft_is_not_handed_over(client: Client, office):
    make_commitment(slug="draft", statement="DRAFT", lead_ministry=office.ministry, recorded_at=None)

    assert "DRAFT" not in client.get(f"/hand-over/{office.second.pk}/").content.decode()
    assert told(client, office.second)["total"] == 4


def test_many_commitments_ask_as_often_as_few(client: Client, office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/hand-over/{office.second.pk}/")
        return len(asked)

    few = queries()
    for _number in range(8):
        make_commitment(lead_ministry=office.ministry, due_on=date(2023, 3, 31))

    assert few == queries() <= 4
