"""Pages for when something went wrong. They need no database, no session and no translation catalog."""

import sys
from collections.abc import Callable
from html import escape

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from policytracker import request_id
from policytracker.database.away import is_database_away
from policytracker.desk.kept_forms import keep_stale_form
from policytracker.pages.refusals import told_plainly

RETRY_AFTER = "10"  # seconds; a restart of the database takes fewer


class DatabaseAwayMiddleware:
    """Answers 503 with Retry-After when a view failed because the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request) if is_database_away(exception) else None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, without the database."""
    return _static_page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the site around it."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is stale: kept, where the desk drew it for whoever sends it; else a page that says so."""
    if kept := keep_stale_form(request):
        return kept
    return HttpResponseForbidden(render_to_string("403_csrf.html", request=request))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the form that was asked for."""
    sentence = _("The address may be mistyped, or what stood here is no longer in the public record.")
    return told_plainly(request, sentence, 404) or render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an unhandled exception: 503 when the database is away, else 500; never a traceback."""
    if is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    return _static_page("500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, without the database, and when to try again."""
    response = _static_page("503.html", 503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _static_page(template: str, status: int) -> HttpResponse:
    """Render a page that extends only `plain.html` and asks nothing. If even that fails, say so in one line."""
    name = request_id.current.get()
    try:
        page: str = render_to_string(template, {"request_id": name})
    except Exception:  # noqa: BLE001 - the last resort must answer whatever broke the template
        page = f"<!doctype html><title>{status}</title><p>Something went wrong ({status}, request {escape(name)}).</p>"
    response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response
