"""What we got wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from policytracker.tracking.models import Correction

from ..keyset import Order, page_of
from ..pages import public_page

NEWEST = Order("newest", _("newest first"), "recorded_at", is_descending=True, kind="moment")


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """Every change to something published: what it was, what it is, and why."""
    made = Correction.objects.filter(recorded_at__lte=request.moment.known_at).select_related(
        "commitment", "initiative", "ministry", "official"
    )
    return render(request, "public/corrections.html", {"page": page_of(made, NEWEST, request.GET)})
