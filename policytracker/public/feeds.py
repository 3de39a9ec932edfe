"""Atom feeds: what entered the record about a subject, the latest first."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policytracker.pages import dates
from policytracker.pages.statuses import status_of
from policytracker.tracking.timeline import news_of

from .lines import Line, line_of
from .pages import PublicRequest
from .rail import kinds_asked_for
from .records import absolute

MOST = 50
SINCE = datetime(1900, 1, 1, tzinfo=UTC)


def feed_url(request: PublicRequest) -> str:
    """The feed beside a page with a timeline: of the same moment, telling the kinds that the page shows."""
    kinds = urlencode([("kind", kind) for kind in request.GET.getlist("kind")])
    asked = "&".join(filter(None, [request.moment.query, kinds]))
    return f"feed.atom?{asked}" if asked else "feed.atom"


def feed_of(
    request: PublicRequest, title: str, subjects: list[Any], page_url: str, kinds: Sequence[str] = ()
) -> HttpResponse:
    """The feed of what was told about the subjects; `kind` in the address chooses what is told, else `kinds` do."""
    kinds = kinds_asked_for(request.GET) or kinds
    told = news_of(subjects, request.moment, told_until=SINCE, limit=MOST, kinds=kinds or None) if subjects else []
    return feed_response(request, title, page_url, [_item(line_of(entry)) for _subject, entry in told])


class Feed(Atom1Feed):
    """An Atom feed that is dated by its newest item; an empty one by the day it is asked for, not by the clock."""

    def __init__(self, *args: Any, day: date, **about: Any) -> None:
        super().__init__(*args, **about)
        self.day = day

    def latest_post_date(self) -> datetime:
        """What `<updated>` says."""
        return super().latest_post_date() if self.items else datetime.combine(self.day, time.min, UTC)


def feed_response(request: PublicRequest, title: str, page_url: str, items: Iterable[dict[str, Any]]) -> HttpResponse:
    """A feed of these items; its own date is that of its newest."""
    items = list(items)
    feed = Feed(
        day=request.moment.as_of,
        title=f"{title} – {settings.SITE_NAME}",
        link=absolute(page_url),
        description=_("What changed in the record."),
        language=get_language(),
        feed_url=absolute(request.get_full_path()),
        feed_guid=tag_uri(request.get_full_path()),
        author_name=settings.SITE_NAME,
        feed_copyright="CC BY 4.0",
    )
    for item in items:
        # Summaries are HTML to readers of feeds; ours are words.
        feed.add_item(**{**item, "description": escape(item["description"])})
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def tag_uri(key: str) -> str:
    """A name for good, after RFC 4151: it stays whatever becomes of addresses."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2022:{key}"


def _item(line: Line) -> dict[str, Any]:
    day = dates.in_words(line.day, line.precision)
    return {
        "title": _title(line),
        "link": absolute(line.url or "/timeline/"),
        "description": f"{day}. {line.text}".strip(),
        "unique_id": tag_uri(line.key),
        "pubdate": line.entry.recorded_at,
        "updateddate": line.entry.recorded_at,
        "categories": [line.kind],
    }


def _title(line: Line) -> str:
    if not line.after:
        return f"{line.kind_label}: {line.title}"
    after = status_of(line.after).label
    if line.before and line.before != line.after:
        return f"{status_of(line.before).label} → {after}: {line.title}"
    return f"{after}: {line.title}"
