"""How somebody likes to work."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policytracker.tracking.actions.follows import usual_cadence
from policytracker.tracking.actions.preferences import set_preferences

from ..access import DeskRequest, desk_view
from ..forms.preferences import PreferenceForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view()
def preferences(request: DeskRequest) -> HttpResponse:
    """My language, time zone and mails; and the way to password, second factor and sessions."""
    preference = getattr(request.user, "preference", None)
    form = PreferenceForm(request.POST if request.method == "POST" else None, initial=_initial(request))
    if form.is_bound and form.is_valid():
        set_preferences(**form.cleaned_data, by=request.user, at=timezone.now())
        return _saved(request, form.cleaned_data["language"])
    context = {"form": form, "preference": preference}
    return render(request, "desk/preferences.html", context, status=422 if form.is_bound else 200)


def _initial(request: DeskRequest) -> dict[str, object]:
    preference = getattr(request.user, "preference", None)
    return {
        "language": preference.language if preference else "",
        "time_zone": preference.time_zone if preference else "",
        "wants_mail": preference.wants_mail if preference else True,
        "cadence": usual_cadence(request.user),
    }


def _saved(request: DeskRequest, language: str) -> HttpResponse:
    """Say so in the language just chosen; the front page opens in it too from now on."""
    with translation.override(language or translation.get_language()):
        messages.success(request, _("Your preferences are saved."))
    response = redirect("desk:preferences")
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
