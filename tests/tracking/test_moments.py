"""We know which moment an address asks for, and what it may not ask."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from policytracker.tracking.middleware import MomentMiddleware
from policytracker.tracking.moments import EARLIEST, Moment, NotAMoment, moment_from, present

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)  # 2 March, half past one in the night, in Seoul


def asked(query: str) -> Moment:
    return moment_from(QueryDict(query), now=NOW, zone=SEOUL)


def test_an_address_that_asks_nothing_means_today_in_the_sites_zone() -> None:
    assert asked("") == asked("as_of=&known_at=") == present(now=NOW, zone=SEOUL)
    assert asked("") == Moment(date(2026, 3, 2), NOW, is_present=True)
    assert asked("").query == ""


def test_a_day_reaches_to_its_end_in_the_sites_zone() -> None:
    moment = asked("as_of=2023-07-01&known_at=2023-07-15")

    assert moment.as_of == date(2023, 7, 1)
    assert moment.known_at == datetime(2023, 7, 15, 14, 59, 59, 999999, tzinfo=UTC)
    assert not moment.is_present
    assert asked(moment.query) == moment


def test_known_at_alone_shows_the_state_as_it_was_told_then() -> None:
    assert asked("known_at=2023-07-15").as_of == date(2023, 7, 15)


def test_as_of_alone_is_told_with_all_we_know() -> None:
    assert asked("as_of=2023-07-15").known_at == NOW


def test_what_we_know_today_ends_now() -> None:
    assert asked("known_at=2026-03-02").known_at == NOW


@pytest.mark.parametrize("words", ["2023-07-15T09:30:00%2B09:00", "2023-07-15T09:30:00+09:00", "2023-07-15T09:30"])
def test_known_at_may_be_an_instant(words: str) -> None:
    assert asked(f"known_at={words}").known_at == datetime(2023, 7, 15, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_of=2023-02-30", "calendar does not have"),
        ("as_of=2023-13-01", "calendar does not have"),
        ("as_of=9999-12-31", "has not come"),
        ("as_of=2026-03-03", "has not come"),
        ("as_of=1899-12-31", "older than 1900-01-01"),
        ("as_of=0000-01-01", "calendar does not have"),
        ("as_of=yesterday", "written like 2023-07-15"),
        ("as_of=20230715", "written like"),
        ("as_of=2023-7-1", "written like"),
        ("as_of=٢٠٢٣-٠٧-٠١", "written like"),
        ("as_of=2023-07-01%00", "written like"),
        ("as_of=2023-07-01&as_of=2024-07-01", "more than once"),
        ("known_at=9999-12-31", "shall know"),
        ("known_at=2026-03-03", "shall know"),
        ("known_at=2023-07-15T25:00:00Z", "calendar does not have"),
        ("known_at=2023-02-30T10:00:00Z", "calendar does not have"),
        ("known_at=1066-10-14", "older than"),
        ("known_at=1066-10-14T09:00", "older than"),
        ("known_at=now()", "written like"),
        ("known_at=" + "9" * 5000, "written like"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(query: str, sentence: str) -> None:
    with pytest.raises(NotAMoment, match=sentence) as refusal:
        asked(query)

    assert len(str(refusal.value)) < 200


@given(st.text(), st.text())
def test_no_words_do_worse_than_be_refused(as_of: str, known_at: str) -> None:
    try:
        moment = moment_from({"as_of": as_of, "known_at": known_at}, now=NOW, zone=SEOUL)
    except NotAMoment:
        return
    assert EARLIEST <= moment.as_of <= date(2026, 3, 2)
    assert moment.known_at <= NOW


@given(st.dates(EARLIEST, date(2026, 3, 1)))
@example(date(1951, 9, 8))  # Seoul's clocks went back at midnight: its last hour came twice.
def test_every_day_has_an_end(day: date) -> None:
    end = moment_from({"known_at": day.isoformat()}, now=NOW, zone=SEOUL).known_at

    assert end.astimezone(SEOUL).date() == day
    assert (end + timedelta(microseconds=1)).astimezone(SEOUL).date() == day + timedelta(days=1)


def answer(path: str, **extra: Any) -> HttpResponse:
    return MomentMiddleware(lambda request: HttpResponse(request.moment.as_of.isoformat()))(
        RequestFactory().get(path, **extra)
    )


def test_a_request_carries_its_moment() -> None:
    assert answer("/commitments/?as_of=2023-07-01").content == b"2023-07-01"


def test_nonsense_answers_400_with_a_way_back() -> None:
    response = answer("/commitments/?status=stalled&as_of=2023-02-30")

    assert response.status_code == 400
    assert "calendar does not have" in response.content.decode()
    assert 'href="/commitments/?status=stalled"' in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_markup_in_a_moment_is_shown_as_text() -> None:
    assert "<script>" not in answer("/?as_of=<script>alert(1)</script>").content.decode()


@pytest.mark.parametrize("path", ["/api/v1/commitments/?as_of=x", "/commitments/?format=json&known_at=x"])
def test_programs_get_the_sentence_as_json(path: str) -> None:
    response = answer(path)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"


def test_a_post_is_about_today() -> None:
    request = RequestFactory().post("/desk/?as_of=nonsense")

    assert MomentMiddleware(lambda request: HttpResponse(str(request.moment.is_present)))(request).content == b"True"
