"""Calendars of deadlines, read back by the library."""

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

pytestmark = pytest.mark.django_db


def events_of(response) -> list:
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_an_open_deadline_is_a_whole_day_with_its_precision_in_words(client: Client, record):
    response = client.get("/deadlines.ics")

    (event,) = events_of(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.decoded("dtstart") == date(2099, 12, 31)
    assert "Promised for 2099." in str(event["description"])
    assert str(event["uid"]) == f"commitment-{record.waiting.pk}@127.0.0.1"


def test_what_is_concluded_is_no_deadline_any_more(client: Client, record):
    uids = [str(event["uid"]) for event in events_of(client.get("/deadlines.ics"))]

    assert f"commitment-{record.commitment.pk}@127.0.0.1" not in uids


def test_a_calendar_names_what_every_calendar_must(client: Client, record):
    calendar = Calendar.from_ical(client.get("/ministries/mou/deadlines.ics").content)

    assert str(calendar["version"]) == "2.0"
    assert calendar["prodid"]
    assert all(event["dtstamp"] and event["uid"] for event in calendar.walk("VEVENT"))
