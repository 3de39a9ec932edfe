"""What is due, and what is late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policytracker.government.models import Commitment
from policytracker.tracking.standing.status import with_open_deadlines

from ..due import calendar_of
from ..pages import public_page


@public_page
def deadlines(request: HttpRequest) -> HttpResponse:
    """Deadlines that passed without a conclusion, and those to come."""
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at).for_list_page()
    calendar = calendar_of(with_open_deadlines(promised, moment), moment)
    return render(request, "public/deadlines.html", {"calendar": calendar})
