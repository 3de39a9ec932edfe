"""Gives each request the moment it asks for."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from policytracker.tracking.moments import Moment, NotAMoment, moment_from, present

ASKED = ("as_of", "known_at")


class MomentMiddleware:
    """Sets `request.moment`; an address that asks for a moment there is none of is answered 400, with a sentence.

    Only what reads may be asked by another moment. A form posted from an old page is about today.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.moment = moment_of(request)  # type: ignore[attr-defined]
        except NotAMoment as refusal:
            return refused(request, str(refusal))
        return self.get_response(request)


def moment_of(request: HttpRequest) -> Moment:
    """The moment a request asks for, in the site's zone. Raises NotAMoment."""
    now = timezone.now()
    zone = ZoneInfo(settings.TIME_ZONE)
    if request.method not in ("GET", "HEAD"):
        return present(now=now, zone=zone)
    return moment_from(request.GET, now=now, zone=zone)


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """The sentence, in the form the address asks for, with a way back to today."""
    if request.path_info.startswith("/api/") or request.GET.get("format") == "json":
        response: HttpResponse = JsonResponse({"detail": sentence}, status=400)
    elif request.GET.get("format") == "csv" or not request.path_info.endswith("/"):  # a table, a feed, a calendar
        response = HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")
    else:
        context = {"sentence": sentence, "today_url": address_of_today(request)}
        response = render(request, "moment_refused.html", context, status=400)
    response["Cache-Control"] = "no-store"
    return response


def address_of_today(request: HttpRequest) -> str:
    """The same page, without the moment asked for."""
    query = request.GET.copy()
    for name in ASKED:
        query.pop(name, None)
    return request.path + (f"?{query.urlencode()}" if query else "")
