"""A deadline ends with its last day, in the government's own time zone (THREATS 108, 109)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from policytracker.tracking.deadlines import Deadline, DueState, overdue_from, stand_against

SEOUL = ZoneInfo("Asia/Seoul")
MARCH_2023 = Deadline(due_on=date(2023, 3, 31), precision="month", zone="Asia/Seoul")


def test_march_2023_is_due_until_midnight_in_seoul():
    last_second = datetime(2023, 3, 31, 23, 59, 59, tzinfo=SEOUL)

    before = stand_against(MARCH_2023, at=last_second)
    after = stand_against(MARCH_2023, at=last_second + timedelta(seconds=1))

    assert (before.state, before.days_left) == (DueState.DUE_SOON, 0)
    assert (after.state, after.days_late) == (DueState.OVERDUE, 1)


def test_the_english_edition_was_26_days_late():
    standing = stand_against(MARCH_2023, at=datetime(2024, 1, 1, tzinfo=UTC), concluded_on=date(2023, 4, 26))

    assert (standing.state, standing.days_late) == (DueState.CONCLUDED, 26)


def test_the_same_moment_is_overdue_in_seoul_and_not_in_london():
    at = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)

    seoul = stand_against(Deadline(date(2025, 12, 31), zone="Asia/Seoul"), at=at)
    london = stand_against(Deadline(date(2025, 12, 31), zone="Europe/London"), at=at)

    assert seoul.is_overdue
    assert not london.is_overdue


def test_an_extension_moves_the_day_and_an_override_wins_over_it():
    extended = Deadline(date(2023, 3, 31), extended_to=date(2023, 6, 30))
    overridden = Deadline(date(2023, 3, 31), extended_to=date(2023, 6, 30), override=date(2023, 4, 30))
    at = datetime(2023, 5, 1, tzinfo=UTC)

    assert stand_against(extended, at=at).is_extended
    assert not stand_against(extended, at=at).is_overdue
    assert stand_against(overridden, at=at).is_overdue
    assert not stand_against(overridden, at=at).is_extended


def test_a_commitment_that_waits_for_its_condition_is_never_overdue():
    standing = stand_against(MARCH_2023, at=datetime(2024, 1, 1, tzinfo=UTC), waits_for_condition=True)

    assert (standing.state, standing.days_late) == (DueState.WAITING, 0)


def test_no_deadline_is_neither_due_nor_late():
    assert stand_against(Deadline(None), at=datetime(2024, 1, 1, tzinfo=UTC)).state is DueState.NO_DEADLINE


def test_a_coarse_deadline_is_soon_earlier_than_a_sharp_one():
    at = datetime(2023, 11, 1, tzinfo=UTC)

    assert stand_against(Deadline(date(2023, 12, 31), precision="year"), at=at).state is DueState.DUE_SOON
    assert stand_against(Deadline(date(2023, 12, 31), precision="day"), at=at).state is DueState.UPCOMING


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        stand_against(MARCH_2023, at=datetime(2023, 4, 1))


@pytest.mark.parametrize(
    ("last_day", "zone", "moment"),
    [
        (date(2024, 2, 29), "Asia/Seoul", "2024-02-29T15:00:00+00:00"),
        (date(2006, 4, 1), "America/St_Johns", "2006-04-02T03:30:00+00:00"),
        (date(2006, 10, 28), "America/St_Johns", "2006-10-29T02:30:00+00:00"),
        (date(2011, 12, 29), "Pacific/Apia", "2011-12-30T10:00:00+00:00"),
        (date(2018, 11, 3), "America/Sao_Paulo", "2018-11-04T03:00:00+00:00"),
    ],
)
def test_midnight_that_is_skipped_or_told_twice_still_ends_the_day(last_day, zone, moment):
    assert overdue_from(last_day, zone) == datetime.fromisoformat(moment)


def test_the_end_of_the_calendar_is_no_error():
    assert overdue_from(date.max, "UTC") is None
