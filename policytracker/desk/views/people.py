"""Who works here, whom an admin has asked to, and how those answer."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from policytracker.tracking.actions import invitations as actions
from policytracker.tracking.actions import people
from policytracker.tracking.models import Invitation

from ..access import PUBLISHING, DeskRequest, desk_view, may_by_role
from ..forms.people import AcceptForm, InvitationForm, RolesForm
from ..sending import attempt

MOST_SESSIONS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("invite")
def people_list(request: DeskRequest) -> HttpResponse:
    """Who works here with which roles, the open invitations, and a form for another one."""
    form = InvitationForm(request.POST if request.method == "POST" else None, initial={"groups": [], "language": "en"})
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: actions.invite(**form.cleaned_data, by=request.user, at=timezone.now()))
        if made is not None:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": made.email})
            return redirect("desk:people_list")
    working = User.objects.filter(groups__isnull=False).distinct().select_related("preference")
    context = {
        "form": form,
        "people": working.prefetch_related("groups")
        .annotate(has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk")).exclude(type="recovery_codes")))
        .order_by("username"),
        "invitations": Invitation.objects.for_list_page(),
        "now": timezone.now(),
    }
    return render(request, "desk/people_list.html", context, status=422 if form.is_bound else 200)


DONE = {
    "close": (people.close_account, gettext_lazy("%(name)s is let in no more; all sessions have ended.")),
    "open": (people.open_account, gettext_lazy("%(name)s can sign in again.")),
    "sign_out": (people.sign_out_everywhere, gettext_lazy("%(name)s is signed out everywhere.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("invite")
def person_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One person: their roles, which are changed here; closing, opening and signing out of the account."""
    person = get_object_or_404(User.objects.select_related("preference"), pk=pk)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"groups": person.groups.all()})
    if request.POST.get("do") in DONE:
        return _do(request, person, request.POST["do"])
    if form.is_bound and form.is_valid():
        groups = list(form.cleaned_data["groups"])
        changed = attempt(form, lambda: people.change_roles(person=person, groups=groups, by=request.user))
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect("desk:people_list")
    context = {
        "person": person,
        "form": form,
        "sessions": UserSession.objects.filter(user=person).order_by("-last_seen_at")[:MOST_SESSIONS],
        "factors": Authenticator.objects.filter(user=person).exclude(type="recovery_codes"),
    }
    return render(request, "desk/person_detail.html", context, status=422 if form.is_bound else 200)


def _do(request: DeskRequest, person: User, what: str) -> HttpResponse:
    action, said = DONE[what]
    try:
        action(person=person, by=request.user)
    except people.NotYours as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"name": person.get_full_name() or person.get_username()})
    return redirect("desk:person_detail", pk=person.pk)


@require_POST
@desk_view("invite")
def invitation_change(request: DeskRequest, pk: int) -> HttpResponse:
    """Send an open invitation once more, with a new link, or withdraw it."""
    invitation = get_object_or_404(Invitation.objects.open(), pk=pk)
    if "withdraw" in request.POST:
        actions.withdraw_invitation(invitation=invitation, by=request.user, at=timezone.now())
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
        return redirect("desk:people_list")
    try:
        actions.invite(
            email=invitation.email,
            groups=list(invitation.groups.all()),
            language=invitation.language,
            by=request.user,
            at=timezone.now(),
        )
    except actions.CannotInvite as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invitation.email})
    return redirect("desk:people_list")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Who was invited chooses a name and a password, and is signed in."""
    response = _accept(request, token)
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "no-referrer"  # the address is a key
    response["X-Robots-Tag"] = "noindex"
    return response


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = actions.invitation_of(token, at=timezone.now())
    if invitation is None:
        return render(request, "desk/invitation_over.html", status=410)
    form = AcceptForm(request.POST if request.method == "POST" else None, email=invitation.email)
    if form.is_bound and form.is_valid():
        made = attempt(
            form, lambda: actions.accept_invitation(invitation=invitation, **form.cleaned_data, at=timezone.now())
        )
        if made is not None:
            return _welcome(request, made)
    context = {"form": form, "invitation": invitation}
    return render(request, "desk/invitation_accept.html", context, status=422 if form.is_bound else 200)


def _welcome(request: HttpRequest, user: Any) -> HttpResponse:
    messages.success(request, _("Welcome. This is where work waits for you."))
    needs_factor = settings.REVIEW_REQUIRES_MFA and any(may_by_role(user, right) for right in PUBLISHING)
    target = "mfa_index" if needs_factor else "desk:inbox"
    return perform_login(request, user, email_verification="none", redirect_url=reverse(target))
