"""Two rows are made one at the desk: shown first, with a note, and every old address leads on."""

from datetime import date

import pytest

from policytracker.government.models import Membership, Ministry, Succession
from policytracker.tracking.actions.follows import follow
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import Correction, Follow, Mention
from policytracker.tracking.timeline_keeping import faults
from tests.desk.test_subject_correct import correct
from tests.factories import (
    NOW,
    make_alias,
    make_annotation,
    make_article,
    make_assessment,
    make_commitment,
    make_initiative,
    make_membership,
    make_mention,
    make_ministry,
    make_official,
    make_user,
)
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db
OFFICIALS = {"merged": "kwon-youngse", "kept": "kwon-young-se"}


@pytest.fixture
def two():
    merged = make_official(slug=OFFICIALS["merged"], name="Kwon Youngse")
    kept = make_official(slug=OFFICIALS["kept"], name="Kwon Young-se")
    make_membership(official=merged)
    make_alias("Minister Kwon", official=merged)
    make_mention(official=merged, article=make_article())
    follow(subject=merged, by=make_user("follower"), at=NOW, note="Chapter two.")
    return merged, kept


def merge(client, kind, merged, kept, *, note="Two spellings of one name.", previewed=True):
    data = {"into": f"[{kept.slug}]", "note": note, "previewed": kept.slug if previewed else ""}
    return client.post(f"/desk/{kind}/{merged.slug}/merge/", data)


def test_what_moves_is_shown_before_anything_moves(editor, two):
    merged, kept = two

    first = merge(editor, "officials", merged, kept, previewed=False)

    html = first.content.decode()
    merged.refresh_from_db()
    assert (first.status_code, merged.merged_into) == (200, None)
    for told in ("Memberships", "Minister Kwon", "Mentions in articles", "Followers", "Two spellings of one name."):
        assert told in html
    assert f"Merge into “{kept}”" in html


def test_merging_moves_everything_and_says_why(editor, two, client):
    merged, kept = two

    response = merge(editor, "officials", merged, kept)

    assert response["Location"] == f"/desk/reference/officials/{kept.slug}/"
    assert Membership.objects.get().official == Mention.objects.get().official == kept
    assert {alias.name for alias in kept.aliases.all()} == {"Minister Kwon", "Kwon Youngse"}
    assert (Follow.objects.get().official, Follow.objects.get().note) == (kept, "Chapter two.")
    assert set(Correction.objects.filter(note="Two spellings of one name.").values_list("field", flat=True)) == {
        "official",
        "merged_into",
    }
    assert ledger_faults() == []
    assert faults() == []


def test_old_addresses_lead_on_for_good(editor, two, client):
    merged, kept = two
    merge(editor, "officials", merged, kept)

    for browser, path, to in (
        (client, "/officials/{}/", "/officials/{}/"),
        (client, "/ko/officials/{}/", "/ko/officials/{}/"),
        (editor, "/desk/reference/officials/{}/", "/desk/reference/officials/{}/"),
    ):
        response = browser.get(path.format(merged.slug))
        assert (response.status_code, response["Location"]) == (301, to.format(kept.slug))


def test_initiatives_are_merged_with_their_commitments_notes_and_verdicts(editor, client):
    whole = make_initiative(slug="whole")
    merged, kept = make_initiative(slug="old", name="The Plan", parent=whole), make_initiative(slug="new")
    part = make_initiative(parent=merged, recorded_at=None)
    promised = make_commitment(initiative=merged)
    verdict = make_assessment(commitment=promised)
    note = make_annotation(initiative=merged)
    before = (verdict.rationale, verdict.recorded_at)

    response = merge(editor, "initiatives", merged, kept)

    for row in (promised, note, part, verdict):
        row.refresh_from_db()
    assert response["Location"] == "/desk/initiatives/new/"
    assert promised.initiative == note.initiative == part.parent == kept
    assert (verdict.rationale, verdict.recorded_at) == before
    assert client.get("/initiatives/old/")["Location"] == "/initiatives/new/"
    assert editor.get("/desk/initiatives/old/")["Location"] == "/desk/initiatives/new/"
    assert editor.get("/desk/initiatives/old/").status_code == 301
    assert ledger_faults() == []


def test_a_part_that_its_whole_is_merged_into_takes_its_place(editor):
    whole = make_initiative()
    merged = make_initiative(parent=whole)
    kept = make_initiative(parent=merged)

    merge(editor, "initiatives", merged, kept)

    kept.refresh_from_db()
    assert kept.parent == whole


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"note": ""}, "This field is required."),
        ({"into": ""}, "This field is required."),
        ({"into": "nobody at all"}, "Nothing is called"),
        ({"into": "[kwon-youngse]", "previewed": "kwon-youngse"}, "cannot be merged into itself"),
    ],
)
def test_what_cannot_be_merged_gets_a_sentence_and_keeps_the_words(editor, two, wrong, sentence):
    merged, kept = two
    data = {"into": f"[{kept.slug}]", "note": "Why I think so.", "previewed": kept.slug} | wrong

    response = editor.post(f"/desk/officials/{merged.slug}/merge/", data)

    html = response.content.decode()
    merged.refresh_from_db()
    assert (response.status_code, merged.merged_into) == (422, None)
    assert sentence in html
    assert data["note"] in html


def test_a_public_row_is_not_merged_into_a_draft(editor, two):
    merged, _kept = two
    draft = make_official(recorded_at=None)

    response = merge(editor, "officials", merged, draft)

    assert response.status_code == 422
    assert "still a draft" in response.content.decode()


def test_merging_twice_says_so(editor, two):
    merged, kept = two
    merge(editor, "officials", merged, kept)

    response = editor.post(f"/desk/officials/{merged.slug}/merge/", {"into": kept.slug, "note": "x"}, follow=True)

    assert "was merged into" in response.content.decode()


@pytest.mark.parametrize("kind", ["officials", "initiatives"])
def test_only_editors_merge(reviewer, kind):
    row = {"officials": make_official, "initiatives": make_initiative}[kind]()

    assert reviewer.get(f"/desk/{kind}/{row.slug}/merge/").status_code == 403


def test_ministries_are_not_merged_like_that(editor):
    assert editor.get(f"/desk/ministries/{make_ministry().slug}/merge/").status_code == 404


def test_a_ministry_with_a_new_name_is_found_under_both(editor):
    ministry = make_ministry(slug="sport", name="Ministry of Sport")

    editor.post(
        "/desk/ministries/sport/succeed/",
        {"what": "same", "happened_on": "2024-05-01", "name": "Ministry of Play", "name_ko": "놀이부"},
    )

    ministry.refresh_from_db()
    assert (ministry.name, ministry.name_ko) == ("Ministry of Play", "놀이부")
    html = editor.get("/desk/reference/ministries/sport/").content.decode()
    assert "Ministry of Sport" in html


def test_a_ministry_passes_into_another(editor):
    old, new = make_ministry(), make_ministry()

    editor.post(
        f"/desk/ministries/{old.slug}/succeed/",
        {"what": "merged", "happened_on": "2024-05", "successor": f"[{new.slug}]"},
    )

    old.refresh_from_db()
    assert (Succession.objects.get().successor, old.dissolved_on) == (new, date(2024, 5, 1))
    assert str(new) in editor.get(f"/desk/reference/ministries/{old.slug}/").content.decode()


def test_a_ministry_is_dissolved_and_nothing_takes_its_place(editor, client):
    make_ministry(slug="sport", name="Ministry of Sport")
    told = {"what": "dissolved", "happened_on": "2024-05", "source_urls": "https://news.example.org/end"}

    editor.post("/desk/ministries/sport/succeed/", told)
    again = editor.post("/desk/ministries/sport/succeed/", told | {"happened_on": "2024-06", "note": "Kept words."})

    ministry = Ministry.objects.get()
    assert (ministry.dissolved_on, ministry.dissolved_precision) == (date(2024, 5, 31), "month")
    assert ministry.source_urls == ["https://news.example.org/end"]
    assert not Succession.objects.exists()
    assert "It was dissolved already" in again.content.decode() and "Kept words." in again.content.decode()
    assert client.get("/ministries/sport/").status_code == 200
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert ledger_faults() == []


def test_where_a_new_name_was_told_joins_the_sources(editor):
    ministry = make_ministry(slug="sport", name="Ministry of Sport", source_urls=["https://news.example.org/1"])
    told = {"what": "same", "happened_on": "2024-05-01", "name": "Ministry of Play"}

    editor.post("/desk/ministries/sport/succeed/", told | {"source_urls": "https://news.example.org/2"})

    ministry.refresh_from_db()
    assert ministry.source_urls == ["https://news.example.org/1", "https://news.example.org/2"]


def test_a_wrong_day_of_a_succession_is_corrected_with_a_note(editor, client):
    old, new = make_ministry(), make_ministry()
    told = {"what": "split", "happened_on": "2024-05", "successor": f"[{new.slug}]"}
    editor.post(f"/desk/ministries/{old.slug}/succeed/", told)
    passed = Succession.objects.get()
    page = f"/desk/reference/successions/{passed.pk}/"
    assert f'href="{page}"' in editor.get(f"/desk/reference/ministries/{old.slug}/").content.decode()
    assert f"/desk/successions/{passed.pk}/correct/" in editor.get(page).content.decode()

    correct(editor, f"/desk/successions/{passed.pk}/correct/", happened_on="2024-06", note="A month later.")

    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    passed.refresh_from_db()
    assert (passed.happened_on, passed.happened_precision) == (date(2024, 6, 1), "month")
    assert "A month later." in client.get("/corrections/").content.decode()
    assert editor.get("/desk/reference/successions/new/").status_code == 404
    assert ledger_faults() == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"successor": ""}, "Say which body took over."),
        ({"what": "same", "name": ""}, "Say what it is called now."),
        ({"happened_on": "once"}, "is not a date"),
        ({"successor": "[itself]"}, "cannot take over from itself"),
        ({"successor": "[draft]"}, "first: both bodies are named to readers"),
    ],
)
def test_a_succession_that_cannot_be_gets_a_sentence(editor, wrong, sentence):
    make_ministry(slug="itself")
    make_ministry(slug="draft", recorded_at=None)
    other = make_ministry()

    response = editor.post(
        "/desk/ministries/itself/succeed/",
        {"what": "merged", "happened_on": "2024-05", "successor": f"[{other.slug}]", "note": "Kept words."} | wrong,
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "Kept words." in html
    assert not Succession.objects.exists()
    assert Ministry.objects.get(slug="itself").dissolved_on is None


def test_somebody_leaves_a_post(reviewer):
    held = make_membership()

    reviewer.post(f"/desk/memberships/{held.pk}/end/", {"ended_on": "2023-06"})
    again = reviewer.post(f"/desk/memberships/{held.pk}/end/", {"ended_on": "2023-07"})

    held.refresh_from_db()
    assert (held.ended_on, held.ended_precision) == (date(2023, 6, 30), "month")
    assert "has an end already" in again.content.decode()
    assert 'value="2023-07"' in again.content.decode()
