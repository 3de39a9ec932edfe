"""The first article is read as an analyst would read it."""

from datetime import date
from pathlib import Path

import pytest

from policytracker.tracking.candidates import read_text
from policytracker.tracking.matching import Gazetteer, Sense

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "kbs-world-2023-01-27.txt"
ON = date(2023, 1, 27)
PLAIN = [
    "plans to seek increased contact",
    "remain steadfast and work toward",
    "fine-tune a detailed action plan",
    "try to seek a breakthrough",
    "vowed to step up efforts",
    "prepare for the launch",
    "put priority on addressing",
    "publish an annual report",
]

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the first article is not at {SEED.name} beside the project")


@pytest.fixture(scope="module")
def text():
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reading(text):
    return read_text(text, on=ON, home=["KR"])


def test_at_least_seven_of_eight_plain_commitments_are_proposed(reading):
    found = [words for words in PLAIN if any(words in each.quote for each in reading.proposals)]

    assert len(found) >= 7


def test_none_of_the_boilerplate_is_proposed(text, reading):
    body_starts, body_ends = text.index("South Korea plans"), text.index("Editor's Pick")

    assert all(body_starts <= each.start and each.end <= body_ends for each in reading.proposals)


def test_what_the_north_refused_and_what_seoul_maintains_is_not_proposed(reading):
    assert not any("balked" in each.quote or "maintains the stance" in each.quote for each in reading.proposals)


def test_the_march_deadline_and_the_yearly_report(reading):
    (report,) = [each for each in reading.proposals if "annual report" in each.quote]

    assert report.deadline
    assert (report.deadline.date, report.deadline.precision) == (date(2023, 3, 31), "month")
    assert report.deadline.surface == "In March"
    assert report.recurrence
    assert report.recurrence.code == "yearly"


def test_the_condition_on_dialogue(reading):
    (families,) = [each for each in reading.proposals if "put priority" in each.quote]

    assert families.condition
    assert families.condition.text == "If inter-Korean dialogue resumes"


def test_every_quote_is_the_text_at_its_offsets(text, reading):
    for each in (*reading.proposals, *reading.apart):
        assert text[each.start : each.end] == each.quote
        for part in (each.deadline, each.condition, each.recurrence):
            assert part is None or text[part.start : part.end] == (getattr(part, "surface", None) or part.text)


def test_the_initiative_is_found_under_both_names(text):
    initiative = Sense("initiative", "audacious-initiative")
    gazetteer = Gazetteer(
        [("Audacious Initiative", initiative), ("bold initiative", initiative), ("담대한 구상", initiative)]
    )

    here = gazetteer.find(text, on=ON)
    elsewhere = gazetteer.find("Seoul’s “bold initiative”, 담대한 구상을 말한다.", on=ON)

    assert [each.surface for each in here] == ["audacious initiative"]
    assert [each.surface for each in elsewhere] == ["bold initiative", "담대한 구상"]
