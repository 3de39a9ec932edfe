"""Tags at the desk: suggested while typing, made by those who may, renamed and merged with redirects."""

import pytest

from policytracker.tracking.models import Tag
from tests.factories import make_annotation, make_commitment, make_tag

pytestmark = pytest.mark.django_db


def test_the_list_counts_what_one_may_read(analyst):
    tag = make_tag("report")
    make_annotation().tags.add(tag)
    make_annotation(visibility="private").tags.add(tag)

    html = analyst.get("/desk/tags/").content.decode()

    assert '<a href="/desk/tags/report/">report</a> <span class="muted">1</span>' in html


def test_an_analyst_makes_tags_a_viewer_does_not(analyst, viewer):
    assert viewer.post("/desk/tags/new/", {"label": "budget"}).status_code == 403

    response = analyst.post("/desk/tags/new/", {"label": "budget"})

    assert response["Location"] == "/desk/tags/budget/"
    assert Tag.objects.get().created_by == analyst.user


def test_a_label_that_is_no_tag_is_refused(analyst):
    response = analyst.post("/desk/tags/new/", {"label": "x" * 61})

    assert response.status_code == 422
    assert "at most 60 characters" in response.content.decode()


def test_a_tag_collects_passages_across_articles(analyst):
    tag = make_tag("report")
    for body in ("On one article.", "On another."):
        make_annotation(body=body).tags.add(tag)
    make_annotation(body="Hidden.", visibility="private").tags.add(tag)
    make_annotation(commitment=make_commitment(), body="On a commitment.").tags.add(tag)

    html = analyst.get("/desk/tags/report/").content.decode()

    assert "On one article." in html
    assert "On another." in html
    assert "On a commitment." in html
    assert "Hidden." not in html


def test_renaming_leads_old_addresses_on(editor):
    make_tag("report")

    response = editor.post("/desk/tags/report/rename/", {"label": "Annual report"})

    assert response["Location"] == "/desk/tags/annual-report/"
    old = editor.get("/desk/tags/report/")
    assert (old.status_code, old["Location"]) == (301, "/desk/tags/annual-report/")


def test_renaming_to_a_taken_name_shows_why(editor):
    make_tag("one")
    make_tag("two")

    response = editor.post("/desk/tags/one/rename/", {"label": "Two"})

    assert response.status_code == 422
    assert "merge this one into it" in response.content.decode()


def test_merging_leads_old_addresses_on(editor):
    make_annotation(body="Moved.").tags.add(make_tag("one"))
    make_tag("two")

    response = editor.post("/desk/tags/one/merge/", {"into": "two"})

    assert response["Location"] == "/desk/tags/two/"
    assert editor.get("/desk/tags/one/")["Location"] == "/desk/tags/two/"
    assert "Moved." in editor.get("/desk/tags/two/").content.decode()


@pytest.mark.parametrize("verb", ["rename", "merge"])
def test_an_analyst_does_not_manage_tags(analyst, verb):
    make_tag("one")

    assert analyst.post(f"/desk/tags/one/{verb}/", {"label": "x", "into": "x"}).status_code == 403


def test_an_unknown_tag_is_404(editor):
    assert editor.get("/desk/tags/nothing/").status_code == 404
    assert editor.post("/desk/tags/nothing/rename/", {"label": "x"}).status_code == 404


def test_tags_are_suggested_for_the_word_being_typed(analyst):
    make_tag("human rights")
    make_tag("report")

    html = analyst.get("/desk/options/tags/", {"field": "tags", "tags": "report, hum"}).content.decode()

    assert html == '<option value="report, human rights"></option>'


@pytest.mark.parametrize("typed", ["", "%", "\\", "'" * 50, "x" * 5000, "((("])
def test_any_typing_is_answered(analyst, typed):
    for kind in ("tags", "commitments", "initiatives", "ministries", "officials", "posts", "memberships"):
        response = analyst.get(f"/desk/options/{kind}/", {"field": "f", "f": typed})
        assert response.status_code == 200


def test_an_unknown_kind_is_404(analyst):
    assert analyst.get("/desk/options/users/").status_code == 404


def test_the_list_takes_a_fixed_number_of_queries(analyst, django_assert_num_queries):
    for number in range(3):
        make_annotation().tags.add(make_tag(f"tag {number}"))
    analyst.get("/desk/tags/")

    with django_assert_num_queries(4):
        analyst.get("/desk/tags/")
    with django_assert_num_queries(7):
        analyst.get("/desk/tags/tag-0/")
