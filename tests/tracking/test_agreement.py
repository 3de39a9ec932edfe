"""We know how far raters agree, as the textbook counts it, and that only what was public and submitted counts."""

from datetime import UTC, date, datetime

import pytest

from policytracker.tracking.agreement import agreement_at, agreement_of, krippendorff_alpha
from policytracker.tracking.models import BlindRating
from policytracker.tracking.moments import Moment
from tests.factories import EARLY, NOW, make_assessment, make_user

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers, twelve units, gaps.
OBSERVERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
UNITS = [[observer[unit] for observer in OBSERVERS if observer[unit] != "."] for unit in range(12)]


def test_the_textbook_example_gives_the_textbooks_alpha() -> None:
    assert krippendorff_alpha(UNITS) == pytest.approx(0.743, abs=0.0005)


def test_two_observers_and_two_labels_give_the_textbooks_alpha() -> None:
    """Example A of the same text: ten units, binary, no gaps; alpha is 0.095."""
    first, second = "0100000010", "1110010000"

    assert krippendorff_alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_full_agreement_is_one() -> None:
    assert krippendorff_alpha([["stalled"] * 2, ["fulfilled"] * 2]) == 1.0


@pytest.mark.parametrize("units", [[], [["stalled"]], [["stalled", "stalled"]]])
def test_where_nothing_can_differ_nothing_is_measured(units: list[list[str]]) -> None:
    assert agreement_of(units).alpha is None


def rate(status: str, second: str, submitted_at: datetime | None = NOW, **fields: object) -> BlindRating:
    return BlindRating.objects.create(
        assessment=make_assessment(status=status, **fields),
        rater=make_user(),
        invited_by=make_user(),
        invited_at=EARLY,
        status=second if submitted_at else "",
        rationale="Read." if submitted_at else "",
        submitted_at=submitted_at,
    )


@pytest.mark.django_db
def test_only_what_was_public_and_submitted_counts() -> None:
    rate("stalled", "stalled")
    rate("in_progress", "stalled")
    rate("fulfilled", "fulfilled", submitted_at=None)
    rate("fulfilled", "fulfilled", published=False)

    today = agreement_at(Moment(date(2026, 3, 1), NOW), rubric="1")
    before = agreement_at(Moment(date(2026, 3, 1), datetime(2026, 2, 1, tzinfo=UTC)), rubric="1")

    assert (today.units, today.ratings, today.unanimous) == (2, 4, 1)
    assert today.alpha == pytest.approx(0.0)
    assert (before.units, before.alpha) == (0, None)
    assert agreement_at(Moment(date(2026, 3, 1), NOW), rubric="2").units == 0
