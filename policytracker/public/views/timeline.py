"""Everything by date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from policytracker.tracking.timeline import EVERYTHING

from ..pages import public_page
from ..rail import shown_timeline


@public_page
def timeline(request: HttpRequest) -> HttpResponse:
    """All that happened, in order of date."""
    return render(request, "public/timeline.html", {"shown": shown_timeline(request, EVERYTHING)})
