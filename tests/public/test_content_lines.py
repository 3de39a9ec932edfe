"""Lines of calendars: what is read back is what was written, whatever the words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from policytracker.public.content_lines import day, instant, text, written

CONTROLS = [chr(number) for number in (*range(9), *range(11, 32), 127)]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300))
def test_words_are_read_back_by_another_library_as_they_were(words):
    event = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"SUMMARY:{text(words)}", "END:VEVENT", "END:VCALENDAR"]

    lines = written(event)

    assert vobject.readOne(lines.decode()).vevent.summary.value == words
    assert all(len(line) <= 75 and line.decode() is not None for line in lines.split(b"\r\n"))


@pytest.mark.parametrize("octets", [74, 75, 76, 149, 150, 223])
def test_a_line_is_folded_where_it_is_too_long_and_not_before(octets):
    line = "x" * octets

    parts = written([line]).removesuffix(b"\r\n").split(b"\r\n ")

    assert [len(part) for part in parts[:-1]] == [75, *[74] * (len(parts) - 2)][: len(parts) - 1]
    assert b"".join(parts).decode() == line


@pytest.mark.parametrize("control", CONTROLS)
def test_no_control_character_reaches_a_line(control):
    told = text(f"one{control}two")

    assert told == ("one\\ntwo" if control == "\r" else "onetwo")


def test_days_and_moments_are_written_as_the_calendar_has_them():
    assert day(date(987, 1, 2)) == "09870102"
    assert instant(datetime(2026, 3, 2, 1, 0, tzinfo=timezone(timedelta(hours=9)))) == "20260301T160000Z"
    assert instant(datetime(2026, 3, 2, tzinfo=UTC)) == "20260302T000000Z"
