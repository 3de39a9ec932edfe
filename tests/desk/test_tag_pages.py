"""Tags at the desk: suggested while typing, made by those who may, renamed and merged with redirects."""

import re

import pytest

from policytracker.government.models import Commitment
from policytracker.tracking.actions.tagging import tag_subject, tags_of
from policytracker.tracking.models import Annotation, Tag
from tests.factories import (
    NOW,
    make_annotation,
    make_commitment,
    make_initiative,
    make_ministry,
    make_snapshot,
    make_tag,
    make_user,
    passage_of,
)

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


def test_visitors_find_renamed_and_merged_tags_at_their_old_addresses(editor, client):
    for label in ("one", "two", "three"):
        make_annotation(visibility="public", recorded_at=NOW).tags.add(make_tag(label))

    editor.post("/desk/tags/one/rename/", {"label": "First"})
    editor.post("/desk/tags/first/merge/", {"into": "two"})
    editor.post("/desk/tags/two/merge/", {"into": "three"})

    for old in ("one", "first", "two"):
        for path in ("/tags/{}/", "/ko/tags/{}/"):
            response = client.get(path.format(old))
            assert (response.status_code, response["Location"]) == (301, path.format("three"))
        assert editor.get(f"/desk/tags/{old}/")["Location"] == "/desk/tags/three/"


def test_notes_are_filtered_by_tag(analyst):
    tag = make_tag("human rights")
    make_annotation(author=analyst.user, body="Mine, tagged.").tags.add(tag)
    make_annotation(author=analyst.user, body="Mine, plain.")
    make_annotation(body="Somebody’s, tagged.").tags.add(tag)

    mine = analyst.get("/desk/annotations/", {"tag": "human-rights"}).content.decode()
    all_of_them = analyst.get("/desk/annotations/", {"tag": "Human Rights", "whose": "all"}).content.decode()

    assert "Mine, tagged." in mine
    assert "Mine, plain." not in mine
    assert "Somebody’s, tagged." not in mine
    assert "Somebody’s, tagged." in all_of_them
    assert 'href="/desk/annotations/?tag=human-rights"' in analyst.get("/desk/tags/human-rights/").content.decode()


class TestTwoAtOnce:
    """Two people have the form of one subject’s tags open, and each saves what they changed in it."""

    ADDRESS = "/desk/commitments/report/tags/"

    @pytest.fixture
    def subject(self):
        commitment = make_commitment(slug="report")
        tag_subject(subject=commitment, tags=[make_tag("one"), make_tag("two")], by=make_user(), at=NOW)
        return commitment

    @staticmethod
    def opened(client) -> dict[str, str]:
        html = client.get("/desk/commitments/report/").content.decode()
        names = {"tags": r'name="tags" value="([^"]*)"', "shown": r'name="shown" value="([^"]*)"'}
        return {name: re.search(pattern, html)[1] for name, pattern in names.items()}

    @staticmethod
    def labels(commitment) -> set[str]:
        return {tag.label for tag in tags_of(commitment)}

    def test_what_both_added_stays(self, analyst, reviewer, subject):
        mine, theirs = self.opened(analyst), self.opened(reviewer)

        analyst.post(self.ADDRESS, mine | {"tags": mine["tags"] + ", mine"})
        reviewer.post(self.ADDRESS, theirs | {"tags": theirs["tags"] + ", theirs"})

        assert self.labels(subject) == {"one", "two", "mine", "theirs"}

    def test_what_one_took_away_does_not_come_back(self, analyst, reviewer, subject):
        mine, theirs = self.opened(analyst), self.opened(reviewer)

        analyst.post(self.ADDRESS, mine | {"tags": "two"})
        reviewer.post(self.ADDRESS, theirs | {"tags": "one, two, theirs"})

        assert self.labels(subject) == {"two", "theirs"}

    def test_a_tag_renamed_meanwhile_is_the_same_tag(self, analyst, editor, subject):
        mine = self.opened(analyst)
        editor.post("/desk/tags/one/rename/", {"label": "First"})

        analyst.post(self.ADDRESS, mine | {"tags": "one, two, mine"})

        assert self.labels(subject) == {"First", "two", "mine"}
        assert not Tag.objects.filter(label="one").exists()

    def test_a_tag_merged_meanwhile_is_taken_up_by_the_other(self, analyst, editor, subject):
        make_tag("both")
        mine = self.opened(analyst)
        editor.post("/desk/tags/one/merge/", {"into": "both"})

        told = analyst.post(self.ADDRESS, mine | {"tags": "one, two, mine"})
        form = told.context["tags_form"]
        analyst.post(self.ADDRESS, {"tags": form["tags"].value(), "shown": form["shown"].value()})

        assert told.status_code == 422
        assert self.labels(subject) == {"both", "two", "mine"}

    @pytest.mark.parametrize("shown", ["", "x", "1:", ":one", "99999999999999999999:one", "0:one,,", "\x00"])
    def test_a_form_that_says_nonsense_of_what_was_shown_takes_nothing_away(self, analyst, subject, shown):
        analyst.post(self.ADDRESS, {"tags": "mine", "shown": shown})

        assert {"one", "two"} <= self.labels(subject)

    def test_the_form_of_a_draft_keeps_what_was_tagged_on_its_page(self, analyst, reviewer):
        draft = make_commitment(slug="report", recorded_at=None)
        form = analyst.get("/desk/commitments/report/edit/").context["form"]
        typed = {bound.name: value for bound in form if (value := bound.value())}
        tag_subject(subject=draft, tags=[make_tag("theirs")], by=reviewer.user, at=NOW)

        saved = analyst.post("/desk/commitments/report/edit/", typed | {"tags": "mine"})

        assert saved.status_code == 302
        assert self.labels(draft) == {"mine", "theirs"}


class TestMergedMeanwhile:
    """The form was opened with “report” in it; before it is sent, an editor merges that tag into “yearly report”."""

    SENTENCE = "The tag “report” was merged into “yearly report” meanwhile."

    @pytest.fixture(autouse=True)
    def merged(self, editor):
        make_tag("report")
        make_tag("yearly report")
        editor.post("/desk/tags/report/merge/", {"into": "yearly report"})

    def told(self, response, *typed):
        html = response.content.decode()
        assert response.status_code == 422
        assert self.SENTENCE in html
        assert 'value="budget, yearly report"' in html
        for words in typed:
            assert words in html

    def test_a_note_on_a_passage(self, analyst):
        snapshot = make_snapshot()
        passage = passage_of(snapshot)
        data = {name: passage[name] for name in ("start", "end", "exact")} | {"snapshot": snapshot.pk}
        typed = {"motivation": "commenting", "visibility": "team", "tags": "budget, report", "body": "Long thought."}

        response = analyst.post(f"/desk/articles/{snapshot.article_id}/annotations/", data | typed)

        self.told(response, "Long thought.", passage["exact"])
        again = analyst.post(
            f"/desk/articles/{snapshot.article_id}/annotations/", data | typed | {"tags": "budget, yearly report"}
        )
        assert again.status_code == 302
        assert Annotation.objects.get().tags.count() == 2

    def test_a_note_being_edited(self, analyst):
        note = make_annotation(author=analyst.user, body="Before.")
        typed = {
            "motivation": "commenting",
            "visibility": "team",
            "tags": "budget, report",
            "body": "After.",
            "version": 1,
        }

        self.told(analyst.post(f"/desk/annotations/{note.uuid}/", typed), "After.")

    def test_a_new_commitment(self, analyst):
        typed = {
            "statement": "Publish it yearly.",
            "lead_ministry": f"[{make_ministry().slug}]",
            "made_on": "2023-01-27",
            "kind": "action",
            "specificity": "specific",
            "verifiability": "undecided",
            "tags": "budget, report",
        }

        self.told(analyst.post("/desk/commitments/new/", typed), "Publish it yearly.")
        assert not Commitment.objects.exists()

    @pytest.mark.parametrize("kind", ["commitments", "initiatives"])
    def test_a_subject(self, analyst, kind):
        subject = {"commitments": make_commitment, "initiatives": make_initiative}[kind]()

        self.told(analyst.post(f"/desk/{kind}/{subject.slug}/tags/", {"tags": "budget, report"}))
        assert analyst.post(f"/desk/{kind}/{subject.slug}/tags/", {"tags": "budget, yearly report"}).status_code == 302

    def test_a_note_on_a_subject(self, analyst):
        subject = make_initiative()
        typed = {"motivation": "commenting", "visibility": "team", "tags": "budget, report", "body": "A note."}

        self.told(analyst.post(f"/desk/initiatives/{subject.slug}/notes/", typed), "A note.")


def test_a_tag_that_cannot_be_keeps_what_was_typed_on_a_subject(analyst):
    subject = make_commitment()

    response = analyst.post(f"/desk/commitments/{subject.slug}/tags/", {"tags": "fine, " + "x" * 61})

    assert response.status_code == 422
    assert "at most 60 characters" in response.content.decode()
    assert "x" * 61 in response.content.decode()


def test_the_list_takes_a_fixed_number_of_queries(analyst, django_assert_num_queries):
    for number in range(3):
        make_annotation().tags.add(make_tag(f"tag {number}"))
    analyst.get("/desk/tags/")

    with django_assert_num_queries(4):
        analyst.get("/desk/tags/")
    with django_assert_num_queries(7):
        analyst.get("/desk/tags/tag-0/")
