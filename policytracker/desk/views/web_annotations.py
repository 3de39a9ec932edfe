"""An article's annotations as JSON-LD, out and in."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from policytracker.tracking.actions.tags import tags_named
from policytracker.tracking.actions.taking_annotations import Taken, take_annotations
from policytracker.tracking.models import Annotation
from policytracker.tracking.web_annotations import (
    MEDIA_TYPE,
    NotAnAnnotation,
    annotations_in,
    page_of_annotations,
)

from ..access import DeskRequest, desk_view, may
from .articles import article_for_reading

LARGEST_FILE = 2_000_000  # bytes


class FileForm(forms.Form):
    """A file of annotations."""

    file = forms.FileField()


@require_safe
@desk_view()
def article_annotations(request: DeskRequest, pk: int) -> HttpResponse:
    """The notes on an article that one may read."""
    article = article_for_reading(pk)
    notes = Annotation.objects.for_reading_desk(article.pk, request.user).select_related("author", "parent", "snapshot")
    page = page_of_annotations(
        notes.defer("snapshot__raw", "snapshot__text"),
        page_url=settings.SITE_URL + request.path,
        source_url=f"{settings.SITE_URL}/articles/{article.pk}/",
        site_url=settings.SITE_URL,
    )
    return JsonResponse(page, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


@require_POST
@desk_view("annotate")
def annotation_import(request: DeskRequest, pk: int) -> HttpResponse:
    """Take annotations from a JSON-LD file, as one's own notes for the team."""
    article = article_for_reading(pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid() or article.current_snapshot is None:
        messages.error(request, _("Choose a file of annotations."))
        return redirect("desk:article_detail", pk=pk)
    try:
        entries = annotations_in(_document(form.cleaned_data["file"]))
    except NotAnAnnotation as refusal:
        messages.error(request, _("Not taken: %(reason)s") % {"reason": refusal})
        return redirect("desk:article_detail", pk=pk)
    may_create, at = may(request.user, "create_tag"), timezone.now()
    taken = take_annotations(
        entries=entries,
        snapshot=article.current_snapshot,
        tags_of=lambda labels: tags_named(labels, by=request.user, at=at, may_create=may_create),
        by=request.user,
        at=at,
    )
    _tell(request, taken)
    return redirect(reverse("desk:article_detail", args=[pk]) + "#annotate")


def _document(file: Any) -> Any:
    if file.size > LARGEST_FILE:
        raise NotAnAnnotation(_("the file is larger than %(most)s MB") % {"most": LARGEST_FILE // 1_000_000})
    try:
        return json.loads(file.read())
    except (ValueError, RecursionError) as error:
        raise NotAnAnnotation(_("the file is not JSON (%(error)s)") % {"error": error}) from error


def _tell(request: DeskRequest, taken: Taken) -> None:
    messages.info(
        request,
        _("%(created)s taken, %(unchanged)s known already, %(refused)s refused.")
        % {"created": taken.created, "unchanged": taken.unchanged, "refused": len(taken.refused)},
    )
    for reason in taken.refused[:10]:
        messages.warning(request, reason)
