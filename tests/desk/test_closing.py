"""We know that a change of government opens a round at the desk, that it shows what is left, and closes nothing silently."""

from datetime import date

import pytest

from policytracker.tracking.actions.reviews import publish_assessment
from policytracker.tracking.models import Assessment, ClosingRound
from tests.desk.conftest import client_of
from tests.factories import NOW, make_assessment, make_commitment, make_evidence, make_government, make_rubric

pytestmark = pytest.mark.django_db


@pytest.fixture
def government():
    return make_government(slug="yoon", name="Government of Yoon")


def open_round(editor, ended_on: str = "2025-04-04"):
    return editor.post("/desk/closing/yoon/open/", {"ended_on": ended_on}, follow=True)


def test_the_end_of_a_government_opens_its_round(editor, government):
    make_commitment(government=government)

    page = open_round(editor).content.decode()

    government.refresh_from_db()
    assert government.ended_on == date(2025, 4, 4)
    assert "1 open commitment has no closing assessment yet" in page
    assert "1 commitment left" in editor.get("/desk/closing/").content.decode()


@pytest.mark.parametrize("day", ["2021-01-01", "2999-01-01", "soon", ""])
def test_a_day_on_which_it_cannot_have_ended_is_refused(editor, government, day):
    response = editor.post("/desk/closing/yoon/open/", {"ended_on": day})

    assert response.status_code == 422
    assert not ClosingRound.objects.exists()


def test_a_round_with_something_left_does_not_close(editor, government):
    make_commitment(government=government)
    open_round(editor)

    page = editor.post("/desk/closing/yoon/close/", follow=True).content.decode()

    assert "has no closing assessment" in page
    assert ClosingRound.objects.get().closed_at is None


def test_the_way_leads_from_what_is_left_to_its_closing_assessment_and_to_the_end(analyst, editor, government):
    make_rubric()
    commitment = make_commitment(government=government, slug="promise")
    evidence = make_evidence(commitment=commitment)
    open_round(editor)
    address = "/desk/commitments/promise/assess/?closing=1"
    assert f'href="{address}"' in analyst.get("/desk/closing/yoon/").content.decode()
    assert "closing assessment" in analyst.get(address).content.decode()

    typed = {
        "do": "submit",
        "status": "stalled",
        "reason_code": "no_information",
        "effective_from": "2025-04-04",
        "rationale": "It stood still when the government ended.",
        "evidence": evidence.pk,
    }
    analyst.post(address, typed)
    written = Assessment.objects.get()
    assert written.closing_round == ClosingRound.objects.get()
    assert "waiting for review" in analyst.get("/desk/closing/yoon/").content.decode()
    publish_assessment(assessment=written, version=written.version, body="", by=editor.user, at=NOW.replace(year=2027))
    page = editor.post("/desk/closing/yoon/close/", follow=True).content.decode()

    assert "Closed on" in page
    assert ClosingRound.objects.get().closed_at is not None


def test_a_draft_that_was_begun_before_becomes_the_closing_one(analyst, editor, government):
    make_rubric()
    commitment = make_commitment(government=government, slug="promise")
    draft = make_assessment(commitment=commitment, published=False, author=analyst.user)
    open_round(editor)

    analyst.post(
        "/desk/commitments/promise/assess/?closing=1",
        {"do": "save", "status": "stalled", "draft": draft.pk, "version": draft.version},
    )

    draft.refresh_from_db()
    assert draft.closing_round == ClosingRound.objects.get()


def test_without_being_asked_for_an_assessment_is_no_closing_one(analyst, editor, government):
    make_rubric()
    make_commitment(government=government, slug="promise")
    open_round(editor)

    analyst.post("/desk/commitments/promise/assess/", {"do": "save", "status": "stalled"})

    assert Assessment.objects.get().closing_round is None


@pytest.mark.parametrize(("role", "answer"), [("viewer", 403), ("analyst", 403), ("reviewer", 403), ("editor", 302)])
def test_only_an_editor_ends_a_government(government, role, answer):
    assert client_of(role).post("/desk/closing/yoon/open/", {"ended_on": "2025-04-04"}).status_code == answer


def test_the_pages_ask_a_bounded_number_of_questions(editor, government, django_assert_max_num_queries):
    for _number in range(5):
        make_commitment(government=government)
    open_round(editor)

    with django_assert_max_num_queries(12):
        editor.get("/desk/closing/yoon/")
    with django_assert_max_num_queries(8):
        editor.get("/desk/closing/")


def test_what_is_not_there_is_404(editor):
    assert editor.get("/desk/closing/nobody/").status_code == 404
    assert editor.post("/desk/closing/nobody/close/").status_code == 404
