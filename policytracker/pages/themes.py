"""The reader's choice of light or dark. No cookie is set until somebody chooses."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dark")
ONE_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest) -> str:
    """ "light", "dark", or "" where the device decides."""
    theme = request.COOKIES.get(COOKIE, "")
    return theme if theme in THEMES else ""


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every template may ask: the theme."""
    return {"theme": chosen_theme(request)}


# Without a CSRF token on purpose: public pages carry none, and all this can do is set one's own colours.
@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponseRedirect:
    """Remember the theme and go back to the page; an unknown one forgets the choice."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if is_ours else "/")
    chosen = request.POST.get(COOKIE, "")
    if chosen in THEMES:
        response.set_cookie(COOKIE, chosen, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
