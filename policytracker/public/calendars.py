"""Deadlines as a calendar (RFC 5545): a whole day each, with its precision in the text, under a name for good.

The answer has no METHOD: it is published, nobody is invited. So DTSTAMP says when the entry last changed, and the
calendar of an unchanged record is the same to the byte.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from policytracker.pages import dates
from policytracker.pages.statuses import status_of
from policytracker.pages.translated import other_language
from policytracker.tracking.revisions import Revisions

from .addresses import address_of
from .due import Due
from .records import absolute


def calendar_response(
    request: HttpRequest, title: str, deadlines: Iterable[Due], revisions: Revisions, note: str = ""
) -> HttpResponse:
    """The open deadlines as a calendar that programs subscribe to; `note` says what it leaves out."""
    language = get_language() or settings.LANGUAGE_CODE
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//deadlines//{language.upper()}")
    calendar.add("version", "2.0")
    name = f"{title} – {settings.SITE_NAME}"
    about = f"{_('Open deadlines of what a government said it would do.')} {note}".strip()
    # RFC 7986 has names for both now; most programs still read the older ones.
    for property_, words in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(property_, words)
    calendar.add("url", absolute(request.get_full_path()))
    calendar["refresh-interval"] = vText("P1D")
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    for due in deadlines:
        moved = len(revisions.moved.get((due.kind, due.number), ()))
        calendar.add_component(_event(due, moved, revisions.changed_at[due.commitment.pk], language))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response


def _event(due: Due, moved: int, changed_at: datetime, language: str) -> Event:
    """One deadline. SEQUENCE counts how often it was moved: what makes a program ask its reader to look again."""
    commitment = due.commitment
    url = absolute(address_of(commitment))
    event = Event()
    event.add("uid", f"{due.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("created", commitment.recorded_at)
    event.add("sequence", moved)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    spoken = other_language(commitment, "statement") or language
    event.add("summary", _summary(due), parameters={"LANGUAGE": spoken})
    event.add("description", "\n".join([_precision(due), _status(due), str(commitment.lead_ministry), url]))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _summary(due: Due) -> str:
    """What is due. Where the promise named no day, what it named: the entry stands on the last day of that."""
    statement = due.commitment.statement_i18n + (f" – {due.label}" if due.label else "")
    if due.precision == "day":
        return _("Due: {statement}").format(statement=statement)
    period = dates.in_words(due.on, due.precision)
    return _("Due ({period}): {statement}").format(period=period, statement=statement)


def _precision(due: Due) -> str:
    return _("Promised for {date}.").format(date=dates.in_words(due.on, due.precision))


def _status(due: Due) -> str:
    return _("Status: {status}.").format(status=status_of(due.commitment.standing.status).label)
