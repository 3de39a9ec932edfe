"""Assessing a commitment: a draft that is saved as one types, and handed to a reviewer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.actions import assessments as actions
from policytracker.tracking.models import Assessment
from policytracker.tracking.standing import standing

from ..access import desk_view
from ..commitment_page import evidence_of
from ..forms.assessments import AssessmentForm, initial_of
from ..sending import attempt, key_of
from .commitments import commitment_at


@desk_view("draft")
def commitment_assess(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, with one's own open draft in it; `do` saves, submits or discards."""
    commitment = commitment_at(slug)
    draft = _draft_of(request, commitment)
    form = _form(request, commitment, draft)
    if request.method != "POST":
        return _draw(request, commitment, form, draft)
    if request.POST.get("do") == "discard" and draft is not None:
        return _discard(request, draft)
    saved = attempt(form, lambda: _save(request, form, commitment, draft)) if form.is_valid() else None
    if saved is None and draft is not None and _was_saved_meanwhile(form, draft):
        return _draw(request, commitment, form, draft, status=409, theirs=draft)
    if "HX-Request" in request.headers:
        return _state(request, form, saved)
    if saved is None:
        return _draw(request, commitment, form, draft, status=422)
    return _after(request, commitment, form, saved)


def _draft_of(request: HttpRequest, commitment: Commitment) -> Assessment | None:
    """The open draft that the form names, or the latest of this author."""
    mine = Assessment.objects.filter(commitment=commitment, author=request.user, stage__in=actions.OPEN_STAGES)
    named = request.POST.get("draft", "")
    if request.method == "POST":
        return mine.filter(pk=named).first() if named.isdecimal() and len(named) < 19 else None
    return mine.order_by("-edited_at", "-pk").first()


def _form(request: HttpRequest, commitment: Commitment, draft: Assessment | None) -> AssessmentForm:
    rubric = draft.rubric if draft else actions.rubric_in_force(on=timezone.localdate())
    initial = initial_of(draft) if draft else {}
    return AssessmentForm(request.POST or None, initial=initial, commitment=commitment, rubric=rubric)


def _save(request: HttpRequest, form: AssessmentForm, commitment: Commitment, draft: Assessment | None) -> Assessment:
    me: Any = request.user
    at = timezone.now()
    if draft is None:
        return actions.draft_assessment(
            commitment=commitment,
            conclusion=form.conclusion,
            occurrence=form.cleaned_data["occurrence"],
            by=me,
            at=at,
            key=key_of(request),
        )
    version = form.cleaned_data["version"] or draft.version
    return actions.save_draft(assessment=draft, version=version, conclusion=form.conclusion, by=me, at=at)


def _was_saved_meanwhile(form: AssessmentForm, draft: Assessment) -> bool:
    draft.refresh_from_db()
    return form.is_bound and form.cleaned_data.get("version") not in (None, draft.version)


def _after(request: HttpRequest, commitment: Commitment, form: AssessmentForm, saved: Assessment) -> HttpResponse:
    """Submit what was saved, where that was asked for; a refusal leaves the saved draft and says what is missing."""
    me: Any = request.user
    if request.POST.get("do") != "submit":
        messages.success(request, _("Draft saved. Only the desk sees it."))
        return redirect("desk:commitment_assess", slug=commitment.slug)
    submitted = attempt(form, lambda: actions.submit_assessment(assessment=saved, by=me, at=timezone.now()))
    if submitted is None:
        form.data = form.data.copy() | {"draft": saved.pk, "version": saved.version}
        return _draw(request, commitment, form, saved, status=422)
    messages.success(request, _("Submitted. Somebody else checks it before it is public."))
    return redirect("desk:review_detail", pk=saved.pk)


def _discard(request: HttpRequest, draft: Assessment) -> HttpResponse:
    me: Any = request.user
    actions.discard_draft(assessment=draft, by=me, at=timezone.now())
    messages.success(request, _("Draft discarded."))
    return redirect("desk:commitment_detail", slug=draft.commitment.slug)


def _state(request: HttpRequest, form: AssessmentForm, saved: Assessment | None) -> HttpResponse:
    """What the form shows after it was saved as one typed: which draft it is now, and when."""
    return render(request, "desk/_draft_state.html", {"form": form, "saved": saved, "at": timezone.now()})


def _draw(
    request: HttpRequest,
    commitment: Commitment,
    form: AssessmentForm,
    draft: Assessment | None,
    *,
    status: int = 200,
    theirs: Assessment | None = None,
) -> HttpResponse:
    told = commitment.assessments.published().visible_to(request.user).select_related("author", "reviewer")
    context = {
        "commitment": commitment,
        "form": form,
        "draft": draft,
        "theirs": theirs,
        "evidence": evidence_of(commitment),
        "cited": _cited(form),
        "criteria": list(commitment.criteria.all()),
        "standing": standing(commitment, request.moment),  # type: ignore[attr-defined]
        "last": told.order_by("-effective_from", "-recorded_at").first(),
        "remarks": list(draft.remarks.select_related("made_by")) if draft else [],
        "here": reverse("desk:commitment_assess", args=[commitment.slug]),
    }
    return render(request, "desk/commitment_assess.html", context, status=status)


def _cited(form: AssessmentForm) -> set[int]:
    chosen = form["evidence"].value() or []
    return {int(pk) for pk in chosen if str(pk).isdecimal()}
