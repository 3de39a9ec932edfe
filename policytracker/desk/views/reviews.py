"""The second pair of eyes: what waits for review, and each assessment with what may be done to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from policytracker.tracking.actions import assessments, reviews
from policytracker.tracking.models import Assessment

from ..access import desk_view, require
from ..forms.assessments import ReviewForm
from ..sending import attempt

Stage = Assessment.Stage
SHOWN = 100

# what is asked for -> the right it needs, the action, what is said afterwards
Deed = tuple[str, Callable[..., Any], Any]
DEEDS: dict[str, Deed] = {
    "remark": ("annotate", lambda **k: reviews.remark(**k), gettext_lazy("Remark saved.")),
    "return": ("review", lambda **k: reviews.return_assessment(**k), gettext_lazy("Returned to its author.")),
    "publish": ("review", lambda **k: reviews.publish_assessment(**k), gettext_lazy("Published.")),
    "take_back": (
        "draft",
        lambda *, body, **k: assessments.take_back(**k),
        gettext_lazy("It is a draft again."),
    ),
    "withdraw": (
        "review",
        lambda *, body, **k: reviews.withdraw_assessment(reason=body, **k),
        gettext_lazy("Withdrawn: what stood before stands again."),
    ),
    "dispute": (
        "review",
        lambda *, body, **k: reviews.dispute_assessment(reason=body, **k),
        gettext_lazy("Marked as disputed."),
    ),
    "uphold": (
        "review",
        lambda *, body, **k: reviews.uphold_assessment(reason=body, **k),
        gettext_lazy("Marked as looked at again, and upheld."),
    ),
}


@require_safe
@desk_view()
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits for review, what is mine and not finished, and what was published last."""
    me: Any = request.user
    rows = Assessment.objects.visible_to(me).select_related("commitment", "author", "reviewer")
    rows = rows.order_by("submitted_at", "pk")
    context = {
        "waiting": rows.filter(stage=Stage.SUBMITTED).exclude(author=me)[:SHOWN],
        "mine": rows.filter(author=me, stage__in=[*assessments.OPEN_STAGES, Stage.SUBMITTED])[:SHOWN],
        "published": rows.published().order_by("-recorded_at")[:20],
    }
    return render(request, "desk/review_list.html", context)


@desk_view()
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment with its evidence and remarks; `do` says what is done to it."""
    rows = Assessment.objects.visible_to(request.user).select_related(
        "commitment__lead_ministry", "author", "reviewer", "occurrence", "rubric"
    )
    assessment = get_object_or_404(rows.exclude(stage=Stage.DISCARDED), pk=pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            form.add_error(None, _("Choose what to do."))
        elif form.is_valid() and _do(request, form, assessment, deed):
            return redirect("desk:review_detail", pk=assessment.pk)
        return _draw(request, assessment, form, status=422)
    return _draw(request, assessment, form)


def _do(request: HttpRequest, form: ReviewForm, assessment: Assessment, deed: Deed) -> bool:
    right, action, said = deed
    require(request.user, right)
    body = form.cleaned_data["body"]
    done = attempt(form, lambda: action(assessment=assessment, body=body, by=request.user, at=timezone.now()))
    if done is not None:
        messages.success(request, str(said))
    return done is not None


def _draw(request: HttpRequest, assessment: Assessment, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    cited = assessment.evidence.select_related("snapshot__article__publisher").defer("snapshot__raw", "snapshot__text")
    stands = assessment.commitment.assessments.published().visible_to(request.user).exclude(pk=assessment.pk)
    context = {
        "assessment": assessment,
        "commitment": assessment.commitment,
        "definition": assessment.rubric.statuses.filter(key=assessment.status).first(),
        "evidence": list(cited),
        "remarks": list(assessment.remarks.select_related("made_by")),
        "rulings": list(assessment.rulings.select_related("made_by")),
        "last": stands.order_by("-effective_from", "-recorded_at").first(),
        "criteria": list(assessment.commitment.criteria.all()),
        "form": form,
        "is_mine": assessment.author_id == request.user.pk,
    }
    return render(request, "desk/review_detail.html", context, status=status)
