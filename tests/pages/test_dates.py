"""Dates are written as exactly as they are known, in English and Korean."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from policytracker.pages import dates

DAY = date(2025, 8, 19)


@pytest.mark.parametrize(
    ("precision", "english", "korean"),
    [
        ("day", "19 August 2025", "2025. 8. 19."),
        ("week", "week of 18 August 2025", "2025. 8. 18. 주간"),
        ("month", "August 2025", "2025년 8월"),
        ("quarter", "third quarter of 2025", "2025년 3분기"),
        ("half", "second half of 2025", "2025년 하반기"),
        ("year", "2025", "2025년"),
        ("approximate", "about 19 August 2025", "2025. 8. 19.경"),
        ("inferred", "19 August 2025 (inferred)", "2025. 8. 19.(추정)"),
        ("no later than", "by 19 August 2025", "늦어도 2025. 8. 19."),
    ],
)
def test_a_date_keeps_its_precision(precision, english, korean):
    with translation.override("en"):
        in_english = dates.in_words(DAY, precision)
    with translation.override("ko"):
        in_korean = dates.in_words(DAY, precision)

    assert (in_english, in_korean) == (english, korean)


def test_a_short_date_abbreviates_its_month():
    assert dates.in_words(DAY, style="short") == "19 Aug 2025"


def test_a_bare_date_leaves_the_year_to_the_heading():
    assert dates.in_words(DAY, style="bare") == "19 Aug"


@pytest.mark.parametrize(
    ("precision", "machine"),
    [("day", "2025-08-19"), ("month", "2025-08"), ("year", "2025"), ("week", "2025-W34"), ("quarter", "")],
)
def test_a_period_without_a_form_in_html_has_no_machine_date(precision, machine):
    assert dates.machine_readable(DAY, precision) == machine


def test_a_moment_is_told_in_the_zone_its_source_printed():
    moment = datetime(2023, 1, 27, 7, 14, 18, tzinfo=UTC)

    assert dates.moment_in_words(moment, dates.zone_of(540)) == "27 January 2023, 16:14 KST"


def test_an_open_span_says_since():
    assert dates.span_in_words(date(2025, 7, 25), "month", None, "") == "since July 2025"
    assert (
        dates.span_in_words(date(2023, 7, 28), "day", date(2025, 7, 25), "no later than")
        == "28 July 2023 to 25 July 2025 at the latest"
    )


def test_one_day_is_not_one_days():
    assert [dates.days_late(1), dates.days_late(26), dates.days_from_now(0)] == ["1 day late", "26 days late", "today"]
