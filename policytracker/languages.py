"""Decides the language of a request.

Public pages say it in their address: `/ko/…` is Korean, no prefix is the default, so that one address is one page for
every reader and every cache. The desk, the admin and the accounts have one address each; there a cookie decides, then
what the browser asks for.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
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
            response = self.get_response(request)
        if personal:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response
