"""The desk, the accounts and the admin as their user likes them: in their language, with times in their zone."""

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from policytracker.accounts import preference_of
from policytracker.languages import PERSONAL


class PreferenceMiddleware:
    """Activates the language and the zone that the signed-in user chose; asks nothing on public pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PERSONAL):
            return self.get_response(request)
        preference = preference_of(request.user)
        if preference is None:
            return self.get_response(request)
        language = preference.language
        with timezone.override(preference.zone), translation.override(language) if language else nullcontext():
            if language:
                request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
