"""Commitments at the desk: the list, the file of each, making, correcting and publishing them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from policytracker.government.actions import DependsOnDraft
from policytracker.government.models import Commitment
from policytracker.tracking.actions.commitments import (
    Source,
    change_draft_commitment,
    fingerprint_of,
    make_commitment,
)
from policytracker.tracking.actions.evidence import add_evidence
from policytracker.tracking.actions.publishing import publish_commitment
from policytracker.tracking.actions.refusals import ChangedMeanwhile
from policytracker.tracking.actions.tagging import tag_subject, tags_of
from policytracker.tracking.actions.tags import tags_named
from policytracker.tracking.models import Annotation, Candidate, Evidence, Mention
from policytracker.tracking.namesakes import promises_like
from policytracker.tracking.standing import with_standing

from ..access import DeskRequest, desk_view, may
from ..commitment_page import commitment_page
from ..filters import CommitmentFilter
from ..forms.annotations import SubjectNoteForm
from ..forms.commitments import CommitmentForm, initial_from_candidate, initial_of, what_differs
from ..forms.tags import TagsForm
from ..kinds import address_of
from ..numbers import number_in
from ..paging import page_of
from ..sending import attempt, key_of, retype


@require_safe
@desk_view()
def commitment_list(request: DeskRequest) -> HttpResponse:
    """All commitments, drafts included, with where they stand."""
    rows = with_standing(Commitment.objects.for_desk_list(), request.moment)
    commitments = CommitmentFilter(request.GET, queryset=rows)
    context = {"filter": commitments, "page": page_of(commitments.qs, request, size=30)}
    return render(request, "desk/commitment_list.html", context)


@require_safe
@desk_view()
def commitment_detail(request: DeskRequest, slug: str) -> HttpResponse:
    """A commitment's file: where it was made, its evidence, what was concluded, what the team wrote."""
    return draw(request, commitment_at(slug))


def commitment_at(slug: str) -> Commitment:
    """The commitment with what its page names. Raises Http404."""
    return get_object_or_404(Commitment.objects.for_desk_page(), slug=slug)


def draw(
    request: DeskRequest,
    commitment: Commitment,
    *,
    note_form: SubjectNoteForm | None = None,
    tags_form: TagsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The file as HTML."""
    context = {
        "page": commitment_page(commitment, request.user, request.moment),
        "commitment": commitment,
        "note_form": note_form or SubjectNoteForm(),
        "tags_form": tags_form,
    }
    return render(request, "desk/commitment_detail.html", context, status=status)


@desk_view("draft")
def commitment_new(request: DeskRequest) -> HttpResponse:
    """Make a commitment: of a candidate, of a note on a passage, or of nothing yet."""
    source = _source_of(request)
    form = CommitmentForm(request.POST or None, initial=_initial(source))
    if request.method == "POST" and form.is_valid():
        commitment = attempt(form, lambda: _make(request, form, source))
        if commitment is not None:
            messages.success(request, _("Commitment made. It is a draft until it is published."))
            _warn_of_doubles(request, commitment)
            target = "commitment_assess" if "assess" in request.POST else "commitment_detail"
            return redirect(f"desk:{target}", slug=commitment.slug)
    return _draw_form(request, form, source=source)


def _warn_of_doubles(request: DeskRequest, commitment: Commitment) -> None:
    """Name the commitments that say nearly the same: the writer looks at them before publishing a second one."""
    for other in promises_like(commitment):
        said = _("This may be promised already: “%(link)s”. Compare the two before you publish this one.")
        link = format_html('<a href="{}">{}</a>', address_of(other), other)
        messages.warning(request, format_html(said.replace("%(link)s", "{}"), link))


def _make(request: DeskRequest, form: CommitmentForm, source: Source | None) -> Commitment:
    at = timezone.now()
    tags = tags_named(form.cleaned_data["tags"], by=request.user, at=at, may_create=may(request.user, "create_tag"))
    with transaction.atomic():
        commitment = make_commitment(terms=form.terms, source=source, by=request.user, at=at, key=key_of(request))
        tag_subject(subject=commitment, tags=tags, by=request.user, at=at)
        if "assess" in request.POST and source is not None:
            _use_as_evidence(commitment, source, by=request.user, at=at)
    return commitment


def _use_as_evidence(commitment: Commitment, source: Source, *, by: User, at: datetime) -> None:
    """The words in which it was made, on its file: an announcement, for context. That it was done is for others to show."""
    add_evidence(
        commitment=commitment,
        snapshot=source.snapshot,
        start=source.start,
        end=source.end,
        exact=source.exact,
        stance=Evidence.Stance.CONTEXT,
        kind=Evidence.Kind.ANNOUNCEMENT,
        by=by,
        at=at,
    )


def _source_of(request: DeskRequest) -> Source | None:
    """The passage that the address names by `candidate` or `annotation`. Raises Http404 where it is gone."""
    candidate = request.GET.get("candidate", "")
    annotation = request.GET.get("annotation", "")
    if candidate.isdecimal():
        row = get_object_or_404(Candidate.objects.for_source(), pk=number_in(candidate))
        return Source(row.snapshot, row.start, row.end, row.exact, candidate=row)
    if not annotation:
        return None
    try:
        note = Annotation.objects.for_list_page(request.user).filter(uuid=annotation, snapshot__isnull=False).first()
    except (ValidationError, ValueError):
        note = None
    if note is None:
        raise Http404
    return Source(note.snapshot, note.start, note.end, note.exact, annotation=note)


def _initial(source: Source | None) -> dict[str, Any]:
    """What the source tells: the machine's proposal, or the words and who the article names."""
    initial: dict[str, Any] = {"kind": "action", "specificity": "specific", "verifiability": "undecided"}
    if source is None:
        return initial
    article = source.snapshot.article
    initial["made_on"] = article.published_on.isoformat() if article.published_on else ""
    if source.candidate is not None:
        return initial | initial_from_candidate(source.candidate)
    initial["statement"] = source.exact
    if source.annotation is not None:
        initial["initiative"] = source.annotation.about_initiative
        initial["tags"] = list(source.annotation.tags.all())
    confirmed = Mention.objects.for_reading_desk(article.pk).confirmed()
    initial["lead_ministry"] = next((m.ministry for m in confirmed if m.ministry is not None), None)
    return initial


@desk_view("draft")
def commitment_edit(request: DeskRequest, slug: str) -> HttpResponse:
    """Correct a draft; a public commitment is corrected with a note."""
    commitment = commitment_at(slug)
    if commitment.is_published and request.method == "GET":
        messages.warning(request, _("This commitment is public: it is corrected with a note, not edited."))
        if may(request.user, "correct"):
            return redirect("desk:subject_correct", kind="commitments", key=slug)
        return redirect("desk:commitment_detail", slug=slug)
    tags = tags_of(commitment)
    initial = initial_of(commitment) | {"tags": tags, "tags_shown": tags, "seen": fingerprint_of(commitment)}
    form = CommitmentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = attempt(form, lambda: _change(request, form, commitment))
        except ChangedMeanwhile as change:
            return _draw_both(request, form, change.current)
        if changed is not None:
            messages.success(request, _("Commitment saved."))
            return redirect("desk:commitment_detail", slug=changed.slug)
    return _draw_form(request, form, commitment=commitment)


def _draw_both(request: DeskRequest, form: CommitmentForm, current: Commitment) -> HttpResponse:
    """What somebody else saved beside what was typed, which stays in the form; saving it again is meant."""
    retype(form, seen=fingerprint_of(current))
    form.add_error(None, _("Somebody else saved this commitment meanwhile. What stands now is beside yours."))
    context = {"form": form, "commitment": current, "differences": what_differs(form, current)}
    return render(request, "desk/commitment_form.html", context, status=409)


def _change(request: DeskRequest, form: CommitmentForm, commitment: Commitment) -> Commitment:
    at = timezone.now()
    shown, may_create = form.cleaned_data["tags_shown"], may(request.user, "create_tag")
    tags = tags_named(form.cleaned_data["tags"], by=request.user, at=at, may_create=may_create, shown=shown)
    seen = form.cleaned_data["seen"]
    changed = change_draft_commitment(commitment=commitment, terms=form.terms, by=request.user, at=at, seen=seen)
    tag_subject(subject=changed, tags=tags, by=request.user, at=at, shown=shown.values())
    return changed


def _draw_form(request: DeskRequest, form: CommitmentForm, **extra: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "desk/commitment_form.html", {"form": form} | extra, status=status)


@require_POST
@desk_view("publish")
def commitment_publish(request: DeskRequest, slug: str) -> HttpResponse:
    """Take a commitment into the public record."""
    commitment = commitment_at(slug)
    try:
        publish_commitment(commitment=commitment, by=request.user, at=timezone.now())
    except DependsOnDraft as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The commitment is public."))
    return redirect("desk:commitment_detail", slug=slug)
