"""Writing notes, and each note at its own address."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.models import Snapshot
from policytracker.tracking.actions import annotations as actions
from policytracker.tracking.actions.annotations import Words
from policytracker.tracking.actions.evidence import annotate_as_evidence
from policytracker.tracking.actions.refusals import ChangedMeanwhile, Refused
from policytracker.tracking.actions.tags import tags_named
from policytracker.tracking.models import Annotation

from ..access import DeskRequest, desk_view, may, require
from ..filters import AnnotationFilter
from ..forms.annotations import AnnotationForm, EditNoteForm, NoteForm, ReplyForm
from ..paging import page_of
from ..reading_desk import reading_desk
from ..sending import attempt, key_of, retype
from .articles import article_for_reading, draw


@require_POST
@desk_view("annotate")
def annotation_create(request: DeskRequest, pk: int) -> HttpResponse:
    """Store a note on a passage of an article; with a stance it is evidence too."""
    article = article_for_reading(pk)
    form = AnnotationForm(request.POST)
    snapshot = _snapshot_in(form, article.pk)
    if form.is_valid() and snapshot is not None:
        annotation = attempt(form, lambda: _annotate(request, form, snapshot))
        if annotation is not None:
            return _after(request, annotation)
    shown = snapshot or article.current_snapshot
    if shown is None:
        raise Http404
    page = reading_desk(article, shown, request.user, form=form)
    return draw(request, page, status=422, is_form_open=True)


def _snapshot_in(form: AnnotationForm, article_id: int) -> Snapshot | None:
    """The snapshot whose passage was selected; None, and a sentence, where it is not one of this article."""
    form.full_clean()
    number = form.cleaned_data.get("snapshot")
    snapshot = Snapshot.objects.select_related("article").defer("raw").filter(pk=number, article=article_id).first()
    if snapshot is None:
        form.add_error(None, _("The passage was selected in another text. Select it again here; your note is kept."))
    return snapshot


def _annotate(request: DeskRequest, form: AnnotationForm, snapshot: Snapshot) -> Annotation:
    values = form.cleaned_data
    passage = {"snapshot": snapshot, "start": values["start"], "end": values["end"], "exact": values["exact"]}
    about = {"about_commitment": values["commitment"], "about_initiative": values["initiative"]}
    common = passage | {
        "words": words_in(request, form, **about),
        "by": request.user,
        "at": timezone.now(),
        "is_released": may(request.user, "publish"),
        "key": key_of(request),
    }
    if not form.is_evidence:
        return actions.annotate_passage(**common)
    kind = values["evidence_kind"] or "action"
    return annotate_as_evidence(commitment=values["commitment"], stance=values["stance"], kind=kind, **common)


def words_in(request: DeskRequest, form: NoteForm, **about: Any) -> Words:
    """What the form says, with its tags found or made."""
    values = form.cleaned_data
    tags = tags_named(values["tags"], by=request.user, at=timezone.now(), may_create=may(request.user, "create_tag"))
    return Words(
        motivation=values["motivation"], body=values["body"], tags=tags, visibility=values["visibility"], **about
    )


def _after(request: DeskRequest, annotation: Annotation) -> HttpResponse:
    if request.POST.get("then") == "commitment":
        return redirect(f"{reverse('desk:commitment_new')}?{urlencode({'annotation': str(annotation.uuid)})}")
    messages.success(request, _said(annotation))
    return redirect(place_of(annotation))


def _said(annotation: Annotation) -> str:
    if annotation.visibility == Annotation.Visibility.PUBLIC and annotation.recorded_at is None:
        return _("Annotation saved. A reviewer will release it to everyone.")
    return _("Annotation saved.")


def place_of(annotation: Annotation) -> str:
    """Where a note stands: in its article, or on its subject's page."""
    anchor = f"#n{annotation.parent_id or annotation.pk}"
    if annotation.snapshot is not None:
        return reverse("desk:article_detail", args=[annotation.snapshot.article_id]) + anchor
    if annotation.commitment is not None:
        return reverse("desk:commitment_detail", args=[annotation.commitment.slug]) + anchor
    if annotation.initiative is not None:
        return reverse("desk:initiative_detail", args=[annotation.initiative.slug]) + anchor
    return reverse("desk:annotation_detail", args=[annotation.uuid])


@require_safe
@desk_view()
def annotation_list(request: DeskRequest) -> HttpResponse:
    """The notes one may read, one's own unless asked otherwise."""
    rows = Annotation.objects.for_list_page(request.user)
    notes = AnnotationFilter(request.GET, queryset=rows, request=request)
    return render(request, "desk/annotation_list.html", {"filter": notes, "page": page_of(notes.qs, request)})


@desk_view()
def annotation_detail(request: DeskRequest, uuid: UUID) -> HttpResponse:
    """A note at its own address: its passage, its answers, how it read before; its author can change it here."""
    if request.method == "POST" and _is_deleted(request, uuid):
        return _gone(request)
    note = _readable(request, uuid)
    if request.method != "POST":
        return _draw(request, note)
    require(request.user, "edit_note", note)
    form = EditNoteForm(request.POST)
    if form.is_valid():
        about = {
            "about_commitment": form.cleaned_data["commitment"],
            "about_initiative": form.cleaned_data["initiative"],
        }
        try:
            saved = attempt(form, lambda: _edit(request, note, form, about))
        except ChangedMeanwhile as change:
            return _draw_both(request, note, form, change)
        if saved is not None:
            messages.success(request, _said(saved))
            return redirect("desk:annotation_detail", uuid=note.uuid)
    return _draw(request, note, form=form, status=422)


def _edit(request: DeskRequest, note: Annotation, form: EditNoteForm, about: dict[str, Any]) -> Annotation:
    edited = actions.edit_annotation(
        annotation=note,
        words=words_in(request, form, **about),
        version=form.cleaned_data["version"],
        by=request.user,
        at=timezone.now(),
    )
    is_public = edited.visibility == Annotation.Visibility.PUBLIC
    if is_public and edited.recorded_at is None and may(request.user, "publish"):
        actions.release_annotation(annotation=edited, by=request.user, at=timezone.now())
    return edited


def _draw_both(request: DeskRequest, note: Annotation, form: EditNoteForm, change: ChangedMeanwhile) -> HttpResponse:
    """Both versions side by side: what was typed stays in the form, and saving it again is meant."""
    retype(form, version=str(change.current.version))
    form.add_error(None, str(change))
    return _draw(request, note, form=form, status=409, current=change.current)


def _draw(
    request: DeskRequest, note: Annotation, *, form: EditNoteForm | None = None, status: int = 200, **extra: Any
) -> HttpResponse:
    initial = {
        "motivation": note.motivation,
        "commitment": note.about_commitment,
        "initiative": note.about_initiative,
        "tags": list(note.tags.all()),
        "body": note.body,
        "visibility": note.visibility,
        "version": note.version,
    }
    replies = Annotation.objects.standing().visible_to(request.user).filter(parent=note).select_related("author")
    context = {
        "note": note,
        "place_url": place_of(note),
        "form": form or EditNoteForm(initial=initial),
        "reply_form": extra.pop("reply_form", None) or ReplyForm(),
        "replies": replies,
        "revisions": note.revisions.select_related("replaced_by"),
    }
    return render(request, "desk/annotation_detail.html", context | extra, status=status)


def _readable(request: DeskRequest, uuid: UUID) -> Annotation:
    rows: QuerySet[Annotation] = Annotation.objects.standing().visible_to(request.user)
    joined = rows.select_related(
        "author", "snapshot__article", "initiative", "commitment", "about_commitment", "about_initiative", "parent"
    ).defer("snapshot__raw", "snapshot__text")
    return get_object_or_404(joined, uuid=uuid)


def _is_deleted(request: DeskRequest, uuid: UUID) -> bool:
    """Whether a note that the user could read was deleted."""
    deleted = Annotation.objects.visible_to(request.user).filter(uuid=uuid, deleted_at__isnull=False)
    return bool(deleted.exists())


def _gone(request: DeskRequest) -> HttpResponse:
    """The note was deleted while somebody wrote on it: what they wrote is shown, to be copied."""
    return render(request, "desk/annotation_gone.html", {"typed": request.POST.get("body", "")}, status=410)


@require_POST
@desk_view("annotate")
def annotation_reply(request: DeskRequest, uuid: UUID) -> HttpResponse:
    """Answer a note."""
    if _is_deleted(request, uuid):
        return _gone(request)
    note = _readable(request, uuid)
    form = ReplyForm(request.POST)
    if form.is_valid():
        body = form.cleaned_data["body"]
        made = attempt(
            form,
            lambda: actions.reply(to=note, body=body, by=request.user, at=timezone.now(), key=key_of(request)),
        )
        if made is not None:
            messages.success(request, _("Answer saved."))
            return redirect("desk:annotation_detail", uuid=(note.parent or note).uuid)
    return _draw(request, note, reply_form=form, status=422)


@require_POST
@desk_view("annotate")
def annotation_resolve(request: DeskRequest, uuid: UUID) -> HttpResponse:
    """Say that a note has been dealt with, or has not after all."""
    note = _readable(request, uuid)
    require(request.user, "resolve_note", note)
    if "reopen" in request.POST:
        actions.reopen_annotation(annotation=note, by=request.user, at=timezone.now())
        messages.success(request, _("The note is open again."))
    else:
        actions.resolve_annotation(annotation=note, by=request.user, at=timezone.now())
        messages.success(request, _("The note is marked as dealt with."))
    return redirect(place_of(note))


@require_POST
@desk_view("annotate")
def annotation_delete(request: DeskRequest, uuid: UUID) -> HttpResponse:
    """Take a note away."""
    note = _readable(request, uuid)
    require(request.user, "delete_note", note)
    actions.delete_annotation(annotation=note, by=request.user, at=timezone.now())
    messages.success(request, _("The note was deleted."))
    return redirect(place_of(note).partition("#")[0] if note.parent is None else place_of(note))


@require_POST
@desk_view("publish")
def annotation_release(request: DeskRequest, uuid: UUID) -> HttpResponse:
    """Let everyone read a note that its author meant for everyone."""
    note = _readable(request, uuid)
    try:
        actions.release_annotation(annotation=note, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Everyone can read this note now."))
    return redirect("desk:annotation_detail", uuid=note.uuid)
