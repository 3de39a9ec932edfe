"""Calendars of deadlines, read back by a library that did not write them; lines counted by hand (RFC 5545, 3.1)."""

from datetime import UTC, date, datetime

import pytest
import vobject
from django.test import Client

from policytracker.public.views import calendars
from policytracker.tracking.actions.terms import Due, Told, extend_deadline
from tests.factories import make_commitment, make_user

from .door import names, path_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
LONG = "남북 이산가족의 생사를 확인하고, 편지를 나누며; 상봉을 정례화한다\\ " * 4


def calendar_of(client: Client, path: str = "/deadlines.ics"):
    return vobject.readOne(client.get(path).content.decode())


def events_of(client: Client, path: str = "/deadlines.ics") -> list:
    return calendar_of(client, path).contents.get("vevent", [])


def test_an_open_deadline_is_a_whole_day_with_its_precision_in_words(client: Client, record):
    response = client.get("/deadlines.ics")

    (event,) = events_of(client)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event.dtstart.value, event.dtend.value) == (date(2099, 12, 31), date(2100, 1, 1))
    assert event.summary.value == "Due (2099): Open the centre."
    assert "Promised for 2099." in event.description.value
    assert event.uid.value == f"commitment-{record.waiting.pk}@127.0.0.1"


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        ("day", "Due: Act."),
        ("month", "Due (December 2099): Act."),
        ("quarter", "Due (fourth quarter of 2099): Act."),
        ("half", "Due (second half of 2099): Act."),
        ("year", "Due (2099): Act."),
    ],
)
def test_an_entry_names_the_period_that_was_promised(client: Client, precision, words):
    make_commitment(statement="Act.", due_on=date(2099, 12, 31), due_precision=precision)

    assert [event.summary.value for event in events_of(client)] == [words]


def test_what_is_concluded_is_no_deadline_any_more(client: Client, record):
    uids = [event.uid.value for event in events_of(client)]

    assert f"commitment-{record.commitment.pk}@127.0.0.1" not in uids


def test_every_calendar_of_the_door_is_valid_and_the_same_when_read_again(client: Client, record):
    for name in names():
        if not name.endswith("calendar"):
            continue
        path = path_of(name, record)

        calendar = calendar_of(client, path)
        calendar.validate(raiseException=True)

        assert calendar.version.value == "2.0", path
        assert client.get(path).content == client.get(path).content, path
        for event in calendar.contents.get("vevent", []):
            assert event.dtstamp.value == event.last_modified.value >= event.created.value, path


def test_korean_is_folded_between_characters_at_75_octets_and_read_back_whole(client: Client):
    make_commitment(statement="Meet.", i18n={"statement_ko": LONG}, due_on=date(2099, 12, 31))

    content = client.get("/ko/deadlines.ics").content

    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines)
    (event,) = events_of(client, "/ko/deadlines.ics")
    assert LONG.strip() in event.summary.value
    assert event.summary.params["LANGUAGE"] == ["ko"]


def test_text_that_falls_back_says_its_language(client: Client, record):
    (event,) = events_of(client, "/ko/deadlines.ics")

    assert event.summary.params["LANGUAGE"] == ["en"]


def test_a_statement_cannot_end_its_line(client: Client):
    make_commitment(statement="One;\r\nBEGIN:VEVENT, two\\", due_on=date(2099, 12, 31))

    (event,) = events_of(client)

    assert event.summary.value.splitlines() == ["Due: One;", "BEGIN:VEVENT, two\\"]


def test_a_deadline_that_moves_keeps_its_name_and_counts_on(client: Client, record):
    (before,) = events_of(client)
    told = Told(happened_on=date(2026, 1, 5), reason="Moved.", source_url="https://news.example.org/moved")

    extend_deadline(
        commitment=record.waiting, due=Due(date(2100, 6, 30), "half", "in 2100"), told=told, by=make_user(), at=NOW
    )

    (after,) = events_of(client)
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.dtstart.value == date(2100, 6, 30)
    assert before.last_modified.value < after.last_modified.value == NOW


def test_a_calendar_of_an_earlier_moment_says_what_was_known_then(client: Client, record):
    (event,) = events_of(client, "/deadlines.ics?known_at=2023-06-01")

    assert event.last_modified.value.year <= 2023


def test_filters_hold_for_calendars_of_lists(client: Client, record):
    make_commitment(slug="other", due_on=date(2099, 1, 1))

    assert len(events_of(client, "/commitments/deadlines.ics")) == 2
    assert len(events_of(client, "/commitments/deadlines.ics?ministry=mou")) == 1
    assert len(events_of(client, "/initiatives/deadlines.ics?q=nothing-like-it")) == 0
    assert client.get("/commitments/deadlines.ics?ministry=nowhere").status_code == 400


def test_a_calendar_says_when_it_leaves_something_out(client: Client, record, monkeypatch):
    make_commitment(statement="Later still.", due_on=date(2100, 12, 31))
    whole = calendar_of(client)

    monkeypatch.setattr(calendars, "MOST", 1)

    cut = calendar_of(client)
    assert "format=csv" not in whole.description.value
    assert "http://127.0.0.1:8000/deadlines/?format=csv" in cut.description.value
    assert cut.x_wr_caldesc.value == cut.description.value
    assert [event.dtstart.value.year for event in cut.vevent_list] == [2099]
