"""Initiatives at the desk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from policytracker.government.models import Commitment, Initiative
from policytracker.tracking.actions.tagging import tags_of
from policytracker.tracking.models import Annotation
from policytracker.tracking.standing import with_standing

from ..access import DeskRequest, desk_view
from ..forms.annotations import SubjectNoteForm
from ..forms.tags import TagsForm
from ..kinds import INITIATIVES, Moved, address_of
from ..threads import threads_of

MOST_COMMITMENTS = 100


@require_safe
@desk_view()
def initiative_detail(request: DeskRequest, slug: str) -> HttpResponse:
    """An initiative: its commitments with where they stand, its tags, the team's notes; an old address leads on."""
    try:
        return draw(request, INITIATIVES.find(slug))
    except Moved as moved:
        return redirect(address_of(moved.row), permanent=True)


def initiative_at(slug: str) -> Initiative:
    """The initiative with what its page names, that of an old address too. Raises Http404."""
    try:
        return INITIATIVES.find(slug)
    except Moved as moved:
        return moved.row


def draw(
    request: DeskRequest,
    initiative: Initiative,
    *,
    note_form: SubjectNoteForm | None = None,
    tags_form: TagsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as HTML."""
    notes = Annotation.objects.for_subject_page(initiative, request.user)
    commitments = with_standing(Commitment.objects.for_desk_list().filter(initiative=initiative), request.moment)
    context = {
        "initiative": initiative,
        "commitments": commitments.order_by("-made_on", "-pk")[:MOST_COMMITMENTS],
        "tags": tags_of(initiative),
        "threads": threads_of(notes.exclude(motivation=Annotation.Motivation.TAGGING)),
        "note_form": note_form or SubjectNoteForm(),
        "tags_form": tags_form,
    }
    return render(request, "desk/initiative_detail.html", context, status=status)
