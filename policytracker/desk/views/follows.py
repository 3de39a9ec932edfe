"""Following: the list of a member of staff, and the pages a visitor reaches from a mail."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from policytracker.desk.access import DeskRequest, desk_view, may
from policytracker.desk.follow_form import FollowForm, MailFollowForm, SearchFollowForm, subject_asked_for
from policytracker.tracking.actions import follows
from policytracker.tracking.actions.digests import mark_read, mark_unread
from policytracker.tracking.models import Follow, MailMessage, Notification, Subscriber

SHOWN = 50
QUESTIONS_AN_HOUR = 300  # confirmation mails to all addresses together: a flood ends in a sentence, not in mailboxes


@require_GET
@desk_view("follow")
def follow_list(request: DeskRequest) -> HttpResponse:
    """What I follow and why, and what changed."""
    return _draw_list(request)


def _draw_list(request: DeskRequest, *, search_form: SearchFollowForm | None = None, status: int = 200) -> HttpResponse:
    mine = [(follow, _form_of(follow)) for follow in Follow.objects.for_list_page(request.user)]
    told = list(Notification.objects.for_list_page(request.user)[:SHOWN])
    context = {
        "follows": mine,
        "notifications": told,
        "unread": sum(1 for each in told if each.read_at is None),
        "search_form": search_form or SearchFollowForm(auto_id="id_new_%s"),
    }
    return render(request, "desk/follow_list.html", context, status=status)


@require_POST
@desk_view("follow")
def follow_add(request: DeskRequest) -> HttpResponse:
    """Follow what a page asked for; back to that page."""
    subject = subject_asked_for(request.POST)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _draw_add(request, form, subject, status=422)
    try:
        followed, is_new = follows.follow(subject=subject, by=request.user, at=timezone.now(), **form.cleaned_data)
    except follows.CannotFollow as refusal:
        form.add_error(None, str(refusal))
        return _draw_add(request, form, subject, status=422)
    text = _("You follow “%s” now.") if is_new else _("You follow “%s” already; note and cadence are up to date.")
    messages.success(request, text % followed)
    return _back(request)


def _draw_add(request: HttpRequest, form: FollowForm, subject: object, *, status: int = 200) -> HttpResponse:
    """The form to follow one thing, with what was typed."""
    if isinstance(subject, str) and status == 422:
        search_form = SearchFollowForm(request.POST, auto_id="id_new_%s")
        for sentence in form.non_field_errors():
            search_form.add_error("search", sentence)
        return _draw_list(request, search_form=search_form, status=status)  # type: ignore[arg-type]
    context = {"form": form, "subject": subject, "asked": request.POST or request.GET}
    return render(request, "desk/follow_new.html", context, status=status)


@require_POST
@desk_view("follow")
def follow_change(request: DeskRequest, pk: int) -> HttpResponse:
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
        return render(request, "desk/follow_list.html", context | {"search_form": None}, status=422)
    told = form.cleaned_data
    follows.change_follow(follow=follow, note=told["note"], cadence=told["cadence"] or follow.cadence)
    messages.success(request, _("Saved."))
    return redirect("desk:follow_list")


@require_POST
@desk_view("follow")
def notifications_read(request: DeskRequest) -> HttpResponse:
    """Mark the notifications that were shown as read; or the `one` whose button was pressed, as read or unread."""
    one, at = request.POST.get("one", ""), timezone.now()
    given = [one.removeprefix("un")] if one else request.POST.getlist("notification")
    chosen = [int(pk) for pk in given if pk.isdecimal() and len(pk) < 19]
    if one.startswith("un"):
        mark_unread(notifications=chosen, by=request.user)
    else:
        mark_read(notifications=chosen, by=request.user, at=at)
    return redirect("desk:follow_list")


@csrf_exempt  # nothing is done for whoever is signed in: an address is asked, by mail, whether it wants to
@require_http_methods(["GET", "POST"])
def follow_by_mail(request: HttpRequest) -> HttpResponse:
    """A visitor asks to follow by mail. The answer is the same for every address.

    Whoever is signed in at the desk comes here from the same public pages, and follows with the account instead.
    """
    asked = request.POST or request.GET
    subject = subject_asked_for(asked)
    if request.method == "GET" and may(request.user, "follow"):
        response = _draw_add(request, FollowForm(), subject)
        patch_cache_control(response, private=True, no_store=True)
        return response
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
