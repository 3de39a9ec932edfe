"""We know that the machine's reading of a changed wording is shown at the desk, and public once it was confirmed."""

from datetime import date

import pytest

from tests.desk.conftest import client_of
from tests.factories import make_article, make_commitment, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def restated():
    """A public commitment that was said twice, the second time with a smaller number."""
    commitment = make_commitment(slug="reports")
    for words, day in (
        ("We will publish three reports.", date(2023, 1, 27)),
        ("We will publish two reports.", date(2023, 6, 1)),
    ):
        snapshot = make_article(text=words).current_snapshot
        statement = make_statement(commitment=commitment, snapshot=snapshot, quote=words, said_on=day)
    return statement


def address(statement) -> str:
    return f"/desk/commitments/reports/drift/{statement.pk}/"


def test_the_proposal_is_shown_with_its_words(reviewer, restated):
    page = reviewer.get("/desk/commitments/reports/").content.decode()

    assert "<del>three</del>" in page and "<ins>two</ins>" in page
    assert "number lowered (3 → 2)" in page


def test_confirmed_it_is_public(reviewer, client, restated):
    assert "number lowered" not in client.get("/commitments/reports/").content.decode()

    reviewer.post(address(restated), {"drift": "number_lowered"})

    assert "number lowered" in client.get("/commitments/reports/").content.decode()


def test_said_otherwise_later_it_is_a_correction_with_a_note(reviewer, editor, restated):
    reviewer.post(address(restated), {"drift": "number_lowered"})

    refused = editor.post(address(restated), {"drift": "reworded"}, follow=True)
    editor.post(address(restated), {"drift": "reworded", "note": "The three were never promised."})

    assert "Say why" in refused.content.decode()
    restated.refresh_from_db()
    assert restated.drift == "reworded"


@pytest.mark.parametrize(("role", "answer"), [("viewer", 403), ("analyst", 403), ("reviewer", 302)])
def test_what_becomes_public_is_said_by_who_may_publish(restated, role, answer):
    assert client_of(role).post(address(restated), {"drift": "number_lowered"}).status_code == answer


def test_nonsense_is_refused_with_a_sentence(reviewer, restated):
    page = reviewer.post(address(restated), {"drift": "nicer"}, follow=True)

    assert "Choose what changed." in page.content.decode()
    assert reviewer.post("/desk/commitments/other/drift/1/").status_code == 404
