"""We know when a follower is told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.tracking.cadence import is_due, last_delivery

SEOUL = ZoneInfo("Asia/Seoul")
WEDNESDAY = datetime(2026, 2, 25, 12, 0, tzinfo=SEOUL)


def test_at_once_is_now() -> None:
    assert last_delivery("at_once", at=WEDNESDAY, zone=SEOUL) == WEDNESDAY


def test_daily_is_the_last_morning() -> None:
    assert last_delivery("daily", at=WEDNESDAY, zone=SEOUL) == datetime(2026, 2, 25, 7, tzinfo=SEOUL)
    early = WEDNESDAY.replace(hour=6)
    assert last_delivery("daily", at=early, zone=SEOUL) == datetime(2026, 2, 24, 7, tzinfo=SEOUL)


def test_weekly_is_the_last_monday_morning() -> None:
    assert last_delivery("weekly", at=WEDNESDAY, zone=SEOUL) == datetime(2026, 2, 23, 7, tzinfo=SEOUL)
    monday_early = datetime(2026, 2, 23, 6, tzinfo=SEOUL)
    assert last_delivery("weekly", at=monday_early, zone=SEOUL) == datetime(2026, 2, 16, 7, tzinfo=SEOUL)


def test_off_is_never() -> None:
    assert last_delivery("off", at=WEDNESDAY, zone=SEOUL) is None
    assert not is_due("off", told_until=datetime(2020, 1, 1, tzinfo=UTC), at=WEDNESDAY, zone=SEOUL)


@pytest.mark.parametrize("cadence", ["daily", "weekly"])
@given(at=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_a_delivery_is_never_ahead_and_never_missed(cadence: str, at: datetime) -> None:
    delivery = last_delivery(cadence, at=at, zone=ZoneInfo("America/St_Johns"))

    assert delivery is not None
    assert delivery <= at
    assert at - delivery <= timedelta(days=8 if cadence == "weekly" else 2)


def test_told_once_a_delivery() -> None:
    delivery = last_delivery("daily", at=WEDNESDAY, zone=SEOUL)
    assert delivery is not None

    assert is_due("daily", told_until=delivery - timedelta(seconds=1), at=WEDNESDAY, zone=SEOUL)
    assert not is_due("daily", told_until=delivery, at=WEDNESDAY, zone=SEOUL)
