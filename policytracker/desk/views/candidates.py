"""The queue of proposed commitments. Machines propose, people decide: nothing leaves it silently."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Snapshot
from policytracker.government.models import Alias, Initiative, Ministry
from policytracker.tracking.actions import candidates as actions
from policytracker.tracking.actions.doubtful_names import remove_alias
from policytracker.tracking.actions.setting_apart import NotSetApart, take_apart_sentence
from policytracker.tracking.candidate_history import history_of
from policytracker.tracking.machine_record import doubtful_names, last_decisions
from policytracker.tracking.models import Candidate
from policytracker.tracking.set_apart import SetApart, set_apart_in, unread_of

from ..access import desk_view
from ..forms.candidates import CandidateForm
from ..paging import page_of
from ..sending import attempt

SIZE = 20
MOST_OF_AN_ARTICLE = 200


@dataclass
class Card:
    """A proposal and its form."""

    candidate: Candidate
    form: CandidateForm
    is_open: bool = False


@require_safe
@desk_view()
def candidate_list(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, all of it or of one article, initiative or ministry; or what was decided last."""
    subject, rows = _asked_for(request)
    apart: list[SetApart] = []
    unread: list[str] = []
    if isinstance(subject, Article):
        found = list(rows.for_queue_page().order_by("start", "pk")[:MOST_OF_AN_ARTICLE])
        page: Any = {"rows": found}
        apart = set_apart_in(subject.current_snapshot) if subject.current_snapshot else []
        unread = unread_of(subject.current_snapshot) if subject.current_snapshot else []
    else:
        page = page_of(rows.for_queue_page(), request, size=SIZE)
        found = page.rows
    context = {
        "cards": [Card(row, CandidateForm(candidate=row)) for row in found],
        "page": page,
        "subject": subject,
        "shows_decided": request.GET.get("show") == "decided",
        "tally": last_decisions(),
        "apart": apart,
        "unread": unread,
        "back": request.get_full_path(),
        "is_queue": request.GET.get("show") != "decided",
    }
    return render(request, "desk/candidate_list.html", context)


def _asked_for(request: HttpRequest) -> tuple[Any, QuerySet]:
    rows = Candidate.objects.decided() if request.GET.get("show") == "decided" else Candidate.objects.waiting()
    if article := request.GET.get("article"):
        subject: Any = get_object_or_404(Article, pk=article) if article.isdecimal() and len(article) < 19 else None
        if subject is None:
            raise Http404
        return subject, rows.filter(snapshot__article=subject)
    if slug := request.GET.get("initiative"):
        subject = get_object_or_404(Initiative, slug=slug)
        return subject, rows.filter(initiative=subject)
    if slug := request.GET.get("ministry"):
        subject = get_object_or_404(Ministry, slug=slug)
        return subject, rows.filter(actor_ministry=subject)
    return None, rows


@require_safe
@desk_view()
def candidate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with all its fields open."""
    candidate = _candidate(pk)
    card = Card(candidate, CandidateForm(candidate=candidate), is_open=True)
    return _draw(request, card, history=history_of(candidate))


@require_POST
@desk_view("decide_proposal")
def candidate_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the pressed button says; the fields are saved with it."""
    candidate = _candidate(pk)
    form = CandidateForm(request.POST, candidate=candidate)
    decide = DECISIONS.get(request.POST.get("do", ""))
    if decide is None:
        raise Http404
    said = decide(request, candidate, form) if form.is_valid() else None
    if said is None:
        return _draw(request, Card(candidate, form, is_open=True), status=422)
    if request.headers.get("HX-Request"):
        decided = _candidate(pk)
        card = Card(decided, CandidateForm(candidate=decided))
        return render(
            request, "desk/_candidate.html", {"card": card, "said": said, "back": _back(request), "is_queue": True}
        )
    messages.success(request, said)
    return redirect(_back(request))


@require_POST
@desk_view("decide_proposal")
def candidate_fold(request: HttpRequest) -> HttpResponse:
    """Make one proposal of those that were ticked: the first of them stands for all."""
    ticked = [number for number in request.POST.getlist("candidate") if number.isdecimal() and len(number) < 19]
    found = Candidate.objects.waiting().in_bulk([int(number) for number in ticked[:SIZE]])
    chosen = [found[int(number)] for number in dict.fromkeys(ticked[:SIZE]) if int(number) in found]
    if len(chosen) < 2:
        messages.warning(request, _("Tick at least two proposals that wait, then merge them."))
        return redirect(_back(request))
    first, *others = chosen
    try:
        with transaction.atomic():
            for other in others:
                actions.fold_candidate(candidate=other, into=first, by=request.user, at=timezone.now())
    except actions.CandidateRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        said = _("Merged: one proposal stands for %(n)s sentences. Each can be taken out again on its own page.")
        messages.success(request, said % {"n": len(chosen)})
    return redirect(f"{_back(request)}#c{first.pk}")


@require_POST
@desk_view("decide_proposal")
def apart_take(request: HttpRequest) -> HttpResponse:
    """Take a sentence that the machine set apart into the queue."""
    places = [request.POST.get(name, "") for name in ("snapshot", "start", "end")]
    if not all(place.isdecimal() and len(place) < 10 for place in places):
        raise Http404
    number, start, end = map(int, places)
    snapshot = get_object_or_404(Snapshot.objects.select_related("article").defer("raw"), pk=number)
    try:
        row = take_apart_sentence(snapshot=snapshot, start=start, end=end, by=request.user, at=timezone.now())
    except NotSetApart as refusal:
        messages.warning(request, str(refusal))
        return redirect("desk:article_detail", pk=snapshot.article_id)
    messages.success(request, _("It waits in the queue now."))
    return redirect("desk:candidate_detail", pk=row.pk)


def _candidate(pk: int) -> Candidate:
    return get_object_or_404(Candidate.objects.for_queue_page(), pk=pk)


def _draw(request: HttpRequest, card: Card, *, status: int = 200, **extra: Any) -> HttpResponse:
    template = "desk/_candidate.html" if request.headers.get("HX-Request") else "desk/candidate_detail.html"
    back = _back(request) if request.method == "POST" else reverse("desk:candidate_list")
    return render(request, template, {"card": card, "back": back} | extra, status=status)


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else reverse("desk:candidate_list")


# -- decisions: each saves the fields, acts, and gives the sentence to show; None where it was refused ------------------


def _save(request: HttpRequest, candidate: Candidate, form: CandidateForm) -> str | None:
    saved = attempt(form, lambda: _changed(request, candidate, form))
    return _("Saved.") if saved else None


def _changed(request: HttpRequest, candidate: Candidate, form: CandidateForm) -> Candidate:
    return actions.change_candidate(candidate=candidate, fields=form.proposed, by=request.user, at=timezone.now())


def _accept(request: HttpRequest, candidate: Candidate, form: CandidateForm) -> str | None:
    def act() -> Any:
        changed = _changed(request, candidate, form)
        return actions.accept_candidate(candidate=changed, by=request.user, at=timezone.now())

    made = attempt(form, act)
    return _("Accepted: a draft commitment was made.") if made else None


def _with_commitment(action: Callable[..., Any], said: str) -> Callable[..., str | None]:
    def decide(request: HttpRequest, candidate: Candidate, form: CandidateForm) -> str | None:
        commitment = form.cleaned_data["commitment"]
        if commitment is None:
            form.add_error("commitment", _("Say which commitment it belongs to."))
            return None

        def act() -> bool:
            action(form, candidate=candidate, commitment=commitment, by=request.user, at=timezone.now())
            return True

        return _(said) % {"commitment": commitment} if attempt(form, act) else None

    return decide


def _restate(form: CandidateForm, **values: Any) -> None:
    actions.attach_as_restatement(**values)


def _attach(form: CandidateForm, **values: Any) -> None:
    actions.attach_as_evidence(stance=form.cleaned_data["stance"] or "supports", **values)


def _merge(form: CandidateForm, **values: Any) -> None:
    actions.merge_candidate(**values)


def _reject(request: HttpRequest, candidate: Candidate, form: CandidateForm) -> str | None:
    def act() -> bool:
        actions.reject_candidate(
            candidate=candidate,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["reason_note"],
            by=request.user,
            at=timezone.now(),
        )
        return True

    return _("Rejected. It can be taken back under “Decided”.") if attempt(form, act) else None


def _simply(action: Callable[..., Any], said: str) -> Callable[..., str | None]:
    def decide(request: HttpRequest, candidate: Candidate, form: CandidateForm) -> str | None:
        def act() -> bool:
            action(candidate=candidate, by=request.user, at=timezone.now())
            return True

        return _(said) if attempt(form, act) else None

    return decide


DECISIONS: dict[str, Callable[..., str | None]] = {
    "save": _save,
    "accept": _accept,
    "restatement": _with_commitment(_restate, gettext_noop("Attached as a restatement of “%(commitment)s”.")),
    "evidence": _with_commitment(_attach, gettext_noop("Attached as evidence for “%(commitment)s”.")),
    "merge": _with_commitment(_merge, gettext_noop("On file with “%(commitment)s”.")),
    "reject": _reject,
    "reopen": _simply(actions.reopen_candidate, gettext_noop("Back in the queue.")),
    "unfold": _simply(actions.unfold_candidate, gettext_noop("Back in the queue as a proposal of its own.")),
}


# -- names that mislead ---------------------------------------------------------------------------------------------------


@require_safe
@desk_view()
def doubtful_name_list(request: HttpRequest) -> HttpResponse:
    """Aliases whose mentions are rejected again and again."""
    return render(request, "desk/doubtful_name_list.html", {"names": doubtful_names()})


@require_POST
@desk_view("correct")
def alias_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a misleading alias out of the record."""
    alias = get_object_or_404(Alias, pk=pk)
    name = alias.name
    remove_alias(alias=alias, by=request.user, at=timezone.now())
    messages.success(request, _("“%(name)s” is not looked for any more.") % {"name": name})
    return redirect("desk:doubtful_name_list")
