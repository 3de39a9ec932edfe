"""What waits for whoever signed in."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from policytracker.tracking.actions import digests
from policytracker.tracking.actions.annotations import mark_read
from policytracker.tracking.actions.preferences import put_aside, put_row_aside
from policytracker.tracking.models import Addressee, Notification, Preference

from .. import inbox_record as record
from .. import inbox_work as work
from ..access import DeskRequest, desk_view
from ..inbox import Who, aside_of

SECTIONS = {
    "addressed": work.addressed,
    "reviews": work.reviews,
    "ratings": work.ratings,
    "drafts": work.drafts,
    "articles": work.new_articles,
    "followed": work.followed,
    "deadlines": record.deadlines,
    "dormant": record.dormant,
    "rotted": record.rotted,
    "reports": work.reports,
    "releases": work.releases,
    "mine": work.mine,
}
LONGEST_KEY = 40


@require_safe
@desk_view()
def inbox(request: DeskRequest) -> HttpResponse:
    """The sections of work, those with something in them first, each with its count and a way to be done with it."""
    preference = Preference.objects.filter(user=request.user).first()
    aside = aside_of(preference.inbox_done_until if preference else {})
    who = Who(request.user, request.moment, aside, shows_all="all" in request.GET)
    sections = [section for build in SECTIONS.values() if (section := build(who)) is not None]
    context = {"sections": sorted(sections, key=lambda section: not section.count), "shows_all": who.shows_all}
    return render(request, "desk/inbox.html", context)


@require_POST
@desk_view()
def inbox_done(request: DeskRequest, key: str) -> HttpResponse:
    """Be done with a section, or with the one line that `row` names: read, or put aside until it changes."""
    row, at = request.POST.get("row", "")[:LONGEST_KEY].replace("\x00", ""), timezone.now()
    if key not in SECTIONS:
        raise Http404
    if key == "addressed":
        mark_read(addressees=_of(row, Addressee.objects.filter(user=request.user)), at=at)
    elif key == "followed":
        shown = _of(row, Notification.objects.unread_by(request.user))
        digests.mark_read(notifications=shown.values_list("pk", flat=True), by=request.user, at=at)
    elif row:
        put_row_aside(section=key, row=row, by=request.user, at=at)
    else:
        put_aside(section=key, by=request.user, at=at)
    messages.success(request, _("Done. It waits here again once it changes."))
    return redirect("desk:inbox")


def _of(row: str, rows: QuerySet) -> QuerySet:
    """The row of that number; all of them where none is named."""
    return rows.filter(pk=row) if row.isdecimal() and len(row) < 19 else rows
