"""The end of a government: a round in which every open commitment gets its closing assessment; nothing closes silently."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from policytracker.government.models import Government
from policytracker.tracking.actions.closing import (
    StillOpen,
    change_government,
    close_round,
    end_government,
    still_open,
)
from policytracker.tracking.actions.refusals import Refused
from policytracker.tracking.models import Assessment, ClosingRound
from policytracker.tracking.standing import with_standing

from ..access import DeskRequest, desk_view
from ..forms.governments import ChangeOfGovernmentForm
from ..sending import attempt

SHOWN = 200


class EndGovernmentForm(forms.Form):
    """On which day a government left office."""

    ended_on = forms.DateField(
        label=gettext_lazy("Left office on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input input--date"}, format="%Y-%m-%d"),
    )


@require_safe
@desk_view()
def closing_list(request: DeskRequest) -> HttpResponse:
    """The governments, the latest first, each with its closing round: how much is left, or when it was closed."""
    governments = list(Government.objects.select_related("closing_round").order_by("-started_on"))
    rows = [(government, closing, _left(closing)) for government in governments for closing in [_round_of(government)]]
    return render(request, "desk/closing_list.html", {"rows": rows})


@require_safe
@desk_view()
def closing_detail(request: DeskRequest, slug: str) -> HttpResponse:
    """One government's round: what is left to close, what waits for review, what was closed and how."""
    return _draw(request, _government(slug), EndGovernmentForm())


@require_POST
@desk_view("correct")
def closing_open(request: DeskRequest, slug: str) -> HttpResponse:
    """Record that a government left office: its closing round opens."""
    government = _government(slug)
    form = EndGovernmentForm(request.POST)
    if government.ended_on is not None:
        form = EndGovernmentForm({"ended_on": government.ended_on})
    if not form.is_valid() or attempt(form, lambda: _end(request, government, form)) is None:
        return _draw(request, government, form, status=422)
    messages.success(request, _("The closing round is open: every open commitment needs its closing assessment."))
    return redirect("desk:closing_detail", slug=slug)


def _end(request: DeskRequest, government: Government, form: EndGovernmentForm) -> ClosingRound:
    ended_on = form.cleaned_data["ended_on"]
    if ended_on < government.started_on or ended_on > timezone.localdate():
        raise Refused(_("A government ends after it began, and not in the future."), field="ended_on")
    return end_government(government=government, ended_on=ended_on, by=request.user, at=timezone.now())


@desk_view("correct")
def government_succeed(request: DeskRequest, slug: str) -> HttpResponse:
    """Another government took over: the round of the one that left opens, the next one is on record."""
    government = _government(slug)
    form = ChangeOfGovernmentForm(request.POST or None, government=government)
    if request.method == "POST" and form.is_valid():
        following = attempt(form, lambda: _change(request, government, form))
        if following is not None:
            messages.success(
                request, _("The closing round is open: every open commitment needs its closing assessment.")
            )
            return redirect("desk:closing_detail", slug=slug)
    context = {"government": government, "form": form}
    return render(request, "desk/government_succeed.html", context, status=422 if form.is_bound else 200)


def _change(request: DeskRequest, government: Government, form: ChangeOfGovernmentForm) -> Government:
    told = form.cleaned_data
    return change_government(
        government=government,
        ended_on=told["ended_on"],
        started_on=told["started_on"],
        successor=told["successor"],
        names=form.names,
        source_urls=told["source_urls"],
        by=request.user,
        at=timezone.now(),
    )


@require_POST
@desk_view("publish")
def closing_close(request: DeskRequest, slug: str) -> HttpResponse:
    """Close the round; refused while an open commitment has no closing assessment."""
    closing = get_object_or_404(ClosingRound, government__slug=slug)
    try:
        close_round(closing=closing, by=request.user, at=timezone.now())
    except StillOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The round is closed."))
    return redirect("desk:closing_detail", slug=slug)


def _government(slug: str) -> Government:
    return get_object_or_404(Government.objects.select_related("closing_round", "successor"), slug=slug)


def _round_of(government: Government) -> ClosingRound | None:
    return getattr(government, "closing_round", None)


def _left(closing: ClosingRound | None) -> int:
    return still_open(closing).count() if closing and closing.closed_at is None else 0


def _draw(request: DeskRequest, government: Government, form: EndGovernmentForm, *, status: int = 200) -> HttpResponse:
    closing = _round_of(government)
    context: dict[str, Any] = {"government": government, "closing": closing, "form": form, "left_count": _left(closing)}
    if closing is not None:
        left = with_standing(still_open(closing).select_related("lead_ministry", "initiative"), request.moment)
        told = Assessment.objects.filter(closing_round=closing).exclude(stage=Assessment.Stage.DISCARDED)
        told = told.select_related("commitment", "author").order_by("-recorded_at", "-pk")
        context |= {
            "left": left[:SHOWN] if closing.closed_at is None else [],
            "underway": told.filter(recorded_at=None)[:SHOWN],
            "closed": told.filter(recorded_at__isnull=False)[:SHOWN],
        }
    return render(request, "desk/closing_detail.html", context, status=status)
