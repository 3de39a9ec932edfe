"""We know that a commitment's page says on whose watch it was made and concluded, and how its wording drifted."""

import re
from datetime import date

import pytest
from django.test import Client

from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.actions.drift import confirm_drift
from tests.factories import (
    NOW,
    make_article,
    make_assessment,
    make_commitment,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db

FIRST = "We will publish three reports in March."
THEN = "We will try to publish two reports in May."


@pytest.fixture
def commitment():
    """Made under Kwon, inherited by Kim, fulfilled under Chung; said twice, in other words."""
    ministry = make_ministry(name="Ministry of Unification")
    post = make_post(ministry=ministry, label="Minister of Unification", is_head=True)
    terms = (
        ("kwon", date(2022, 5, 13), date(2023, 7, 28)),
        ("kim", date(2023, 7, 28), date(2025, 7, 25)),
        ("chung", date(2025, 7, 25), None),
    )
    for slug, start, end in terms:
        make_membership(
            post=post,
            official=make_official(slug=slug, name=f"{slug.title()} Example"),
            started_on=start,
            ended_on=end,
        )
    commitment = make_commitment(slug="yearly", statement="Publish three reports.", lead_ministry=ministry)
    said(commitment, FIRST, date(2023, 1, 27))
    said(commitment, THEN, date(2023, 6, 1))
    make_assessment(commitment=commitment, status="fulfilled", effective_from=date(2025, 9, 1))
    return commitment


def said(commitment, words: str, on: date, language: str = "en"):
    article = make_article(text=words, language=language, published_on=on)
    return make_statement(commitment=commitment, snapshot=article.current_snapshot, quote=words, said_on=on)


def section(client: Client, name: str, query: str = "") -> str:
    page = client.get(f"/commitments/yearly/{query}").content.decode()
    start = page.index(f'id="{name}"')
    return page[start : page.index("</section>", start)]


def plain(markup: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", markup).split())


def test_it_says_who_made_inherited_and_concluded_it(client: Client, commitment):
    told = plain(section(client, "watch"))

    assert "Made by Kwon Example" in told
    assert "Inherited by Kim Example" in told and "Inherited by Chung Example" in told
    assert "Concluded on the watch of Chung Example" in told


def test_on_an_earlier_day_it_is_not_concluded_yet(client: Client, commitment):
    told = plain(section(client, "watch", "?as_of=2024-01-01"))

    assert "Inherited by Kim Example" in told and "Chung" not in told
    assert "Not concluded" in told


def test_the_speaker_on_record_comes_before_the_head_of_the_ministry(client: Client):
    spokesman = make_membership(official=make_official(name="Koo Example"), post=make_post(label="Spokesman"))
    make_commitment(slug="yearly", made_by=spokesman)

    assert "Made by Koo Example Spokesman" in plain(section(client, "watch"))


def test_words_that_went_and_came_are_marked_word_by_word(client: Client, commitment):
    told = section(client, "wording")

    assert re.findall("<del>(.*?)</del>", told) == ["three", "March"]
    assert re.findall("<ins>(.*?)</ins>", told) == ["try to", "two", "May"]


def test_a_class_of_drift_shows_once_an_analyst_confirmed_it(client: Client, commitment):
    assert "number lowered" not in section(client, "wording")

    confirm_drift(
        statement=commitment.statements.order_by("-said_on").first(), drift="number_lowered", by=make_user(), at=NOW
    )

    assert "number lowered" in section(client, "wording")


def test_correcting_our_own_typo_is_a_correction_and_no_drift(client: Client, commitment):
    before = section(client, "wording")

    correct_field(
        target=commitment,
        field="statement",
        value="Publish 3 reports.",
        note="A slip.",
        kind="typo",
        by=make_user(),
        at=NOW,
    )

    assert section(client, "wording") == before
    assert "1 correction" in section(client, "record")
    told = plain(client.get("/corrections/").content.decode())
    assert "Publish three reports. → Publish 3 reports." in told and "A slip." in told


def test_nothing_is_read_from_two_languages(client: Client, commitment):
    said(commitment, "보고서를 발간하겠습니다.", date(2023, 8, 1), language="ko")

    assert "Said in two languages" in section(client, "wording")


def test_a_day_before_the_restatement_shows_no_step(client: Client, commitment):
    assert 'id="wording"' not in client.get("/commitments/yearly/?as_of=2023-02-01").content.decode()


def test_the_twin_tells_the_same(client: Client, commitment):
    told = client.get("/commitments/yearly/?format=json").json()

    assert told["answering"] == [
        {"made_by": ["kwon"], "inherited_by": ["kim", "chung"], "resolved_on": "2025-09-01", "resolved_by": ["chung"]}
    ]
    (step,) = told["wording"]
    assert (step["before"], step["after"], step["change"]) == (FIRST, THEN, "")


def test_it_was_last_heard_of_and_is_dormant_after_long_silence(client: Client):
    make_commitment(slug="yearly", made_on=date(2023, 1, 27))

    for page in ("/commitments/yearly/?as_of=2025-01-01", "/commitments/?as_of=2025-01-01"):
        told = plain(client.get(page).content.decode())
        assert "Last heard of 27 Jan" in told and "dormant since 27 January 2023" in told
    assert "dormant" not in plain(client.get("/commitments/yearly/?as_of=2023-06-01").content.decode())
