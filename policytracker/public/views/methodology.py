"""How we judge: written from the rubric in force, so that page and practice are one."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from policytracker.tracking.models import Assessment, Rubric, RubricStatus

from ..pages import PublicRequest, public_page


@public_page
def methodology(request: PublicRequest) -> HttpResponse:
    """The statuses with their definitions, what each needs, and the rules behind them."""
    rubrics = list(Rubric.objects.filter(in_force_from__lte=request.moment.as_of))
    rubric = rubrics[-1] if rubrics else None
    context = {
        "rubric": rubric,
        "earlier": rubrics[:-1],
        "statuses": RubricStatus.objects.filter(rubric=rubric),
        "dormant_after": settings.DORMANT_AFTER_DAYS,
        "due_soon": settings.DUE_SOON_DAYS,
        "reasons": [label for value, label in Assessment.ReasonCode.choices if value],
    }
    return render(request, "public/methodology.html", context)
