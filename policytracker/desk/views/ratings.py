"""Second ratings: what somebody was asked to rate without seeing the first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from policytracker.tracking.actions.ratings import submit_rating
from policytracker.tracking.models import BlindRating

from ..access import DeskRequest, desk_view
from ..commitment_page import evidence_of
from ..forms.assessments import RatingForm
from ..sending import attempt


@desk_view("rate_blindly")
def rating_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """The commitment, its criteria and its file, and a form for one's own status; the first rating is not told."""
    rows = BlindRating.objects.select_related("assessment__commitment__lead_ministry", "assessment__rubric")
    rating = get_object_or_404(rows, pk=pk, rater=request.user)
    form = RatingForm(request.POST or None, rubric=rating.assessment.rubric)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = attempt(
            form,
            lambda: submit_rating(
                rating=rating,
                status=values["status"],
                rationale=values["rationale"],
                by=request.user,
                at=timezone.now(),
            ),
        )
        if done is not None:
            messages.success(request, _("Thank you. Your rating is final; now you can read the first."))
            return redirect("desk:review_detail", pk=rating.assessment_id)
    commitment = rating.assessment.commitment
    context = {"rating": rating, "commitment": commitment, "form": form, "evidence": evidence_of(commitment)}
    return render(request, "desk/rating_detail.html", context, status=422 if form.is_bound else 200)
