"""Initiatives at the desk."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from policytracker.government.models import Commitment, Initiative
from policytracker.tracking.actions.tagging import tags_of
from policytracker.tracking.models import Annotation
from policytracker.tracking.standing import with_standing

from ..access import DeskRequest, desk_view
from ..forms.annotations import SubjectNoteForm
from ..threads import threads_of

MOST_COMMITMENTS = 100


@require_safe
@desk_view()
def initiative_detail(request: DeskRequest, slug: str) -> HttpResponse:
    """An initiative: its commitments with where they stand, its tags, the team's notes."""
    return draw(request, initiative_at(slug))


def initiative_at(slug: str) -> Initiative:
    """The initiative with what its page names. Raises Http404."""
    rows = Initiative.objects.select_related("lead_ministry", "government", "parent", "merged_into")
    return get_object_or_404(rows.prefetch_related("aliases", "topics"), slug=slug)


def draw(
    request: DeskRequest, initiative: Initiative, *, note_form: SubjectNoteForm | None = None, status: int = 200
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
    }
    return render(request, "desk/initiative_detail.html", context, status=status)
