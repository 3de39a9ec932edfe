"""Following: the list of a member of staff, and the pages a visitor reaches from a mail."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from policytracker.desk.access import desk_view
from policytracker.desk.follow_form import FollowForm, MailFollowForm, subject_asked_for
from policytracker.tracking.actions import follows
from policytracker.tracking.actions.digests import mark_read
from policytracker.tracking.models import Follow, MailMessage, Notification, Subscriber

SHOWN = 50
QUESTIONS_AN_HOUR = 300  # confirmation mails to all addresses together: a flood ends in a sentence, not in mailboxes


@require_GET
@desk_view("follow")
def follow_list(request: HttpRequest) -> HttpResponse:
    """What I follow and why, and what changed."""
    mine = [(follow, _form_of(follow)) for follow in Follow.objects.for_list_page(request.user)]
    told = Notification.objects.for_list_page(request.user)[:SHOWN]
    return render(request, "desk/follow_list.html", {"follows": mine, "notifications": told})


@require_POST
@desk_view("follow")
def follow_add(request: HttpRequest) -> HttpResponse:
    """Follow what a page asked for; back to that page."""
    subject = subject_asked_for(request.POST)
    form = FollowForm(request.POST)
    wanted = form.cleaned_data if form.is_valid() else {}
    try:
        me: Any = request.user
        followed, is_new = follows.follow(subject=subject, by=me, at=timezone.now(), **wanted)
    except follows.CannotFollow as refusal:
        messages.error(request, str(refusal))
        return _back(request)
    text = _("You follow “%s” now.") if is_new else _("You follow “%s” already; note and cadence are up to date.")
    messages.success(request, text % followed)
    return _back(request)


@require_POST
@desk_view("follow")
def follow_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change why and how often, or stop."""
    follow = get_object_or_404(Follow, pk=pk, user=request.user)
    if "stop" in request.POST:
        name = str(follow)
        follows.unfollow(follow=follow)
        messages.success(request, _("You no longer follow “%s”.") % name)
        return redirect("desk:follow_list")
    form = _form_of(follow, request.POST)
    if not form.is_valid():
        context = {"follows": [(follow, form)], "notifications": []}
        return render(request, "desk/follow_list.html", context, status=422)
    follows.change_follow(follow=follow, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("desk:follow_list")


@require_POST
@desk_view("follow")
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Mark the notifications that were shown as read."""
    shown = [int(pk) for pk in request.POST.getlist("notification") if pk.isdecimal() and len(pk) < 19]
    me: Any = request.user
    mark_read(notifications=shown, by=me, at=timezone.now())
    return redirect("desk:follow_list")


@csrf_exempt  # no session is read: an address is asked, by mail, whether it wants to
@require_http_methods(["GET", "POST"])
def follow_by_mail(request: HttpRequest) -> HttpResponse:
    """A visitor asks to follow by mail. The answer is the same for every address."""
    asked = request.POST or request.GET
    subject = subject_asked_for(asked)
    form = MailFollowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _questions_in_the_last_hour() >= QUESTIONS_AN_HOUR:
            form.add_error(None, _("Too many people asked for mails just now. Try again in an hour."))
            return _asked_again(request, form, subject, status=429)
        try:
            email, language = form.cleaned_data["email"], get_language() or ""
            follows.subscribe(email=email, subject=subject, language=language, at=timezone.now())
            return render(request, "desk/follow_asked.html", {"subject": subject})
        except follows.CannotFollow as refusal:
            form.add_error("email", str(refusal))
    return _asked_again(request, form, subject, status=422 if request.method == "POST" else 200)


@csrf_exempt  # the token in the address is the proof; there is no session
@require_http_methods(["GET", "POST"])
def follow_confirm(request: HttpRequest, token: UUID) -> HttpResponse:
    """Confirm an address. Opening the link only asks, so that a program that looks at links confirms nothing."""
    subscriber = get_object_or_404(Subscriber, token=token)
    page = "follow_confirm"
    if request.method == "POST":
        follows.confirm(token=token, at=timezone.now())
        page = "follow_confirmed"
    return render(request, f"desk/{page}.html", {"follows": list(subscriber.follows.all())})


@csrf_exempt  # RFC 8058: the mail program posts, without a session
@require_http_methods(["GET", "POST"])
def follow_unsubscribe(request: HttpRequest, token: UUID) -> HttpResponse:
    """End a follow. Opening the link only asks; posting ends it, twice as well as once."""
    follow = Follow.objects.filter(token=token).first()
    name = str(follow) if follow else ""
    page = "follow_unsubscribe"
    if request.method == "POST":
        follows.unsubscribe(token=token)
        page = "follow_ended"
    return render(request, f"desk/{page}.html", {"name": name})


def _form_of(follow: Follow, data: Any = None) -> FollowForm:
    return FollowForm(data, initial={"note": follow.note, "cadence": follow.cadence}, prefix=f"f{follow.pk}")


def _asked_again(request: HttpRequest, form: MailFollowForm, subject: object, *, status: int) -> HttpResponse:
    context = {"form": form, "subject": subject, "asked": request.POST or request.GET}
    response = render(request, "desk/follow_by_mail.html", context, status=status)
    if status == 429:
        response["Retry-After"] = "3600"
    return response


def _questions_in_the_last_hour() -> int:
    since = timezone.now() - timedelta(hours=1)
    return MailMessage.objects.filter(key__startswith="confirm:", created_at__gte=since).count()


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the form stood on, where it is ours; else to the list."""
    target = request.POST.get("next", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return HttpResponseRedirect(target)
    return redirect("desk:follow_list")
