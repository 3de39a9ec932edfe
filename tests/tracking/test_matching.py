"""Names are found where they stand, in the sense they have there; what is ambiguous is offered, not guessed."""

import time
import unicodedata
from datetime import date

import pytest

from policytracker.tracking.matching import Gazetteer, Sense, Tenure

IN_2023 = date(2023, 1, 27)
HELD = (
    Tenure("kwon-young-se", "Kwon Young-se", date(2022, 5, 13), date(2023, 7, 27)),
    Tenure("kim-yung-ho", "Kim Yung-ho", date(2023, 7, 28), date(2025, 7, 24)),
)
MINISTRY = Sense("ministry", "mou", "Ministry of Unification", "KR")
POST = Sense("post", "mou-minister", "Minister of Unification", "KR", tenures=HELD)
KWON = Sense("official", "kwon-young-se", "Kwon Young-se", "KR")
INITIATIVE = Sense("initiative", "audacious-initiative")
NAMES = [
    ("Ministry of Unification", MINISTRY),
    ("MOU", MINISTRY),
    ("통일부", MINISTRY),
    ("Minister of Unification", POST),
    ("통일부 장관", POST),
    ("Kwon Young-se", KWON),
    ("권영세", KWON),
    ("Audacious Initiative", INITIATIVE),
    ("담대한 구상", INITIATIVE),
    ("Yoon’s offer", INITIATIVE),
    ("Ministry of Foreign Affairs", Sense("ministry", "mofa", "", "KR")),
    ("Ministry of Defence", Sense("ministry", "mod", "", "KR")),
    ("END Initiative", Sense("initiative", "end")),
    ("END", Sense("initiative", "end")),
    ("Long Pham", Sense("official", "long", "Long Pham", "VN")),
    ("Bureau", Sense("ministry", "bureau-one", "", "KR")),
    ("Bureau", Sense("ministry", "bureau-two", "", "KR")),
]
GAZETTEER = Gazetteer(NAMES)


def found(text, on=IN_2023):
    return [(each.surface, each.slug) for each in GAZETTEER.find(text, on=on)]


@pytest.mark.parametrize(
    ("text", "surface", "slug"),
    [
        ("The Ministry of Unification said", "Ministry of Unification", "mou"),
        ("the unification ministry said", "unification ministry", "mou"),
        ("the Unification  Ministry’s plan", "Unification  Ministry", "mou"),
        ("the unification ministry's plan", "unification ministry", "mou"),
        ("THE UNIFICATION MINISTRY SAID", "UNIFICATION MINISTRY", "mou"),
        ("통일부는 밝혔다", "통일부", "mou"),
        ("통일부에서도 밝혔다", "통일부", "mou"),
        ("담대한 구상을 밝혔다", "담대한 구상", "audacious-initiative"),
        ("담대한구상이", "담대한구상", "audacious-initiative"),
        ("‘담대한 구상’", "담대한 구상", "audacious-initiative"),
        ("an audacious-initiative summit", "audacious-initiative", "audacious-initiative"),
        ("North balked at Yoon's offer.", "Yoon's offer", "audacious-initiative"),
        ("the defense ministry", "defense ministry", "mod"),
        ("the foreign ministry", "foreign ministry", "mofa"),
        ("South Korea's foreign ministry", "foreign ministry", "mofa"),
        ("the MOU said", "MOU", "mou"),
    ],
)
def test_a_name_is_found_in_its_spellings(text, surface, slug):
    assert found(text) == [(surface, slug)]


@pytest.mark.parametrize(
    "text",
    [
        "통일부서에서 일한다",
        "남북통일부장",
        "signed an MOU with Samsung",
        "the mou was signed",
        "Japan's foreign ministry",
        "the Chinese foreign ministry",
        "the vice unification minister",
        "at the end of the day",
        "AT THE END OF A LONG DAY",
        "unification ministries",
        "The Ministry. Of unification",
        "a long pham",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text):
    assert found(text) == []


def test_the_longest_name_wins():
    assert found("the END Initiative") == [("END Initiative", "end")]


def test_a_post_names_its_holder_on_the_day():
    text = "The unification minister spoke."

    assert found(text, date(2023, 1, 27)) == [("unification minister", "kwon-young-se")]
    assert found(text, date(2024, 1, 27)) == [("unification minister", "kim-yung-ho")]
    assert found(text, date(2021, 1, 27)) == [("unification minister", "mou-minister")]
    assert found(text, None) == [("unification minister", "mou-minister")]


def test_a_post_in_korean_names_its_holder_too():
    assert found("통일부장관이 말했다") == [("통일부장관", "kwon-young-se")]


@pytest.mark.parametrize(
    "text",
    [
        "the former unification minister",
        "the unification minister-designate",
        "전 통일부 장관",
        "Unification Minister Cho Myoung-gyon",
    ],
)
def test_a_past_or_future_holder_is_not_guessed(text):
    assert [slug for _, slug in found(text)] == ["mou-minister"]


def test_a_name_beside_a_post_says_who_is_meant_whatever_the_day():
    names = found("Unification Minister Kwon Young-se", on=date(2024, 1, 1))

    assert names == [("Unification Minister", "kwon-young-se"), ("Kwon Young-se", "kwon-young-se")]


def test_a_person_is_followed_by_family_name():
    text = "Kwon Young-se spoke. Kwon vowed more. Mr. Kwon left. Kwon Hyuk-soo stayed, so did Jane Kwon."

    assert [surface for surface, _ in found(text)] == ["Kwon Young-se", "Kwon", "Kwon"]


def test_a_korean_minister_is_followed_by_family_name_and_title():
    assert [surface for surface, _ in found("권영세 통일부 장관이 왔다. 권 장관은 말했다. 이 장관도 왔다.")] == [
        "권영세",
        "통일부 장관",
        "권 장관",
    ]


def test_a_name_with_two_senses_is_offered_as_a_choice():
    (only,) = GAZETTEER.find("The Bureau replied.", on=IN_2023)

    assert only.slug is None
    assert only.is_ambiguous
    assert {sense.slug for sense in only.senses} == {"bureau-one", "bureau-two"}


def test_decomposed_hangul_is_found_at_its_own_offsets():
    text = unicodedata.normalize("NFD", "어제 통일부는 담대한 구상을 밝혔다. 권영세")

    mentions = GAZETTEER.find(text, on=IN_2023)

    assert [unicodedata.normalize("NFC", text[each.start : each.end]) for each in mentions] == [
        "통일부",
        "담대한 구상",
        "권영세",
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "👍🏽👨‍👩‍👧", "\u202eMOU\u202c", "a" * 100_000, "وزارة التوحيد", "통" * 50_000]
)
def test_odd_texts_give_a_valid_answer(text):
    for each in GAZETTEER.find(text, on=IN_2023):
        assert text[each.start : each.end] == each.surface


def test_an_empty_gazetteer_finds_nothing():
    assert Gazetteer([]).find("The Ministry of Unification", on=IN_2023) == ()


def test_two_megabytes_are_matched_quickly():
    started = time.process_time()

    GAZETTEER.find("The unification ministry will act. " * 60_000, on=IN_2023)

    assert time.process_time() - started < 20
