"""What pages of one subject share: finding it, its twin, and what it offers to take away."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from policytracker.pages import dates
from policytracker.pages.translated import script_language

from ..addresses import DETAIL, found_or_moved
from ..feeds import feed_url
from ..formats import format_asked_for
from ..linked_data import linked_data_of
from ..pages import NotThere, PublicRequest
from ..records import Record, absolute, record_of
from ..twins import Part, subject_twin, twin_links

EMBEDDED = ("initiative", "commitment", "ministry")


def public_subject(request: PublicRequest, subjects: QuerySet[Any], slug: str) -> Any:
    """The published subject with this slug, as of the request's moment. Raises NotThere, or Moved to its new address."""
    subject = found_or_moved(subjects, slug, request.moment)
    if subject is None:
        raise NotThere(_("Nothing in the public record has this address."))
    moment = request.moment
    if getattr(subject, "recorded_at", None) and subject.recorded_at > moment.known_at:
        known_on = dates.in_words(moment.known_at.date())
        raise NotThere(_("On {date} this was not yet in the record.").format(date=known_on))
    return subject


def answer_subject(
    request: PublicRequest,
    subject: Any,
    context: Callable[[], dict[str, Any]],
    parts: Mapping[str, Iterable[Record] | Part],
) -> HttpResponse:
    """The subject's page with its `context`, or its twin, which needs none: the flat record with its parts."""
    kind = DETAIL[type(subject)]
    if format_asked_for(request):
        return subject_twin(request, record_of(subject), parts, f"{kind}-{getattr(subject, 'slug', subject.pk)}")
    template = "topic" if kind == "tag" else kind
    return render(request, f"public/{template}_detail.html", {**_links(request, subject, kind), **context()})


def _links(request: PublicRequest, subject: Any, kind: str) -> dict[str, Any]:
    feed = feed_url(request)
    others = [(_("Feed"), feed)] if kind != "article" else []
    if kind != "article":
        others.insert(0, (_("Follow by mail"), _follow_url(kind, subject.slug)))
    if kind != "article":
        others.append((_("Calendar"), "deadlines.ics"))
    if kind != "article":
        others.append((_("Cite"), "cite/"))
    if kind in EMBEDDED:
        others.append((_("Embed"), "embedding/"))
    return {
        "subject": subject,
        "title_language": script_language(str(subject)),
        "take": twin_links(request, *others),
        "feeds": [(str(subject), feed)] if kind != "article" else [],
        "oembed": _oembed(request) if kind in EMBEDDED else "",
        "linked_data": linked_data_of(subject, kind),
        "picture": _picture(request),
        "picture_alt": str(subject),
    }


def _picture(request: PublicRequest) -> str:
    """The picture of what the page shows: of another day where it does."""
    query = request.moment.query
    return absolute(f"{request.path}picture.png{'?' + query if query else ''}")


def _follow_url(kind: str, slug: str) -> str:
    """Where the desk takes requests to follow, for everybody."""
    return f"{reverse('desk:follow_by_mail')}?{urlencode({'kind': kind, 'slug': slug})}"


def _oembed(request: PublicRequest) -> str:
    """Where other sites ask how to embed this page."""
    query = request.moment.query
    page = absolute(f"{request.path}{'?' + query if query else ''}")
    return f"{settings.SITE_URL}/oembed/?{urlencode({'url': page})}"
