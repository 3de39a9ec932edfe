"""What we got wrong."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policytracker.tracking.corrections import entries_of, made_by
from policytracker.tracking.ledger import set_back

from ..formats import format_asked_for, size_asked_for
from ..keyset import Order, page_of
from ..linked_data import corrections_data
from ..pages import PublicRequest, public_page
from ..records import record_of
from ..twins import list_twin, twin_links

NEWEST = Order("newest", gettext_lazy("newest first"), "recorded_at", is_descending=True, kind="moment")


@public_page
def corrections(request: PublicRequest) -> HttpResponse:
    """Every change to something published: what it was, what it is, and why."""
    made = made_by(request.moment)
    page = page_of(made, NEWEST, request.GET, size=size_asked_for(request))
    set_back(page.rows, request.moment)
    entries = entries_of(page.rows)
    told = [entry.correction for entry in entries]
    if format_asked_for(request):
        return list_twin(request, page, map(record_of, told), "corrections")
    context = {
        "page": page,
        "linked_data": corrections_data(told),
        "entries": entries,
        "take": twin_links(request, (_("Feed"), "feed.atom")),
        "feeds": [(_("Corrections"), "feed.atom")],
    }
    return render(request, "public/corrections.html", context)
