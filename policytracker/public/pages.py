"""What every public page shares: which methods it answers, what it refuses, how long it may be kept."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from policytracker.pages.refusals import told_plainly
from policytracker.pages.themes import chosen_theme
from policytracker.tracking.moments import Moment

from .addresses import Moved
from .kept import kept

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "OPTIONS")
SHARED_SECONDS = 60  # what is taken back is gone from every cache within a minute


class PublicRequest(HttpRequest):
    """A request as the moment middleware hands it on."""

    moment: Moment


class Refused(Exception):
    """A question no page can answer; `str()` is the sentence for the visitor."""

    status = 400


class NotThere(Refused):
    """Nothing stands at this address; `str()` says why and what to do."""

    status = 404


def public_page(view: View) -> View:
    """Answer GET and HEAD through the view, OPTIONS with what is allowed, and refusals with a page that helps.

    Public pages touch no session and no user: every reader gets the same page, and a proxy may keep it for a minute.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in METHODS:
            return _with_methods(refusal(request, Refused(_("This address can only be read.")), status=405))
        if request.method == "OPTIONS":
            return _with_methods(HttpResponse(status=204))
        try:
            _check(request)
            response = kept(request, lambda: view(request, *args, **kwargs))
        except Moved as moved:
            response = HttpResponsePermanentRedirect(_there(request, moved.slug))
        except Refused as refused:
            return refusal(request, refused)
        _say_how_long(request, response)
        return response

    # Nothing is changed here, so no form needs a token: whoever posts is told that this address is only read.
    return csrf_exempt(answer)


def _there(request: HttpRequest, slug: str) -> str:
    """The address asked for, of the subject that is read under another slug now: a feed leads to its feed, a card to its card."""
    match = request.resolver_match
    assert match is not None  # noqa: S101 - a view is only called for an address that was found
    url = reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})
    return f"{url}?{request.GET.urlencode()}" if request.GET else url


def refusal(request: HttpRequest, refused: Refused, status: int = 0) -> HttpResponse:
    """A page with the sentence and ways on; the sentence alone where the address asks for data."""
    status = status or refused.status
    response = told_plainly(request, str(refused), status)
    if response is None:
        template = "404.html" if status == 404 else "public/refused.html"
        response = render(request, template, {"reason": str(refused)}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _check(request: HttpRequest) -> None:
    """PostgreSQL has no NUL in text, and no text holds half a character: refuse both before any query."""
    words = [text for key, values in request.GET.lists() for text in (key, *values)]
    if any(character == "\x00" or "\ud800" <= character <= "\udfff" for text in words for character in text):
        raise Refused(_("The address holds characters that no text can have. Remove them and ask again."))


def _with_methods(response: HttpResponse) -> HttpResponse:
    response["Allow"] = ", ".join(METHODS)
    return response


def _say_how_long(request: HttpRequest, response: HttpResponse) -> None:
    if response.status_code not in (200, 301, 304) or response.has_header("Cache-Control"):
        return
    is_personal = bool(chosen_theme(request))
    response["Cache-Control"] = "private, max-age=0" if is_personal else f"public, max-age=0, s-maxage={SHARED_SECONDS}"
