"""Evidence on a commitment's file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policytracker.tracking.actions.evidence import remove_evidence
from policytracker.tracking.actions.refusals import Refused
from policytracker.tracking.models import Evidence

from ..access import DeskRequest, desk_view


@require_POST
@desk_view("draft")
def evidence_remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a draft piece of evidence off the file; its passage and note stay."""
    evidence = get_object_or_404(Evidence.objects.select_related("commitment"), pk=pk)
    try:
        remove_evidence(evidence=evidence, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken off the file."))
    return redirect("desk:commitment_detail", slug=evidence.commitment.slug)
