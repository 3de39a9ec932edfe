"""Names stand in the order that readers expect, the same in the database and in Python."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from policytracker.government.models import Initiative
from policytracker.public.collation import collated, folded, sort_name
from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.moments import present
from tests.factories import make_commitment, make_initiative, make_ministry, make_official, make_user

pytestmark = pytest.mark.django_db

MIXED = [
    "Ångström",
    "apple",
    "Éclair",
    "eclair plan",
    "Ezra",
    "straße",
    "Strasse",
    "Straw",
    "나라",
    "가람",
    "1st plan",
    "ÆON",
]
ENGLISH = [
    "1st plan",
    "ÆON",
    "Ångström",
    "apple",
    "Éclair",
    "eclair plan",
    "Ezra",
    "straße",
    "Strasse",
    "Straw",
    "가람",
    "나라",
]
KOREAN = ["1st plan", "가람", "나라", *ENGLISH[1:-2]]


def names_in(client: Client, path: str) -> list[str]:
    return [row["name_ko"] or row["name"] for row in client.get(f"{path}?format=json").json()["results"]]


def test_english_names_go_by_letters_without_case(client: Client):
    for name in ("banana", "Apple", "cherry", "Banana split"):
        make_initiative(name=name)

    assert names_in(client, "/initiatives/") == ["Apple", "banana", "Banana split", "cherry"]


def test_korean_names_come_in_their_order_and_before_latin_ones(client: Client):
    for name in ("하늘", "가람", "나라", "강"):
        make_official(name=f"Latin {name}", i18n={"name_ko": name})
    make_official(name="Abel")

    assert names_in(client, "/ko/officials/") == ["가람", "강", "나라", "하늘", "Abel"]


def test_bodies_without_commitments_are_in_the_order_of_the_reader(client: Client):
    make_ministry(name="Alpha", i18n={"name_ko": "하늘부"})
    make_ministry(name="Zeta", i18n={"name_ko": "가람부"})
    make_ministry(name="Middle")

    assert names_in(client, "/ministries/") == ["하늘부", "Middle", "가람부"]
    assert names_in(client, "/ko/ministries/") == ["가람부", "하늘부", "Middle"]


def test_choices_of_a_filter_are_in_the_order_of_the_list(client: Client, record):
    make_commitment(initiative=make_initiative(name="Zebra", i18n={"name_ko": "가나다"}))

    page = html.fromstring(client.get("/ko/commitments/").content.decode())

    options = page.xpath("//select[@name='initiative']/option[@value!='']")
    assert [option.text_content() for option in options] == ["가나다 (1)", "The report (1)"]
    assert [option.get("lang") for option in options] == [None, "en"]


@pytest.mark.parametrize(("prefix", "expected"), [("", ENGLISH), ("/ko", KOREAN)])
def test_a_mixed_list_puts_marked_letters_with_their_letter(client: Client, prefix, expected):
    for name in MIXED:
        make_initiative(name=name)
        make_official(name=name)

    assert names_in(client, f"{prefix}/initiatives/") == expected
    assert names_in(client, f"{prefix}/officials/") == expected


@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_pages_of_a_mixed_list_leave_nobody_out_and_tell_nobody_twice(client: Client, monkeypatch, prefix):
    monkeypatch.setattr("policytracker.public.formats.PAGE_SIZE", 5)
    for name in MIXED:
        make_official(name=name)

    seen, address = [], f"{prefix}/officials/"
    while address:
        page = html.fromstring(client.get(address).content.decode())
        seen += [link.text_content() for link in page.xpath("//ul[@class='hits']//h3/a")]
        address = next((f"{prefix}/officials/{url}" for url in page.xpath("//a[@rel='next']/@href")), "")

    assert seen == (KOREAN if prefix else ENGLISH)


def test_a_name_that_was_corrected_is_in_its_old_place_at_an_earlier_moment(client: Client):
    initiative = make_initiative(name="Éclair")
    make_initiative(name="Middle")
    correct_field(
        target=initiative,
        field="name",
        value="Zenith",
        note="Slip.",
        by=make_user(),
        at=datetime(2025, 5, 1, tzinfo=UTC),
    )

    now, then = (
        [row["name"] for row in client.get(f"/initiatives/?format=json{at}").json()["results"]]
        for at in ("", "&known_at=2025-01-01")
    )

    assert (now, then) == (["Middle", "Zenith"], ["Éclair", "Middle"])


def test_a_letter_taken_apart_is_the_same_letter():
    assert folded("E\u0301clair") == folded("Éclair") == "eclair"
    assert folded("한글") == "한글"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.sampled_from("aZ é ÅßẞøŁÆœþıİñệ\u0301가힣ㄱ1-’Ωя"), min_size=1, max_size=12),
    language=st.sampled_from(["en", "ko"]),
)
def test_the_database_and_python_fold_a_name_to_the_same_key(one_draft, name, language):
    Initiative.objects.filter(pk=one_draft.pk).update(name=name)

    with translation.override(language):
        moment = present(now=datetime(2026, 1, 1, tzinfo=UTC), zone=UTC)
        (key,) = Initiative.objects.annotate(key=sort_name("initiative", moment)).values_list("key", flat=True)

        assert key == collated(name)


@pytest.fixture
def one_draft():
    return make_initiative(name="x", recorded_at=None)


def test_what_stands_beside_a_subject_is_in_the_readers_order_too(client: Client, record):
    for name, korean in (("Zeta", "가람"), ("Éclair", "하늘"), ("Alpha", "나라")):
        make_initiative(name=name, parent=record.initiative, i18n={"name_ko": korean})

    parts = {
        prefix: html.fromstring(client.get(f"{prefix}/initiatives/report/").content.decode()).xpath(
            "//section[@aria-labelledby='parts']//a/text()"
        )
        for prefix in ("", "/ko")
    }

    assert parts == {"": ["Alpha", "Éclair", "Zeta"], "/ko": ["가람", "나라", "하늘"]}
