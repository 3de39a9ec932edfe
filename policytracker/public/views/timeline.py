"""Everything by date."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.tracking.timeline import EVERYTHING, activity_of

from ..feeds import feed_url
from ..formats import format_asked_for
from ..pages import PublicRequest, public_page
from ..progress import activity_by_month
from ..rail import shown_timeline
from ..records import line_record
from ..twins import list_twin, twin_links

MONTHS = 24


@public_page
def timeline(request: PublicRequest) -> HttpResponse:
    """All that happened, in order of date."""
    shown = shown_timeline(request, EVERYTHING)
    if format_asked_for(request):
        return list_twin(request, shown.pages, map(line_record, shown.lines), "timeline")
    months = activity_of(EVERYTHING, request.moment, months=MONTHS)
    context = {
        "shown": shown,
        "activity": activity_by_month(months, request.moment, request.path),
        "take": twin_links(request, (_("Feed"), feed_url(request))),
        "feeds": [(_("Changes"), feed_url(request))],
    }
    return render(request, "public/timeline.html", context)
