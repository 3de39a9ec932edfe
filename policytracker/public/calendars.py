"""Deadlines as a calendar (RFC 5545): a whole day each, with its precision in the text, under a name for good."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from policytracker.pages import dates
from policytracker.pages.statuses import status_of

from .addresses import address_of
from .due import Due
from .records import absolute


def calendar_response(request: HttpRequest, title: str, deadlines: Iterable[Due]) -> HttpResponse:
    """The open deadlines as a calendar that programs subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{title} – {settings.SITE_NAME}")
    calendar["refresh-interval"] = vText("P1D")
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    for due in deadlines:
        calendar.add_component(_event(due))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response


def _event(due: Due) -> Event:
    commitment = due.commitment
    url = absolute(address_of(commitment))
    statement = commitment.statement_i18n + (f" – {due.label}" if due.label else "")
    event = Event()
    event.add("uid", f"{due.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", commitment.recorded_at)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", _("Due: {statement}").format(statement=statement))
    event.add("description", "\n".join([_precision(due), _status(due), str(commitment.lead_ministry), url]))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _precision(due: Due) -> str:
    return _("Promised for {date}.").format(date=dates.in_words(due.on, due.precision))


def _status(due: Due) -> str:
    return _("Status: {status}.").format(status=status_of(due.commitment.standing.status).label)
