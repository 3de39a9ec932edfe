"""We know that topics are renamed and merged at the desk, and that every old address leads on."""

import pytest

from policytracker.government.models import Topic
from policytracker.tracking.actions.follows import follow
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import Correction, Follow
from policytracker.tracking.timeline_keeping import faults
from tests.factories import (
    NOW,
    make_alias,
    make_article,
    make_commitment,
    make_initiative,
    make_mention,
    make_topic,
    make_user,
)
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db
MERGE = "/desk/topics/sport/merge/"


@pytest.fixture
def sport():
    return make_topic(slug="sport", label="Sport")


@pytest.fixture
def play():
    return make_topic(slug="play", label="Play")


def merge(client, note="Two words for one thing."):
    return client.post(MERGE, {"into": "[play]", "note": note, "previewed": "play"})


def rename(client, slug, label):
    return client.post(f"/desk/topics/{slug}/edit/", {"label": label, "scheme": "own", "code": "sport"})


def test_a_renamed_topic_is_found_under_its_old_address(editor, client, sport):
    rename(editor, "sport", "Sport and Play")
    rename(editor, "sport-and-play", "Games")

    assert Topic.objects.get().slug == "games"
    for old in ("sport", "sport-and-play"):
        for path in ("/topics/{}/", "/ko/topics/{}/"):
            moved = client.get(path.format(old))
            assert (moved.status_code, moved["Location"]) == (301, path.format("games"))
        assert editor.get(f"/desk/reference/topics/{old}/")["Location"] == "/desk/reference/topics/games/"


def test_a_topic_may_have_its_old_name_back(editor, client, sport):
    rename(editor, "sport", "Games")
    rename(editor, "games", "Sport")

    assert client.get("/topics/sport/").status_code == 200
    assert client.get("/topics/games/")["Location"] == "/topics/sport/"


def test_a_new_topic_takes_no_address_that_leads_to_another(reviewer, editor, sport):
    rename(editor, "sport", "Games")

    reviewer.post("/desk/reference/topics/new/", {"label": "Sport", "scheme": "own", "code": "sport-2"})

    assert Topic.objects.get(label="Sport").slug == "sport-2"


def test_what_moves_is_shown_before_anything_moves(editor, sport, play):
    make_commitment(statement="Build a stadium.").topics.add(sport)

    shown = editor.post(MERGE, {"into": "[play]", "note": "One."})

    assert shown.status_code == 200
    assert "Build a stadium." in shown.content.decode()
    sport.refresh_from_db()
    assert sport.merged_into is None


def test_merging_refiles_everything_and_tells_the_ledger(editor, client, sport, play):
    public, draft = make_commitment(slug="public"), make_commitment(recorded_at=None)
    initiative, both = make_initiative(), make_commitment()
    for filed in (public, draft, initiative, both):
        filed.topics.add(sport)
    both.topics.add(play)
    child = make_topic(label="Chess", parent=sport)
    make_alias("Athletics", topic=sport)
    make_mention(topic=sport, article=make_article())
    follow(subject=sport, by=make_user("follower"), at=NOW)

    saved = merge(editor)

    assert saved["Location"] == "/desk/reference/topics/play/"
    assert all(list(filed.topics.all()) == [play] for filed in (public, draft, initiative, both))
    child.refresh_from_db()
    assert child.parent == play
    assert {alias.name for alias in play.aliases.all()} == {"Athletics", "Sport"}
    assert Follow.objects.get().topic == play
    line = Correction.objects.get(commitment=public, field="topics", note="Two words for one thing.")
    assert (line.before, line.after, line.made_by) == ([sport.pk], [play.pk], editor.user)
    assert "Two words for one thing." in client.get("/corrections/").content.decode()
    assert client.get("/topics/sport/")["Location"] == "/topics/play/"
    assert str(public) in client.get("/topics/play/").content.decode()
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert ledger_faults() == [] and faults() == []


def test_a_merged_topic_is_offered_nowhere(editor, sport, play):
    merge(editor)

    labels = str(editor.get("/desk/commitments/new/").context["form"]["topics"])
    assert "Play" in labels and "Sport" not in labels
    assert ">Sport<" not in editor.get("/desk/reference/topics/").content.decode()
    assert "sport" not in editor.get("/desk/options/topics/", {"field": "f", "f": "Sport"}).content.decode().casefold()


def test_its_old_addresses_follow_it_through_mergers(editor, client, sport, play):
    rename(editor, "sport", "Games")
    editor.post("/desk/topics/games/merge/", {"into": "[play]", "note": "One.", "previewed": "play"})
    make_topic(slug="leisure", label="Leisure")
    editor.post("/desk/topics/play/merge/", {"into": "[leisure]", "note": "One.", "previewed": "leisure"})

    for old in ("sport", "games", "play"):
        assert client.get(f"/topics/{old}/")["Location"] == "/topics/leisure/"


def test_a_part_that_its_whole_is_merged_into_takes_its_place(editor, sport, play):
    top = make_topic(label="Life")
    Topic.objects.filter(pk=sport.pk).update(parent=top)
    Topic.objects.filter(pk=play.pk).update(parent=sport)

    merge(editor)

    play.refresh_from_db()
    assert play.parent == top


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"into": "[sport]"}, "cannot be merged into itself"),
        ({"into": "[gone]"}, "not there any more"),
        ({"note": " "}, "required"),
    ],
)
def test_what_cannot_be_merged_gets_a_sentence(editor, sport, play, typed, sentence):
    sent = {"into": "[play]", "note": "Kept words.", "previewed": "play"} | typed

    refused = editor.post(MERGE, sent | {"previewed": sent["into"].strip("[]")})

    assert refused.status_code == 422
    assert sentence in refused.content.decode()


def test_merged_meanwhile_is_said(editor, sport, play):
    merge(editor)

    again = editor.post(MERGE, {"into": "[play]", "note": "One."}, follow=True)

    assert "was merged into “Play” already" in again.content.decode()


def test_only_editors_merge_topics(reviewer, sport):
    assert reviewer.get(MERGE).status_code == 403
    assert MERGE not in reviewer.get("/desk/reference/topics/sport/").content.decode()
