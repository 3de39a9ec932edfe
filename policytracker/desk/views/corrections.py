"""Correcting what is public: first what would change is shown, then it is changed, with the note readers see."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from policytracker.tracking.actions.corrections import NothingToCorrect, correct_fields
from policytracker.tracking.actions.rules import rules_in_words
from policytracker.tracking.models import Correction

from ..access import DeskRequest, desk_view
from ..correcting import Preview, preview_of
from ..forms.corrections import CommitmentCorrectionForm, ReasonForm, corrected_values, correction_form
from ..kinds import Moved, home_of, kind_called
from ..sending import attempt, retype
from .commitments import commitment_at

SHOWN = 20


@desk_view("correct")
def subject_correct(request: DeskRequest, kind: str, key: str) -> HttpResponse:
    """Correct the public fields and the filing of a commitment, initiative, ministry, official, post or membership."""
    try:
        row, form_class = _subject(kind, key)
    except Moved as moved:
        return redirect("desk:subject_correct", kind=kind, key=moved.row.slug, permanent=True)
    if not row.is_published:
        messages.warning(request, _("This is still a draft: it is edited, not corrected."))
        return redirect(home_of(row))
    form, reason = (
        correction_form(form_class, request.POST or None, row),
        ReasonForm(request.POST or None, prefix="why"),
    )
    preview = _previewed(request, row, form) if request.method == "POST" and form.is_valid() else None
    if preview is not None and reason.is_valid() and reason.cleaned_data["seen"] == preview.digest:
        lines = attempt(form, lambda: _correct(request, row, form, reason))
        if lines:
            messages.success(request, _("Corrected. Readers see what changed, and why, on the corrections page."))
            return redirect(home_of(row))
    if preview is not None:
        retype(reason, seen=preview.digest)
    context = {
        "row": row,
        "kind": kind,
        "form": form,
        "reason": reason,
        "preview": preview,
        "earlier": _earlier(row),
        "back": home_of(row),
    }
    return render(request, "desk/subject_correct.html", context, status=422 if form.errors or reason.errors else 200)


def _subject(kind: str, key: str) -> tuple[Any, Any]:
    """The row and its form. Raises Moved, Http404."""
    if kind == "commitments":
        return commitment_at(key), CommitmentCorrectionForm
    sort = kind_called(kind)
    if not sort.has_drafts:
        raise Http404
    return sort.find(key), sort.form


def _previewed(request: DeskRequest, row: Any, form: Any) -> Preview | None:
    values = corrected_values(form)
    preview = attempt(form, lambda: preview_of(row, values, by=request.user, at=timezone.now()))
    if preview is not None and not preview.changes:
        form.add_error(None, str(NothingToCorrect(_("Nothing was changed: the record says so already."))))
        return None
    return preview


def _correct(request: DeskRequest, row: Any, form: Any, reason: ReasonForm) -> list[Correction]:
    with rules_in_words():
        return correct_fields(
            target=row,
            values=corrected_values(form),
            note=reason.cleaned_data["note"],
            kind=reason.cleaned_data["kind"],
            by=request.user,
            at=timezone.now(),
        )


def _earlier(row: Any) -> Any:
    """What was corrected of the row before."""
    made = Correction.objects.corrections().filter(target_kind=row._meta.model_name, target_id=row.pk)
    return made.select_related("made_by")[:SHOWN]
