from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.documents import Precision
from articles.importing.moments import SEOUL, find_moments, read_moment, read_quietly
from articles.importing.refusals import ImportRefused, Reason

KST = timezone(timedelta(hours=9))
AFTERNOON = datetime(2023, 1, 27, 16, 14, tzinfo=KST)


@pytest.mark.parametrize(
    "text",
    ["2023-01-27T16:14:00+09:00", "2023-01-27 16:14 KST", "20230127T161400+0900", "Fri, 27 Jan 2023 16:14:00 KST", "27 Jan 2023 07:14 GMT",
     "January 27, 2023 4:14 PM KST", "Jan. 27, 2023, 4:14 p.m. KST", "27th January 2023 at 16:14 (KST)", "2023-01-27T07:14:00Z",
     "2023-01-27T07:14:00.000Z", "Friday 27 January 2023 07.14 GMT", "16:14 KST, 27 January 2023", "Fri Jan 27 2023 16:14:00 GMT+0900",
     "2023.01.27. 16:14 (KST)", "2023-01-27T16:14:00 +09:00", "2023-01-27T16:14+09"],
)  # fmt: skip
def test_a_written_zone_makes_a_moment(text):
    dated = read_moment(text)

    assert dated.moment == AFTERNOON
    assert dated.precision is Precision.MOMENT
    assert dated.raw == text
    assert dated.rule == "stated"


@pytest.mark.parametrize(
    "text",
    ["2023-01-27 16:14", "2023.01.27. 16:14", "2023.01.27 오후 4:14", "2023년 1월 27일 오후 4시 14분", "2023/01/27 16:14:00", "2023.1.27(금) 16:14",
     "2023.01.27 (16:14)", "2023. 1. 27. 16시 14분", "20230127161400", "27 January 2023 16:14"],
)  # fmt: skip
def test_row_13_a_time_without_zone_needs_one_to_be_a_moment(text):
    alone, assumed = read_moment(text), read_moment(text, zone=SEOUL)

    assert (alone.day, alone.moment) == (date(2023, 1, 27), None)
    assert assumed.moment == AFTERNOON
    assert assumed.rule == "assumed zone"


@pytest.mark.parametrize(
    "text",
    [
        "2023-01-27",
        "27. Januar 2023",
        "27 janvier 2023",
        "27 de enero de 2023",
        "27 gennaio 2023",
        "27 januari 2023",
        "2023年1月27日",
        "2023.1.27.",
        "2023. 1. 27.(금)",
        "20230127",
        "27/01/2023",
        "27.01.2023",
        "January 27th, 2023",
        "Fri, 27 Jan 2023",
        "2023년 1월 27일",
    ],
)
def test_a_day_stays_a_day(text):
    dated = read_moment(text, zone=SEOUL)

    assert (dated.day, dated.precision, dated.moment) == (date(2023, 1, 27), Precision.DAY, None)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2023-03", Precision.MONTH),
        ("March 2023", Precision.MONTH),
        ("2023년 3월", Precision.MONTH),
        ("2023", Precision.YEAR),
    ],
)
def test_coarse_dates_keep_their_precision(text, precision):
    assert read_moment(text).precision is precision


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30",
        "2023-13-01",
        "0000-01-01",
        "1750-01-01",
        "9999-01-01",
        "2023-01-27 25:00",
        "2023-01-27 16:71",
        "2023년 2월 29일",
        "2023-00",
    ],
)
def test_row_13_an_impossible_date_says_what_is_wrong(text):
    with pytest.raises(ImportRefused) as refused:
        read_moment(text)

    assert refused.value.reason is Reason.DATE_IMPOSSIBLE
    assert refused.value.details["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "45000",
        "45000.5",
        "10000-01-01",
        "03/04/2023",
        "2023-01-27 or so",
        "27 Smarch 2023",
        "1674803658",
        "2023-01-27 2023-01-28",
    ],
)
def test_row_13_what_is_no_date_or_two_is_refused(text):
    with pytest.raises(ImportRefused) as refused:
        read_moment(text)

    assert refused.value.reason in (Reason.DATE_UNREADABLE, Reason.DATE_IMPOSSIBLE)


def test_day_and_month_are_told_apart_only_when_asked():
    assert read_moment("03/04/2023", day_first=True).day == date(2023, 4, 3)
    assert read_moment("03/04/2023", day_first=False).day == date(2023, 3, 4)


def test_row_13_the_hour_the_clocks_skipped_is_refused_and_the_doubled_one_is_the_first():
    new_york = ZoneInfo("America/New_York")

    with pytest.raises(ImportRefused, match="skipped"):
        read_moment("2023-03-12 02:30", zone=new_york)
    assert read_moment("2023-11-05 01:30", zone=new_york).moment.utcoffset() == timedelta(hours=-4)


def test_dates_are_found_in_running_stamps():
    found = [
        moment.dated.moment.hour
        for moment in find_moments("Written: 2023-01-27 16:14:18Updated: 2023-01-27 19:30:21", zone=SEOUL)
    ]

    assert found == [16, 19]


def test_pages_full_of_nonsense_give_nothing_quietly():
    assert not read_quietly("n/a")
    assert not read_quietly(None)
    assert not read_quietly("2024-02-30")


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_every_iso_moment_comes_back(moment):
    for text in (moment.isoformat(), moment.isoformat().replace("+00:00", "Z"), f"{moment:%a, %d %b %Y %H:%M:%S} GMT"):
        assert abs(read_moment(text).moment - moment) < timedelta(seconds=1)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_reason(text):
    try:
        dated = read_moment(text, zone=SEOUL)
    except ImportRefused as refused:
        assert refused.reason in (Reason.DATE_UNREADABLE, Reason.DATE_IMPOSSIBLE)
    else:
        assert dated.day
    assert list(find_moments(text, zone=SEOUL)) is not None
