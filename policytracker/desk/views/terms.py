"""What changed about a public commitment after it was made."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.actions.terms import (
    change_condition,
    discontinue,
    extend_deadline,
    override_deadline,
    supersede,
)
from policytracker.tracking.models import DeadlineChange

from ..access import DeskRequest, desk_view
from ..forms.terms import DISCONTINUED, SUPERSEDED, TermsForm
from ..sending import attempt, key_of

DEADLINES = {DeadlineChange.Kind.EXTENDED: extend_deadline, DeadlineChange.Kind.OVERRIDDEN: override_deadline}


@desk_view("publish")
def commitment_terms(request: DeskRequest, slug: str) -> HttpResponse:
    """Put on record that a deadline moved, a condition was met, a series ended, another commitment took its place."""
    commitment = get_object_or_404(Commitment.objects.published(), slug=slug)
    form = TermsForm(request.POST or None, commitment=commitment)
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, lambda: _change(request, commitment, form))
        if changed is not None:
            messages.success(request, _("On record."))
            return redirect("desk:commitment_detail", slug=slug)
    context = {"commitment": commitment, "form": form}
    return render(request, "desk/commitment_terms.html", context, status=422 if form.is_bound else 200)


def _change(request: DeskRequest, commitment: Commitment, form: TermsForm) -> Model:
    what, told = form.cleaned_data["what"], form.told
    who: dict[str, Any] = {"by": request.user, "at": timezone.now(), "key": key_of(request)}
    if what in DEADLINES:
        occurrence = form.cleaned_data.get("occurrence")
        return DEADLINES[what](commitment=commitment, due=form.new_due, told=told, occurrence=occurrence, **who)
    if what == DISCONTINUED:
        return discontinue(commitment=commitment, told=told, **who)
    if what == SUPERSEDED:
        return supersede(commitment=commitment, successor=form.cleaned_data["successor"], told=told, **who)
    return change_condition(commitment=commitment, state=what, told=told, **who)
