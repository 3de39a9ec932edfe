"""How a promise was worded from one statement to the next: the machine proposes what changed, an analyst says it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policytracker.tracking.actions.drift import confirm_drift
from policytracker.tracking.actions.refusals import Refused
from policytracker.tracking.models import Statement

from ..access import DeskRequest, desk_view, require

LONGEST_NOTE = 1_000


@require_POST
@desk_view("draft")
def drift_confirm(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    """Say how a statement differs from the one before; said of a public one it is public, said anew a correction."""
    statement = get_object_or_404(Statement, pk=pk, commitment__slug=slug)
    if statement.is_published:
        require(request.user, "correct" if statement.drift else "publish")
    drift, note = request.POST.get("drift", ""), request.POST.get("note", "")[:LONGEST_NOTE]
    try:
        confirm_drift(statement=statement, drift=drift, note=note, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("desk:commitment_detail", slug=slug)
