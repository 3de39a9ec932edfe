"""Reference data at the desk: what there is of each kind, and making, editing and publishing it."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from policytracker.government.actions import DependsOnDraft
from policytracker.government.models import Membership, Succession
from policytracker.tracking.actions.reference import (
    change_draft,
    discard_draft,
    fingerprint,
    make_draft,
    publish_subject,
)
from policytracker.tracking.actions.refusals import ChangedMeanwhile, Refused
from policytracker.tracking.actions.suggesting import suggest

from ..access import DeskRequest, desk_view, require
from ..forms.reference import ReferenceForm, refuse_itself
from ..kinds import KINDS, Kind, Moved, address_of, home_of, kind_called
from ..numbers import number_in
from ..paging import page_of
from ..reference import Double, doubles_of, facts_of
from ..sending import attempt, key_of, retype

SHOWN = 200


@require_safe
@desk_view()
def reference_index(request: DeskRequest) -> HttpResponse:
    """The kinds of reference data, with how much there is of each and how much is not public yet."""
    kinds = [(kind, kind.matching("").count(), _drafts(kind)) for kind in KINDS.values() if kind.is_listed]
    return render(request, "desk/reference_index.html", {"kinds": kinds, "article": request.GET.get("article", "")})


def _drafts(kind: Kind) -> int:
    return kind.matching("").filter(recorded_at=None).count() if kind.has_drafts else 0


@require_safe
@desk_view()
def reference_list(request: DeskRequest, kind: str) -> HttpResponse:
    """All of one kind, drafts included, or those that hold the words."""
    sort, words = kind_called(kind), request.GET.get("q", "")[:200].replace("\x00", "")
    rows = sort.matching(words)
    if request.GET.get("state") == "draft" and sort.has_drafts:
        rows = rows.filter(recorded_at=None)
    page = page_of(rows, request)
    context = {
        "kind": sort,
        "page": page,
        "lines": [(row, address_of(row)) for row in page.rows],
        "q": words,
        "state": request.GET.get("state", ""),
    }
    return render(request, "desk/reference_list.html", context)


@require_safe
@desk_view("draft")
def reference_add(request: DeskRequest) -> HttpResponse:
    """From a name that is not known yet to the form of its kind."""
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return redirect("desk:reference_index")
    given = {name: request.GET[name][:200] for name in ("name", "article") if request.GET.get(name)}
    return redirect(f"{KINDS[kind].new_url}?{urlencode(given)}")


@desk_view()
def reference_new(request: DeskRequest, kind: str) -> HttpResponse:
    """Make one: a draft, with the name that was met already filled in; then back to the article it was met in."""
    sort = kind_called(kind)
    if not sort.is_made_here:
        raise Http404
    require(request.user, sort.draft_right)
    form = sort.form(request.POST or None, initial=sort.form.prefilled(request.GET, request.user))
    article = _article_of(request)
    doubles: list[Double] = []
    if request.method == "POST" and form.is_valid():
        doubles = _doubles(sort, form, None)
        row = None if doubles else attempt(form, lambda: _make(request, sort, form))
        if row is not None:
            return _made(request, sort, row, article, caution=form.caution)
    return _draw_form(request, sort, form, doubles=doubles, article=article)


def _make(request: DeskRequest, kind: Kind, form: ReferenceForm) -> Model:
    return make_draft(kind=kind.model, draft=form.draft, by=request.user, at=timezone.now(), key=key_of(request))


def _made(request: DeskRequest, kind: Kind, row: Model, article: Article | None, *, caution: str) -> HttpResponse:
    said = _("“%(name)s” is a draft until it is published.") if kind.has_drafts else _("“%(name)s” is in use.")
    messages.success(request, said % {"name": row})
    if caution:
        messages.warning(request, caution)
    if article is None:
        return redirect(home_of(row))
    suggest(article=article, at=timezone.now())
    return redirect("desk:article_detail", pk=article.pk)


def _article_of(request: DeskRequest) -> Article | None:
    number = number_in(request.GET.get("article", ""))
    if number is None:
        return None
    return Article.objects.select_related("current_snapshot").filter(pk=number).first()


@require_safe
@desk_view()
def reference_detail(request: DeskRequest, kind: str, key: str) -> HttpResponse:
    """What the record says of one row; an old address leads to the new one."""
    sort = kind_called(kind)
    try:
        row = sort.find(key)
    except Moved as moved:
        return redirect(address_of(moved.row), permanent=True)
    if sort.plural == "initiatives":
        return redirect(address_of(row))
    return render(request, "desk/reference_detail.html", {"kind": sort, "row": row, **_around(sort, row)})


def _around(kind: Kind, row: Any) -> dict[str, Any]:
    """What stands around the row: its facts, and who holds or held what."""
    typed = kind.form.initial_of(row)
    around: dict[str, Any] = {"facts": facts_of(kind, typed), "aliases": typed["aliases"]}
    if kind.name in ("official", "post"):
        held = Membership.objects.filter(**{kind.name: row}).select_related("official", "post")
        around["memberships"] = held.order_by("-started_on", "-pk")[:SHOWN]
    if kind.name == "ministry":
        around["posts"] = row.posts.all()[:SHOWN]
        taken = Succession.objects.filter(predecessor=row) | Succession.objects.filter(successor=row)
        around["successions"] = taken.select_related("predecessor", "successor")
        around["earlier_names"] = row.names.all()
    return around


@desk_view("draft")
def subject_edit(request: DeskRequest, kind: str, key: str) -> HttpResponse:
    """Edit a draft; what is public is corrected with a note."""
    sort = kind_called(kind)
    require(request.user, "draft" if sort.has_drafts else "correct")
    try:
        row = sort.find(key)
    except Moved as moved:
        return redirect("desk:subject_edit", kind=kind, key=getattr(moved.row, sort.key), permanent=True)
    if getattr(row, "recorded_at", None) and request.method == "GET":
        messages.warning(request, _("This is public: it is corrected with a note, not edited."))
        return redirect(address_of(row))
    form = sort.form(request.POST or None, initial=sort.form.initial_of(row) | {"fingerprint": fingerprint(row)})
    doubles: list[Double] = []
    if request.method == "POST" and form.is_valid():
        refuse_itself(form, row)
        doubles = [] if form.errors else _doubles(sort, form, row)
        changed = None if doubles or form.errors else _change(request, form, row)
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect(home_of(changed))
    return _draw_form(request, sort, form, doubles=doubles, row=row)


def _change(request: DeskRequest, form: ReferenceForm, row: Model) -> Model | None:
    seen = form.cleaned_data["fingerprint"]
    try:
        return attempt(
            form, lambda: change_draft(row=row, draft=form.draft, by=request.user, at=timezone.now(), seen=seen)
        )
    except ChangedMeanwhile as refusal:
        form.add_error(None, str(refusal))
        retype(form, fingerprint=fingerprint(refusal.current))
        return None


def _doubles(kind: Kind, form: ReferenceForm, row: Model | None) -> list[Double]:
    """Whom the writer is warned of; the form remembers that they were. None where only old names were kept."""
    if row is not None and not set(form.changed_data) & {*form.names, *_translations(form), "aliases"} and form.names:
        return []
    doubles = doubles_of(kind, form, row)
    if doubles:
        retype(form, warned_of=",".join(double.key for double in doubles), is_another="")
    return doubles


def _translations(form: ReferenceForm) -> list[str]:
    return [name for name in form.fields if name.startswith(tuple(f"{translated}_" for translated in form.names))]


def _draw_form(request: DeskRequest, kind: Kind, form: ReferenceForm, **extra: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    back = home_of(extra["row"]) if "row" in extra else ""
    context = {"kind": kind, "form": form, "back": back} | extra
    return render(request, "desk/reference_form.html", context, status=status)


@require_POST
@desk_view("publish")
def subject_publish(request: DeskRequest, kind: str, key: str) -> HttpResponse:
    """Take a draft into the public record."""
    sort = kind_called(kind)
    try:
        row = sort.find(key)
        if sort.has_drafts:
            publish_subject(subject=row, by=request.user, at=timezone.now())
        messages.success(request, _("“%(name)s” is public.") % {"name": row})
    except Moved as moved:
        row = moved.row
        messages.warning(request, _("This was merged into another meanwhile."))
    except (DependsOnDraft, Refused) as refusal:
        messages.error(request, str(refusal))
    return redirect(home_of(row))


@require_POST
@desk_view("draft")
def subject_discard(request: DeskRequest, kind: str, key: str) -> HttpResponse:
    """Take away a draft of what belongs to a commitment; what is public stays."""
    sort = kind_called(kind)
    if not sort.is_part:
        raise Http404
    row = sort.find(key)
    home = home_of(row)
    try:
        discard_draft(row=row, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft was taken away."))
    return redirect(home)
