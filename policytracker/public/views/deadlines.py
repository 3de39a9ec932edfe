"""What is due, and what is late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.rates import tally_at

from ..due import nearest
from ..keyset import Page
from ..pages import PublicRequest, public_page
from ..records import due_record
from ..twins import SIZE as TWIN_SIZE
from ..twins import format_asked_for, list_twin, twin_links

SHOWN = 100  # of each; the rest is in the list of commitments, by deadline


@public_page
def deadlines(request: PublicRequest) -> HttpResponse:
    """Deadlines that passed without a conclusion, and those to come."""
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at)
    is_twin = bool(format_asked_for(request))
    calendar = nearest(promised, moment, TWIN_SIZE if is_twin else SHOWN)
    if is_twin:
        rows = [due_record(due) for due in (*calendar.overdue, *calendar.ahead)]
        return list_twin(request, Page(rows, "", "", ""), rows, "deadlines")
    context = {
        "calendar": calendar,
        "overdue_count": tally_at(promised, moment).overdue,
        "is_cut": SHOWN in (len(calendar.overdue), len(calendar.ahead)),
        "take": twin_links(request, (_("Calendar"), "../deadlines.ics")),
    }
    return render(request, "public/deadlines.html", context)
