"""What initiatives and commitments have in common at the desk: notes on them, and their tags."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policytracker.tracking.actions.annotations import annotate_subject
from policytracker.tracking.actions.tagging import tag_subject
from policytracker.tracking.actions.tags import tags_named

from ..access import DeskRequest, desk_view, may
from ..forms.annotations import SubjectNoteForm
from ..forms.tags import TAGS_ID, TagsForm
from ..sending import attempt, key_of
from . import commitments, initiatives
from .annotations import place_of, words_in

PAGES = {
    "commitments": (commitments.commitment_at, commitments.draw),
    "initiatives": (initiatives.initiative_at, initiatives.draw),
}


@require_POST
@desk_view("annotate")
def subject_note(request: DeskRequest, kind: str, slug: str) -> HttpResponse:
    """Store a note on an initiative or a commitment."""
    subject, draw = _subject(kind, slug)
    form = SubjectNoteForm(request.POST)
    if form.is_valid():
        note = attempt(
            form,
            lambda: annotate_subject(
                subject=subject,
                words=words_in(request, form),
                by=request.user,
                at=timezone.now(),
                is_released=may(request.user, "publish"),
                key=key_of(request),
            ),
        )
        if note is not None:
            messages.success(request, _("Annotation saved."))
            return redirect(place_of(note))
    return draw(request, subject, note_form=form, status=422)


@require_POST
@desk_view("annotate")
def subject_tags(request: DeskRequest, kind: str, slug: str) -> HttpResponse:
    """Give a subject the tags that were added in the form, and take those away that were taken out of it."""
    subject, draw = _subject(kind, slug)
    form, at = TagsForm(request.POST, auto_id=TAGS_ID), timezone.now()
    if form.is_valid():
        labels, shown, may_create = (
            form.cleaned_data["tags"],
            form.cleaned_data["shown"],
            may(request.user, "create_tag"),
        )
        tags = attempt(form, lambda: tags_named(labels, by=request.user, at=at, may_create=may_create, shown=shown))
        if tags is not None:
            tag_subject(subject=subject, tags=tags, by=request.user, at=at, shown=shown.values())
            messages.success(request, _("Tags saved."))
            return redirect(f"desk:{kind[:-1]}_detail", slug=subject.slug)
    return draw(request, subject, tags_form=form, status=422)


def _subject(kind: str, slug: str) -> tuple[Any, Any]:
    """The subject and what draws its page. Raises Http404."""
    if kind not in PAGES:
        raise Http404
    find, draw = PAGES[kind]
    return find(slug), draw
