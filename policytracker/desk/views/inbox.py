"""What waits for whoever signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from policytracker.tracking.actions.annotations import mark_read
from policytracker.tracking.actions.preferences import put_aside
from policytracker.tracking.models import Addressee, Preference

from .. import inbox as waiting
from ..access import DeskRequest, desk_view


@require_safe
@desk_view()
def inbox(request: DeskRequest) -> HttpResponse:
    """The sections of work, each with its count and a way to be done with it."""
    preference = Preference.objects.filter(user=request.user).first()
    aside = waiting.aside_of(preference.inbox_done_until if preference else {})
    who = waiting.Who(request.user, request.moment, timezone.now(), aside)
    return render(request, "desk/inbox.html", {"sections": waiting.inbox(who)})


@require_POST
@desk_view()
def inbox_done(request: DeskRequest, key: str) -> HttpResponse:
    """Be done with a section: its notes are read, or it is put aside until something newer comes."""
    if key == "addressed":
        mark_read(addressees=Addressee.objects.filter(user=request.user), at=timezone.now())
    elif key in waiting.ASIDE:
        put_aside(section=key, by=request.user, at=timezone.now())
    else:
        messages.warning(request, _("This part of the inbox is done with by doing its work."))
    return redirect("desk:inbox")
