"""Deadlines as a calendar (RFC 5545): a whole day each, with its precision in the text, under a name for good.

The answer has no METHOD: it is published, nobody is invited. So DTSTAMP says when the entry last changed, and the
calendar of an unchanged record is the same to the byte.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policytracker.pages import dates
from policytracker.pages.statuses import status_of
from policytracker.pages.translated import other_language
from policytracker.tracking.revisions import Revisions

from .addresses import address_of
from .content_lines import day, instant, text, written
from .due import Due
from .records import absolute


def calendar_response(
    request: HttpRequest, title: str, deadlines: Iterable[Due], revisions: Revisions, note: str = ""
) -> HttpResponse:
    """The open deadlines as a calendar that programs subscribe to; `note` says what it leaves out."""
    language = get_language() or settings.LANGUAGE_CODE
    lines = [*_head(request, title, note, language)]
    for due in deadlines:
        moved = len(revisions.moved.get((due.kind, due.number), ()))
        lines += _event(due, moved, revisions.changed_at[due.commitment.pk], language)
    response = HttpResponse(written([*lines, "END:VCALENDAR"]), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    return response


def _head(request: HttpRequest, title: str, note: str, language: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{text(f'-//{settings.SITE_NAME}//deadlines//{language.upper()}')}"
    name = text(f"{title} – {settings.SITE_NAME}")
    about = text(f"{_('Open deadlines of what a government said it would do.')} {note}".strip())
    # RFC 7986 has names for both now; most programs still read the older ones.
    yield from (f"DESCRIPTION:{about}", f"X-WR-CALDESC:{about}", f"NAME:{name}", f"X-WR-CALNAME:{name}")
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    yield f"URL:{absolute(request.get_full_path())}"


def _event(due: Due, moved: int, changed_at: datetime, language: str) -> Iterator[str]:
    """One deadline. SEQUENCE counts how often it was moved: what makes a program ask its reader to look again."""
    commitment = due.commitment
    url = absolute(address_of(commitment))
    spoken = other_language(commitment, "statement") or language
    yield "BEGIN:VEVENT"
    yield f"SUMMARY;LANGUAGE={spoken}:{text(_summary(due))}"
    yield f"DTSTART;VALUE=DATE:{day(due.on)}"
    yield f"DTEND;VALUE=DATE:{day(due.on + timedelta(days=1))}"
    yield f"DTSTAMP:{instant(changed_at)}"
    yield f"UID:{text(f'{due.key}@{urlsplit(settings.SITE_URL).hostname}')}"
    yield f"SEQUENCE:{moved}"
    yield f"CREATED:{instant(commitment.recorded_at)}"
    about = "\n".join([_precision(due), _status(due), str(commitment.lead_ministry), url])
    yield f"DESCRIPTION:{text(about)}"
    yield f"LAST-MODIFIED:{instant(changed_at)}"
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{url}"
    yield "END:VEVENT"


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
