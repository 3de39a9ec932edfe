"""Each note has its address: read, answered, changed, dealt with, released and deleted there."""

from uuid import uuid4

import pytest

from policytracker.tracking.models import Annotation
from tests.factories import NOW, make_annotation, make_commitment, make_initiative, make_tag

pytestmark = pytest.mark.django_db


def url(note, verb=""):
    return f"/desk/annotations/{note.uuid}/{verb}"


def change(client, note, **fields):
    values = {"motivation": "commenting", "body": "Changed.", "visibility": "team", "tags": "", "version": 1}
    return client.post(url(note), values | fields)


def test_a_note_is_read_at_its_address(viewer):
    note = make_annotation(body="Two parts.")

    html = viewer.get(url(note)).content.decode()

    assert "Two parts." in html
    assert f"#n{note.pk}" in html
    assert "<form" in html  # signing out
    assert 'name="version"' not in html


@pytest.mark.parametrize("verb", ["", "reply/", "resolve/", "delete/", "release/"])
def test_somebody_elses_private_note_is_404(editor, verb):
    note = make_annotation(visibility="private")

    ask = editor.post if verb else editor.get
    assert ask(url(note, verb), {"body": "x"}).status_code == 404


def test_a_note_that_is_not_there_is_404(analyst):
    assert analyst.get(f"/desk/annotations/{uuid4()}/").status_code == 404


def test_its_author_changes_it_and_the_old_words_stay(analyst):
    note = make_annotation(body="First.", author=analyst.user)

    response = change(analyst, note, tags="report", commitment=make_commitment().slug)

    assert response.status_code == 302
    html = analyst.get(url(note)).content.decode()
    assert "Changed." in html
    assert "First." in html
    note.refresh_from_db()
    assert note.about_commitment is not None
    assert [tag.label for tag in note.tags.all()] == ["report"]


def test_nobody_else_changes_it(editor):
    note = make_annotation(body="First.")

    assert change(editor, note).status_code == 403
    note.refresh_from_db()
    assert note.body == "First."


def test_the_second_of_two_tabs_sees_both_versions_and_loses_nothing(analyst):
    note = make_annotation(body="First.", author=analyst.user)
    change(analyst, note, body="From one tab.")

    response = change(analyst, note, body="From the other tab.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "From one tab." in html
    assert "From the other tab." in html
    assert 'name="version" value="2"' in html
    assert change(analyst, note, body="From the other tab.", version=2).status_code == 302
    note.refresh_from_db()
    assert note.body == "From the other tab."


def test_answers_stay_with_the_note(analyst):
    note = make_annotation()

    response = analyst.post(url(note, "reply/"), {"body": "Agreed."})

    assert response["Location"] == url(note)
    assert "Agreed." in analyst.get(url(note)).content.decode()


def test_an_empty_answer_is_refused(analyst):
    response = analyst.post(url(make_annotation(), "reply/"), {"body": " "})

    assert response.status_code == 422


def test_dealt_with_and_open_again(analyst):
    note = make_annotation()

    analyst.post(url(note, "resolve/"))
    note.refresh_from_db()
    assert note.resolved_by == analyst.user

    analyst.post(url(note, "resolve/"), {"reopen": "1"})
    note.refresh_from_db()
    assert note.resolved_at is None


def test_deleting_is_for_its_author_and_editors(analyst, editor):
    own, others = make_annotation(author=analyst.user), make_annotation()

    assert analyst.post(url(own, "delete/")).status_code == 302
    assert analyst.post(url(others, "delete/")).status_code == 403
    assert editor.post(url(others, "delete/")).status_code == 302
    assert not Annotation.objects.standing().exists()


def test_releasing_is_for_reviewers(analyst, reviewer):
    note = make_annotation(visibility="public")

    assert analyst.post(url(note, "release/")).status_code == 403
    reviewer.post(url(note, "release/"))
    assert Annotation.objects.published().get() == note


def test_what_cannot_be_released_says_why(reviewer):
    note = make_annotation(visibility="public", commitment=make_commitment(recorded_at=None), body="x")

    response = reviewer.post(url(note, "release/"), follow=True)

    assert "first: the note stands on it" in response.content.decode()


@pytest.mark.parametrize("make_subject", [make_commitment, make_initiative])
def test_notes_stand_on_subjects_too(analyst, make_subject):
    subject = make_subject()
    kind = f"{subject._meta.model_name}s"
    values = {"motivation": "questioning", "body": "Whose job is it?", "visibility": "team", "tags": "budget"}

    response = analyst.post(f"/desk/{kind}/{subject.slug}/notes/", values)

    note = Annotation.objects.get()
    assert response["Location"] == f"/desk/{kind}/{subject.slug}/#n{note.pk}"
    assert "Whose job is it?" in analyst.get(f"/desk/{kind}/{subject.slug}/").content.decode()


def test_an_empty_note_on_a_subject_is_refused_in_place(analyst):
    values = {"motivation": "commenting", "body": "", "visibility": "team", "tags": "kept words"}

    response = analyst.post(f"/desk/commitments/{make_commitment().slug}/notes/", values)

    assert response.status_code == 422
    assert "kept words" in response.content.decode()


def test_subjects_are_tagged(analyst):
    commitment = make_commitment()
    make_tag("report")

    analyst.post(f"/desk/commitments/{commitment.slug}/tags/", {"tags": "report, yearly"})
    html = analyst.get(f"/desk/commitments/{commitment.slug}/").content.decode()

    assert 'value="report, yearly"' in html
    assert '<a class="tag" href="/desk/tags/yearly/">' in html


def test_the_list_shows_mine_and_filters(analyst):
    make_annotation(author=analyst.user, body="Mine, open.").tags.add(make_tag("report"))
    make_annotation(author=analyst.user, body="Mine, asked.", motivation="questioning")
    make_annotation(body="Somebody’s.")

    mine = analyst.get("/desk/annotations/").content.decode()
    everyone = analyst.get("/desk/annotations/?whose=all").content.decode()
    tagged = analyst.get("/desk/annotations/?tag=Report&q=open").content.decode()

    assert "Mine, open." in mine
    assert "Somebody’s." not in mine
    assert "Somebody’s." in everyone
    assert "Mine, open." in tagged
    assert "Mine, asked." not in tagged


@pytest.mark.parametrize(
    "query", ["?motivation=x", "?state=%00", "?before=x", f"?before={10**30}", "?tag=" + "x" * 999]
)
def test_a_nonsense_filter_is_answered(analyst, query):
    assert analyst.get(f"/desk/annotations/{query}").status_code == 200


def test_pages_take_a_fixed_number_of_queries(analyst, django_assert_num_queries):
    note = make_annotation(author=analyst.user)
    for _ in range(3):
        make_annotation(author=analyst.user, about_commitment=make_commitment())
        make_annotation(parent=note)
    analyst.get("/desk/annotations/")

    with django_assert_num_queries(5):
        analyst.get("/desk/annotations/")
    with django_assert_num_queries(7):
        analyst.get(url(note))


@pytest.mark.parametrize("verb", ["reply/", ""])
def test_a_note_deleted_meanwhile_gives_back_what_was_typed(analyst, verb):
    note = make_annotation(author=analyst.user, deleted_at=NOW)

    response = analyst.post(f"/desk/annotations/{note.uuid}/{verb}", {"body": "An hour of <b>work</b>."})

    assert response.status_code == 410
    assert "It was deleted while you wrote." in response.content.decode()
    assert "An hour of &lt;b&gt;work&lt;/b&gt;." in response.content.decode()


def test_somebody_elses_deleted_private_note_is_as_unknown_as_nothing(analyst, reviewer):
    note = make_annotation(author=reviewer.user, visibility="private", deleted_at=NOW)

    assert analyst.post(f"/desk/annotations/{note.uuid}/reply/", {"body": "Words."}).status_code == 404
