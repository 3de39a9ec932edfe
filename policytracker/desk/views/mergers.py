"""What becomes of rows of the record: two are one, a ministry passes into another, somebody leaves a post."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from policytracker.tracking.actions.mergers import merge_initiatives, merge_officials, merge_topics
from policytracker.tracking.actions.milestones import reach_milestone
from policytracker.tracking.actions.offices import dissolve, end_membership, rename_ministry, succeed
from policytracker.tracking.mergers import what_moves

from ..access import DeskRequest, desk_view
from ..forms.mergers import DISSOLVED, SAME_BODY, EndForm, MergeForm, ReachForm, SuccessionForm
from ..kinds import (
    INITIATIVES,
    MEMBERSHIPS,
    MILESTONES,
    MINISTRIES,
    OFFICIALS,
    TOPICS,
    Kind,
    Moved,
    address_of,
    home_of,
)
from ..sending import attempt, retype

MERGED = {"officials": OFFICIALS, "initiatives": INITIATIVES, "topics": TOPICS}


@desk_view("merge")
def subject_merge(request: DeskRequest, kind: str, key: str) -> HttpResponse:
    """Make two rows one: first what would move is shown, then it is moved, with the note."""
    if kind not in MERGED:
        raise Http404
    try:
        row = MERGED[kind].find(key)
    except Moved as moved:
        messages.warning(request, _("This was merged into “%(name)s” already.") % {"name": moved.row})
        return redirect(address_of(moved.row))
    form = MergeForm(request.POST or None, lookup=kind)
    kept = None
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["into"]
        is_shown = form.cleaned_data["previewed"] == kept.slug
        merged = attempt(form, lambda: _merge(request, row, form)) if is_shown else None
        if merged is not None:
            messages.success(request, _("Merged into “%(label)s”.") % {"label": merged})
            return redirect(address_of(merged))
        retype(form, previewed=kept.slug)
    context = {"kind": MERGED[kind], "row": row, "form": form, "kept": kept, "moving": what_moves(row)}
    return render(request, "desk/subject_merge.html", context, status=422 if form.errors else 200)


def _merge(request: DeskRequest, row: Any, form: MergeForm) -> Model:
    told: dict[str, Any] = {"into": form.cleaned_data["into"], "note": form.cleaned_data["note"]}
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if row._meta.model_name == "official":
        return merge_officials(official=row, **told, **who)
    if row._meta.model_name == "topic":
        return merge_topics(topic=row, **told, **who)
    return merge_initiatives(initiative=row, **told, **who)


@desk_view("merge")
def ministry_succeed(request: DeskRequest, key: str) -> HttpResponse:
    """A ministry was renamed, or passed into another body. Both keep their pages, commitments and history."""
    row = _found(MINISTRIES, key)
    form = SuccessionForm(request.POST or None, initial={"what": SAME_BODY})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _succeed(request, row, form))
        if done is not None:
            messages.success(request, _("On record."))
            return redirect(address_of(row))
    context = {"row": row, "form": form}
    return render(request, "desk/ministry_succeed.html", context, status=422 if form.is_bound else 200)


def _succeed(request: DeskRequest, row: Any, form: SuccessionForm) -> Model:
    told, at = form.cleaned_data, timezone.now()
    if told["what"] == SAME_BODY:
        renamed_on = told["happened_on"].first
        return rename_ministry(
            ministry=row,
            names=form.names,
            renamed_on=renamed_on,
            note=told["note"],
            source_urls=told["source_urls"],
            by=request.user,
            at=at,
        )
    if told["what"] == DISSOLVED:
        return dissolve(
            ministry=row,
            dissolved_on=told["happened_on"].last,
            precision=told["happened_on"].precision.value,
            source_urls=told["source_urls"],
            note=told["note"],
            by=request.user,
            at=at,
        )
    return succeed(
        predecessor=row,
        successor=told["successor"],
        kind=told["what"],
        happened_on=told["happened_on"].first,
        precision=told["happened_on"].precision.value,
        source_urls=told["source_urls"],
        by=request.user,
        at=at,
    )


@desk_view("publish")
def membership_end(request: DeskRequest, key: str) -> HttpResponse:
    """Somebody left a post: news, told from now on."""
    row = _found(MEMBERSHIPS, key)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        period = form.cleaned_data["ended_on"]
        ended = attempt(form, lambda: _end(request, row, period))
        if ended is not None:
            messages.success(request, _("On record."))
            return redirect(address_of(row))
    context = {"row": row, "form": form}
    return render(request, "desk/membership_end.html", context, status=422 if form.is_bound else 200)


def _end(request: DeskRequest, row: Any, period: Any) -> Model:
    precision = period.precision.value
    return end_membership(membership=row, ended_on=period.last, precision=precision, by=request.user, at=timezone.now())


@desk_view("publish")
def milestone_reach(request: DeskRequest, key: str) -> HttpResponse:
    """A step on the way was reached: news, with its source."""
    row = _found(MILESTONES, key)
    form = ReachForm(request.POST or None, milestone=row)
    if request.method == "POST" and form.is_valid():
        today, who = timezone.localdate(), {"by": request.user, "at": timezone.now()}
        reached = attempt(form, lambda: reach_milestone(milestone=row, today=today, **form.cleaned_data, **who))
        if reached is not None:
            messages.success(request, _("On record."))
            return redirect(home_of(row))
    context = {"row": row, "form": form}
    return render(request, "desk/milestone_reach.html", context, status=422 if form.is_bound else 200)


def _found(kind: Kind, key: str) -> Any:
    """The row, under whichever address it is asked for. Raises Http404."""
    try:
        return kind.find(key)
    except Moved as moved:
        return moved.row
