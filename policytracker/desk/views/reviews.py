"""The second pair of eyes: what waits for review, and one assessment with its remarks, rulings and second ratings."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from policytracker.tracking.actions import assessments, ratings, reviews
from policytracker.tracking.actions.refusals import ChangedMeanwhile
from policytracker.tracking.actions.translating import translate_rationale
from policytracker.tracking.models import Assessment, BlindRating, Evidence

from ..access import DeskRequest, desk_view, may, require
from ..forms.assessments import InviteForm, RemarkForm, RulingForm, TranslationForm
from ..paging import page_of
from ..sending import attempt, retype


@require_safe
@desk_view()
def review_list(request: DeskRequest) -> HttpResponse:
    """What waits for review, the longest first; drafts that came back, and what was published last."""
    rows = Assessment.objects.visible_to(request.user).select_related("commitment", "author", "reviewer", "occurrence")
    waiting = rows.filter(stage=Assessment.Stage.SUBMITTED).order_by("submitted_at", "pk")
    context = {
        "waiting": waiting[:100],
        "page": page_of(rows.exclude(stage__in=[Assessment.Stage.SUBMITTED, Assessment.Stage.DISCARDED]), request),
    }
    return render(request, "desk/review_list.html", context)


@desk_view()
def review_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One assessment with all that was said of it; what is done with it is said in `do`."""
    assessment = _assessment(request, pk)
    if request.method != "POST":
        return _draw(request, assessment)
    verb = request.POST.get("do", "")
    if verb not in VERBS:
        messages.warning(request, _("Choose what is to be done with the assessment."))
        return _draw(request, assessment, status=422)
    right, kind, act, said = VERBS[verb]
    require(request.user, right, assessment if right == "publish_assessment" else None)
    form = kind(request.POST)
    if form.is_valid():
        try:
            done = attempt(form, lambda: act(request, assessment, form.cleaned_data))
        except ChangedMeanwhile as change:
            form.add_error(None, str(change))
            retype(form, version=str(change.current.version))
            return _draw(request, _assessment(request, pk), status=409, **{verb: form})
        if done is not None:
            messages.success(request, str(said))
            return redirect("desk:review_detail", pk=pk)
    return _draw(request, assessment, status=422, **{verb: form})


def _assessment(request: DeskRequest, pk: int) -> Assessment:
    """The assessment, unless the user was asked to rate it without seeing it. Raises Http404."""
    rows = Assessment.objects.visible_to(request.user).exclude(stage=Assessment.Stage.DISCARDED)
    joined = rows.select_related(
        "commitment__lead_ministry",
        "commitment__initiative",
        "author",
        "reviewer",
        "occurrence",
        "rubric",
        "supersedes",
    )
    return get_object_or_404(joined.prefetch_related("commitment__criteria", "rulings__made_by"), pk=pk)


def _draw(request: DeskRequest, assessment: Assessment, *, status: int = 200, **forms: Any) -> HttpResponse:
    evidence = Evidence.objects.filter(links__assessment=assessment).select_related("snapshot__article__publisher")
    remark = forms.get("remark") or forms.get("return") or forms.get("publish")
    context = {
        "assessment": assessment,
        "commitment": assessment.commitment,
        "definition": assessment.rubric.statuses.filter(key=assessment.status).first(),
        "evidence": evidence.defer("snapshot__raw", "snapshot__text"),
        "remarks": assessment.remarks.select_related("made_by"),
        "ratings": assessment.blind_ratings.select_related("rater", "adjudication"),
        "remark_form": remark or RemarkForm(initial={"version": assessment.version}),
        "ruling_form": forms.get("withdraw") or forms.get("dispute") or forms.get("uphold") or RulingForm(),
        "invite_form": forms.get("invite") or InviteForm(),
        "translation_form": forms.get("translate") or TranslationForm(),
        "translations": _translations(assessment),
        "is_own": assessment.author_id == request.user.pk,
    }
    return render(request, "desk/review_detail.html", context, status=status)


def _translations(assessment: Assessment) -> list[tuple[str, str]]:
    """The rationale in the other languages it stands in."""
    told = [(code, getattr(assessment, f"rationale_{code}")) for code, _name in settings.LANGUAGES[1:]]
    return [(code, words) for code, words in told if words]


def _translate(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    return translate_rationale(assessment=assessment, **values, by=request.user, at=timezone.now())


def _remark(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    return reviews.remark(assessment=assessment, body=values["body"], by=request.user, at=timezone.now())


def _return(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    return reviews.return_assessment(assessment=assessment, body=values["body"], by=request.user, at=timezone.now())


def _publish(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    return reviews.publish_assessment(
        assessment=assessment, body=values["body"], version=values["version"], by=request.user, at=timezone.now()
    )


def _take_back(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    return assessments.take_back(assessment=assessment, by=request.user, at=timezone.now())


def _ruling(action: Callable[..., Any]) -> Callable[..., Any]:
    def act(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
        return action(assessment=assessment, reason=values["body"], by=request.user, at=timezone.now())

    return act


def _invite(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    rater = User.objects.filter(username=values["rater"].strip(), is_active=True).first()
    if rater is None or not may(rater, "rate_blindly"):
        raise assessments.AssessmentRefused(_("Nobody of that name rates commitments here."), field="rater")
    return ratings.invite_rater(assessment=assessment, rater=rater, by=request.user, at=timezone.now())


def _uninvite(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    pending: BlindRating | None = assessment.blind_ratings.filter(submitted_at__isnull=True).first()
    if pending is not None:
        ratings.withdraw_invitation(rating=pending, by=request.user, at=timezone.now())
    return True


def _adjudicate(request: DeskRequest, assessment: Assessment, values: dict[str, Any]) -> Any:
    for rating in assessment.blind_ratings.filter(submitted_at__isnull=False, adjudication__isnull=True):
        ratings.adjudicate(rating=rating, adjudication=assessment, by=request.user, at=timezone.now())
    return True


# what is done -> right, form, action, what is said of it
VERBS: dict[str, tuple[str, Any, Callable[..., Any], Any]] = {
    "remark": ("draft", RemarkForm, _remark, gettext_lazy("Remark saved.")),
    "return": ("review", RemarkForm, _return, gettext_lazy("Returned to its author.")),
    "publish": ("publish_assessment", RemarkForm, _publish, gettext_lazy("Published.")),
    "take_back": ("draft", RemarkForm, _take_back, gettext_lazy("It is a draft again.")),
    "withdraw": ("review", RulingForm, _ruling(reviews.withdraw_assessment), gettext_lazy("Withdrawn.")),
    "dispute": ("review", RulingForm, _ruling(reviews.dispute_assessment), gettext_lazy("Marked as disputed.")),
    "uphold": ("review", RulingForm, _ruling(reviews.uphold_assessment), gettext_lazy("Upheld.")),
    "translate": ("publish", TranslationForm, _translate, gettext_lazy("Translation saved.")),
    "invite": ("review", InviteForm, _invite, gettext_lazy("Asked for a second rating.")),
    "uninvite": ("review", RemarkForm, _uninvite, gettext_lazy("The invitation was withdrawn.")),
    "adjudicate": ("review", RemarkForm, _adjudicate, gettext_lazy("Settled by this assessment.")),
}
