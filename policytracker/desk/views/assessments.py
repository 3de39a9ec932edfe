"""Assessing a commitment: a draft that is saved as one types, and handed to the reviewers when it is ready."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.actions import assessments as actions
from policytracker.tracking.actions.refusals import ChangedMeanwhile
from policytracker.tracking.models import Assessment, ClosingRound, Submission

from ..access import DeskRequest, desk_view
from ..assessing import Page, assessing
from ..forms.assessments import DraftForm, SubmitForm, initial_of
from ..numbers import number_in
from ..sending import attempt, key_of, retype
from .commitments import commitment_at


@desk_view("draft")
def commitment_assess(request: DeskRequest, slug: str) -> HttpResponse:
    """Draft, submit or discard one's assessment of a commitment, or of one of its periods (`occurrence`)."""
    commitment = commitment_at(slug)
    occurrence = _occurrence(request, commitment)
    page = assessing(commitment, occurrence, request.user, request.moment)
    if request.method != "POST":
        return _draw(request, page, _form(DraftForm, page))
    if request.POST.get("do") == "discard":
        return _discard(request, page)
    is_submitted = request.POST.get("do") == "submit"
    form = _form(SubmitForm if is_submitted else DraftForm, page, request.POST)
    if not form.is_valid():
        return _refuse(request, page, form)
    try:
        draft = attempt(form, lambda: _save(request, form, page))
    except ChangedMeanwhile as change:
        return _show_both(request, page, form, change)
    if draft is None:
        return _refuse(request, page, form)
    if not is_submitted:
        return _saved(request, page, draft)
    return _submit(request, page, form, draft)


def _occurrence(request: DeskRequest, commitment: Commitment) -> Occurrence | None:
    number = request.GET.get("occurrence", "")
    if not number:
        return None
    return get_object_or_404(commitment.occurrences, pk=number_in(number))


def _closing(request: DeskRequest, page: Page) -> ClosingRound | None:
    """The open closing round of the commitment's government, where this is to be its closing assessment (`closing`)."""
    if "closing" not in request.GET or page.occurrence is not None:
        return None
    return ClosingRound.objects.filter(government=page.commitment.government_id, closed_at=None).first()


def _form(kind: type[DraftForm], page: Page, data: Any = None) -> DraftForm:
    initial: dict[str, Any] = {"effective_from": timezone.localdate(), "seen": page.seen}
    if page.draft is not None:
        initial |= initial_of(page.draft)
    else:
        initial["evidence"] = [piece.pk for piece in page.news if piece.dated_on >= page.commitment.made_on]
    return kind(data, initial=initial, commitment=page.commitment, rubric=page.rubric, standing=page.published)


def _save(request: DeskRequest, form: DraftForm, page: Page) -> Assessment:
    """Save what was typed: into the draft that the form names, or into a new one."""
    at, key, number = timezone.now(), key_of(request), form.cleaned_data["draft"]
    closing = _closing(request, page)
    if number is not None:
        draft = Assessment.objects.filter(pk=number, author=request.user, commitment=page.commitment).first()
        version = form.cleaned_data["version"] or 0
        if draft is None:
            raise actions.AssessmentRefused(_("This draft is not there any more. Copy what you wrote."))
    else:
        is_own_second_try = key is not None and Submission.objects.filter(key=key, by=request.user).exists()
        if page.draft is not None and not is_own_second_try:
            raise ChangedMeanwhile(
                _("You have another draft of this, opened elsewhere. Both are below."), current=page.draft
            )
        draft = actions.draft_assessment(
            commitment=page.commitment,
            occurrence=page.occurrence,
            supersedes=form.cleaned_data["supersedes"],
            closing_round=closing,
            conclusion=form.conclusion,
            by=request.user,
            at=at,
            key=key,
        )
        if not is_own_second_try:
            return draft
        version = draft.version
    return actions.save_draft(
        assessment=draft,
        version=version,
        conclusion=form.conclusion,
        by=request.user,
        at=at,
        closing_round=closing,
    )


def _submit(request: DeskRequest, page: Page, form: DraftForm, draft: Assessment) -> HttpResponse:
    retype(form, draft=str(draft.pk), version=str(draft.version))
    if page.seen > (form.cleaned_data["seen"] or 0) and "seen" in request.POST:
        retype(form, seen=str(page.seen))
        form.add_error(None, _("Somebody published an assessment meanwhile. Read it, then submit yours again."))
        return _draw(request, page, form, status=409, newer=page.last)
    submitted = attempt(form, lambda: actions.submit_assessment(assessment=draft, by=request.user, at=timezone.now()))
    if submitted is None:
        return _refuse(request, page, form)
    messages.success(request, _("Submitted. Somebody else checks it before it is public."))
    return redirect("desk:review_detail", pk=submitted.pk)


def _saved(request: DeskRequest, page: Page, draft: Assessment) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "desk/_draft_state.html", {"draft": draft, "is_answer": True})
    messages.success(request, _("Draft saved."))
    return redirect(_address(page))


def _discard(request: DeskRequest, page: Page) -> HttpResponse:
    if page.draft is not None:
        actions.discard_draft(assessment=page.draft, by=request.user, at=timezone.now())
        messages.info(request, _("The draft was put aside."))
    return redirect("desk:commitment_detail", slug=page.commitment.slug)


def _refuse(request: DeskRequest, page: Page, form: DraftForm) -> HttpResponse:
    if request.headers.get("HX-Request"):
        context = {"problem": _("Not saved yet: %(why)s") % {"why": _first_error(form)}}
        return render(request, "desk/_draft_state.html", context, status=422)
    return _draw(request, page, form, status=422)


def _first_error(form: DraftForm) -> str:
    return next((str(error) for errors in form.errors.values() for error in errors), "")


def _show_both(request: DeskRequest, page: Page, form: DraftForm, change: ChangedMeanwhile) -> HttpResponse:
    """Both versions side by side; what was typed stays in the form, and saving it again is meant."""
    current: Assessment = change.current
    if request.headers.get("HX-Request"):
        problem = _("This draft was saved elsewhere meanwhile. Press “Save draft” to see both versions.")
        return render(request, "desk/_draft_state.html", {"problem": problem}, status=409)
    form.add_error(None, str(change))
    retype(form, draft=str(current.pk), version=str(current.version))
    return _draw(request, page, form, status=409, current=current)


def _draw(request: DeskRequest, page: Page, form: DraftForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    context = {"page": page, "commitment": page.commitment, "form": form, "draft": page.draft} | extra
    context["closing"] = _closing(request, page)
    return render(request, "desk/commitment_assess.html", context, status=status)


def _address(page: Page) -> str:
    address = reverse("desk:commitment_assess", args=[page.commitment.slug])
    if page.occurrence:
        return f"{address}?occurrence={page.occurrence.pk}"
    return f"{address}?closing=1" if page.draft and page.draft.closing_round_id else address
