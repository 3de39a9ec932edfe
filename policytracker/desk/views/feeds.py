"""Feeds: what we listen to, and how each of them does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles.actions.feeds import add_feed, poll_soon, switch_feed
from articles.models import Feed
from policytracker.desk.access import desk_view
from policytracker.desk.forms.imports import FeedForm


@require_http_methods(["GET", "POST"])
@desk_view("import")
def feed_list(request: HttpRequest) -> HttpResponse:
    """The health of each feed, and the form for a new one."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        feed = add_feed(feed=form.instance, at=timezone.now())
        messages.success(request, _("We listen to “%s” from now on.") % feed)
        return redirect("desk:feed_list")
    feeds = Feed.objects.for_list_page()
    return render(request, "desk/feed_list.html", {"feeds": feeds, "form": form}, status=422 if form.errors else 200)


@require_POST
@desk_view("import")
def feed_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Poll a feed now, or switch it off or on."""
    feed = get_object_or_404(Feed, pk=pk)
    if "poll" in request.POST:
        poll_soon(feed=feed, at=timezone.now())
        messages.success(request, _("“%s” is asked as soon as its site allows.") % feed)
    else:
        switch_feed(feed=feed, is_active="on" in request.POST, at=timezone.now())
        messages.success(request, _("Saved."))
    return redirect("desk:feed_list")
