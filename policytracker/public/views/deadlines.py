"""What is due, and what is late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.standing.status import with_open_deadlines

from ..due import calendar_of
from ..keyset import Page
from ..pages import PublicRequest, public_page
from ..records import due_record
from ..twins import format_asked_for, list_twin, twin_links


@public_page
def deadlines(request: PublicRequest) -> HttpResponse:
    """Deadlines that passed without a conclusion, and those to come."""
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at).for_list_page()
    calendar = calendar_of(with_open_deadlines(promised, moment), moment)
    if format_asked_for(request):
        rows = [due_record(due) for due in (*calendar.overdue, *calendar.ahead)]
        return list_twin(request, Page(rows, "", "", ""), rows, "deadlines")
    take = twin_links(request, (_("Calendar"), "../deadlines.ics"))
    return render(request, "public/deadlines.html", {"calendar": calendar, "take": take})
