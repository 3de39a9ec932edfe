"""What is due, and what is late."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.rates import scoreboard_and_near

from .. import formats
from ..due import calendar_near, open_page
from ..formats import format_asked_for
from ..keyset import Order, Page, place_asked_for, url_after
from ..pages import NotThere, PublicRequest, public_page
from ..records import due_record
from ..twins import list_twin, twin_links

BY_DAY = Order("due", "", "day", kind="date")
SHOWN = 100  # of each; the rest is in the list of commitments, by deadline


@public_page
def deadlines(request: PublicRequest) -> HttpResponse:
    """Deadlines that passed without a conclusion, and those to come."""
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at)
    if format_asked_for(request):
        return _twin(request, promised)
    tallies, near = scoreboard_and_near(promised, moment, limit=SHOWN + 1)
    calendar = calendar_near(promised, moment, near, SHOWN)
    context = {
        "calendar": calendar,
        "overdue_count": sum(tally.overdue for tally in tallies.values()),
        "is_cut": calendar.is_cut,
        "take": twin_links(request, (_("Feed"), "feed.atom"), (_("Calendar"), "deadlines.ics")),
        "feeds": [(_("Deadlines"), "feed.atom")],
    }
    return render(request, "public/deadlines.html", context)


def _twin(request: PublicRequest, promised: QuerySet[Commitment]) -> HttpResponse:
    """Every open deadline, by day, a thousand commitments a page."""
    after = place_asked_for(request.GET, BY_DAY)
    rows, following = open_page(promised, request.moment, after or (date.min, 0), formats.SIZE)
    if after and not rows:
        raise NotThere(_("The list ends before this page. Start again from its first page."))
    older_url = url_after(request.GET, following) if following else ""
    return list_twin(request, Page(rows, "", older_url, ""), map(due_record, rows), "deadlines")
