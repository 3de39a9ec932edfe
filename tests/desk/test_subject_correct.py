"""We know that a public subject is corrected at the desk by an editor: shown first, with a note, told to readers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import Correction
from tests.desk.conftest import client_of
from tests.factories import (
    make_assessment,
    make_commitment,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_topic,
)
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db


def address(kind: str, row) -> str:
    return reverse("desk:subject_correct", args=[kind, getattr(row, "slug", None) or row.pk])


def filled(client: Client, url: str) -> dict:
    """What the form says when it is opened, as a browser would send it."""
    context = client.get(url).context
    data = {}
    for form in (context["form"], context["reason"]):
        for bound in form:
            value = bound.value()
            if bound.widget_type == "checkbox":
                data |= {bound.html_name: "on"} if value else {}
            else:
                shown = bound.field.prepare_value(value)
                data[bound.html_name] = getattr(shown, "pk", shown) if shown is not None else ""
    return data


def correct(client: Client, url: str, *, note: str = "We misread the source.", **changes):
    """Open the form, change it, look at the preview, and send it again."""
    data = filled(client, url) | {"why-note": note} | changes
    shown = client.post(url, data)
    seen = shown.context["reason"]["seen"].value() if shown.context else ""
    return shown, client.post(url, data | {"why-seen": seen})


def settle() -> None:
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_would_change_and_what_it_may_affect_is_shown_before_anything_is_saved(editor):
    commitment = make_commitment(statement="Publish it in Mach.")
    make_assessment(commitment=commitment)
    url = address("commitments", commitment)

    page = editor.post(url, filled(editor, url) | {"statement": "Publish it in March.", "why-note": "A slip."})

    told = " ".join(strip_tags(page.content.decode()).split())
    assert "What will change statement: Publish it in Mach." in told
    assert "<ins>Publish it in March.</ins>" in page.content.decode()
    assert "Assessments this may affect 1" in told
    commitment.refresh_from_db()
    assert commitment.statement == "Publish it in Mach." and not Correction.objects.exists()


def test_seen_and_sent_again_it_is_corrected_and_readers_see_before_after_and_why(editor, client):
    commitment = make_commitment(statement="Publish it in Mach.")
    assessment = make_assessment(commitment=commitment)

    _shown, saved = correct(editor, address("commitments", commitment), statement="Publish it in March.")

    settle()
    assert saved.status_code == 302
    (line,) = Correction.objects.all()
    assert (line.field, line.note, line.made_by) == ("statement", "We misread the source.", editor.user)
    assert list(line.affected_assessments.all()) == [assessment]
    page = " ".join(strip_tags(client.get("/corrections/").content.decode()).split())
    assert "We misread the source." in page and "Publish it in Mach. → Publish it in March." in page
    assert "Affects 1 assessment" in page
    assert ledger_faults() == []


def test_other_changes_than_those_shown_are_shown_first(editor):
    commitment = make_commitment()
    url = address("commitments", commitment)
    shown, _saved = correct(editor, url, statement="One.")
    seen = shown.context["reason"]["seen"].value()

    again = editor.post(url, filled(editor, url) | {"statement": "Two.", "why-note": "Why.", "why-seen": seen})

    assert again.status_code == 200
    commitment.refresh_from_db()
    assert commitment.statement == "One."


def test_without_a_note_nothing_is_corrected_and_nothing_typed_is_lost(editor):
    commitment = make_commitment()

    shown, saved = correct(editor, address("commitments", commitment), note="  ", statement="Else.")

    assert shown.status_code == saved.status_code == 422
    assert "Else." in saved.content.decode()
    assert not Correction.objects.exists()


def test_what_was_left_alone_is_not_corrected(editor):
    commitment = make_commitment(
        due_on=date(2023, 3, 31),
        due_precision="month",
        made_precision="week",
        note="Two\nlines.",
        statement_ko="보고서를 발간한다.",
        made_by=make_membership(),
        initiative=make_initiative(),
    )

    page, _saved = correct(editor, address("commitments", commitment))

    assert page.status_code == 422
    assert "Nothing was changed" in page.content.decode()


def test_a_deadline_is_corrected_with_its_precision(editor):
    commitment = make_commitment(due_on=date(2023, 3, 31))

    correct(editor, address("commitments", commitment), due="2023-Q2")

    settle()
    commitment.refresh_from_db()
    assert (commitment.due_on, commitment.due_precision) == (date(2023, 6, 30), "quarter")
    assert set(Correction.objects.values_list("field", flat=True)) == {"due_on", "due_precision"}


def test_topics_and_supporting_ministries_are_refiled_through_the_ledger(editor, client):
    commitment, topic, ministry = make_commitment(), make_topic(label="Rights"), make_ministry(name="Ministry of Law")

    correct(editor, address("commitments", commitment), topics=[topic.pk], supporting_ministries=f"[{ministry.slug}]")

    settle()
    assert list(commitment.topics.all()) == [topic] and list(commitment.supporting_ministries.all()) == [ministry]
    assert ledger_faults() == []
    page = strip_tags(client.get("/corrections/").content.decode())
    assert "Rights" in page and "Ministry of Law" in page


@pytest.mark.parametrize(
    ("kind", "make", "change", "field"),
    [
        ("initiatives", make_initiative, {"name": "Another name"}, "name"),
        ("ministries", make_ministry, {"name_ko": "통일부"}, "name_ko"),
        ("officials", make_official, {"born": "1960"}, "born"),
        ("posts", make_post, {"label": "Vice Minister"}, "label"),
        ("memberships", make_membership, {"started_on": "2022-05"}, "started_on"),
    ],
)
def test_every_kind_of_subject_is_corrected(editor, kind, make, change, field):
    row = make()

    _shown, saved = correct(editor, address(kind, row), **change)

    settle()
    assert saved.status_code == 302
    assert field in Correction.objects.values_list("field", flat=True)
    assert ledger_faults() == []


def test_a_rule_of_the_database_answers_in_the_form(editor):
    post = make_post()
    make_membership(post=post, ended_on=date(2023, 7, 28))
    second = make_membership(post=post, started_on=date(2023, 7, 28))

    _shown, saved = correct(editor, address("memberships", second), started_on="2023-01-01")

    assert saved.status_code == 422 and not Correction.objects.exists()


def test_a_public_page_does_not_come_to_name_a_draft(editor):
    draft = make_ministry(recorded_at=None)
    commitment = make_commitment()
    url = address("commitments", commitment)

    page = editor.post(url, filled(editor, url) | {"lead_ministry": f"[{draft.slug}]", "why-note": "Why."})

    assert page.status_code == 422 and "still a draft" in page.content.decode()


def test_a_draft_is_edited_instead(editor):
    assert editor.get(address("officials", make_official(recorded_at=None))).status_code == 302


@pytest.mark.parametrize("role", ["viewer", "analyst", "reviewer"])
def test_only_an_editor_corrects(role):
    commitment = make_commitment()

    answer = client_of(role).post(address("commitments", commitment), {"statement": "Else.", "why-note": "Why."})

    assert answer.status_code == 403


def test_a_stranger_is_asked_to_sign_in_and_what_is_not_there_is_404(client, editor):
    assert client.get(address("commitments", make_commitment())).status_code == 302
    assert editor.get("/desk/commitments/no-such/correct/").status_code == 404
    assert editor.get("/desk/nonsense/x/correct/").status_code == 404
    assert editor.get("/desk/topics/x/correct/").status_code == 404


def test_the_page_asks_a_bounded_number_of_questions(editor, django_assert_max_num_queries):
    commitment = make_commitment()
    for _number in range(5):
        make_assessment(commitment=commitment)
    editor.get(address("commitments", commitment))

    with django_assert_max_num_queries(16):
        editor.get(address("commitments", commitment))
