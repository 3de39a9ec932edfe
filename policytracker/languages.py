"""Decides the language of a request.

Public pages say it in their address: `/ko/…` is Korean, no prefix is the default, so that one address is one page for
every reader and every cache. The desk, the admin and the accounts have one address each; there a cookie decides, then
what the browser asks for. The front page is offered once in the reader's own language.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

PERSONAL = ("/desk/", "/admin/", "/accounts/")


class LanguageMiddleware:
    """Activates the language for the request and says it in `Content-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        personal = request.path_info.startswith(PERSONAL)
        if personal:
            language = translation.get_language_from_request(request)
        else:
            language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = _in_own_language(request) or self.get_response(request)
        if personal or request.path_info == "/":
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response


def _in_own_language(request: HttpRequest) -> HttpResponse | None:
    """The redirect from the front page to the reader's language, if it is another than the page's.

    A cookie, set when the reader follows the link to a language, goes before what the browser asks for. Whoever
    comes to the front page from another page of ours has seen the site already and is left alone.
    """
    if request.path_info != "/" or request.method not in ("GET", "HEAD"):
        return None
    has_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    if not has_chosen and urlsplit(request.headers.get("Referer", "")).netloc == request.get_host():
        return None
    language = translation.get_language_from_request(request)
    if language == settings.LANGUAGE_CODE:
        return None
    here = request.get_full_path()
    there = translate_url(here, language)
    return HttpResponseRedirect(there) if there != here else None
