"""What was typed before the session ended."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from .. import kept_forms
from ..access import DeskRequest, desk_view


@desk_view()
def kept_form(request: DeskRequest) -> HttpResponse:
    """The kept form, to be sent now or dropped."""
    kept = kept_forms.kept_form(request)
    if kept is None:
        return redirect("desk:inbox")
    if request.method == "POST":
        kept_forms.forget_form(request)
        messages.info(request, _("The text was dropped."))
        return redirect("desk:inbox")
    shown = [value for name, value in kept["fields"] if name not in HIDDEN and value.strip()]
    return render(request, "desk/kept_form.html", {"kept": kept, "shown": shown})


@require_GET
@desk_view()
def form_token(request: DeskRequest) -> HttpResponse:
    """A fresh token for forms that were drawn before somebody signed in again."""
    return JsonResponse({"token": get_token(request)})


HIDDEN = {"start", "end", "prefix", "suffix", "snapshot", "submission_key", "version"}
