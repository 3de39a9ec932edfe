"""Imports: what to import, what it would become, how far it is, what failed and why."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.actions.queueing import (
    cancel_import,
    discard_draft,
    queue_import,
    retry_items,
    set_options,
    start_import,
)
from articles.importing.differences import compare
from articles.models import ImportBatch, ImportItem, Snapshot
from articles.reports import csv_lines
from policytracker.desk.access import desk_view
from policytracker.desk.forms.imports import ImportForm, MappingForm
from policytracker.desk.import_preview import first_items, mapping_of, table_of
from policytracker.desk.import_progress import line_of, progress_of, state_of
from policytracker.desk.paging import page_of

ATTENTION = ("failed", "duplicate", "updated")


@require_GET
@desk_view("import")
def import_list(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the form for a new one."""
    page = page_of(ImportBatch.objects.for_list_page(), request, size=30)
    rows = [(batch, *state_of(batch, batch.failed_count)) for batch in page.rows]
    return render(request, "desk/import_list.html", {"page": page, "rows": rows, **_new_form()})


@require_http_methods(["GET", "POST"])
@desk_view("import")
def import_new(request: HttpRequest) -> HttpResponse:
    """Take files and links; what they would become is shown before anything is stored."""
    if request.method == "GET":
        return render(request, "desk/import_new.html", _new_form())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "desk/import_new.html", {"form": form, "key": _key(request)}, status=422)
    batch = queue_import(
        sources=form.sources(),
        by=request.user,
        at=timezone.now(),
        options=form.options(),
        idempotency_key=f"desk:{_key(request)}",
        start=False,
    )
    return redirect("desk:import_detail", batch.pk)


@require_GET
@desk_view("import")
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the start, what the first items would become; after it, how far it is and what became of each."""
    batch = get_object_or_404(ImportBatch.objects.select_related("requested_by", "feed"), pk=pk)
    if batch.state == ImportBatch.State.DRAFT:
        return _draft(request, batch)
    progress = progress_of(batch, at=timezone.now())
    context = {"batch": batch, "progress": progress, "state": state_of(batch, progress.failed)}
    if request.headers.get("HX-Request"):
        return render(request, "desk/_import_progress.html", context)
    wanted = request.GET.get("show", "")
    items = batch.items.for_page()
    shown = items.filter(outcome__in=[wanted] if wanted in ImportItem.Outcome.values else ATTENTION)
    page = page_of(items.exclude(outcome="expanded") if wanted == "all" else shown, request)
    context |= {"page": page, "lines": [line_of(item) for item in page.rows], "show": wanted}
    return render(request, "desk/import_detail.html", context)


def _draft(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    table = table_of(batch)
    form = MappingForm(columns=list(table.columns), mapping=mapping_of(batch, table)) if table else None
    foreseen = first_items(batch, mapping=mapping_of(batch, table) if table else None)
    count = batch.items.count()
    context = {"batch": batch, "table": table, "form": form, "foreseen": foreseen, "count": count}
    return render(request, "desk/import_draft.html", context)


@require_POST
@desk_view("import")
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a draft with the columns as they were chosen, or throw it away."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if "discard" in request.POST:
        discard_draft(batch=batch)
        messages.success(request, _("Thrown away; nothing was imported."))
        return redirect("desk:import_list")
    table = table_of(batch) if batch.state == ImportBatch.State.DRAFT else None
    if table:
        form = MappingForm(request.POST, columns=list(table.columns), mapping={})
        if form.is_valid():
            set_options(batch=batch, options={"mapping": form.mapping(), "columns": list(table.columns)})
    if "preview" not in request.POST:
        start_import(batch=batch, at=timezone.now())
    return redirect("desk:import_detail", pk)


@require_POST
@desk_view("import")
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an import and keep what is in."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    count = cancel_import(batch=batch, by=request.user, at=timezone.now())
    text = ngettext("Stopped: %(count)s item was not read.", "Stopped: %(count)s items were not read.", count)
    messages.success(request, text % {"count": count})
    return redirect("desk:import_detail", pk)


@require_POST
@desk_view("import")
def import_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one failed item again, or all of them."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    one = request.POST.get("item", "")
    items = batch.items.filter(pk=int(one)) if one.isdecimal() and len(one) < 19 else batch.items.all()
    try:
        day = date.fromisoformat(request.POST["published_on"]) if request.POST.get("published_on") else None
    except ValueError:
        messages.error(request, _("That is no date; expected something like 2023-01-27."))
        return redirect("desk:import_detail", pk)
    count = retry_items(items=items, by=request.user, at=timezone.now(), published_on=day)
    text = ngettext("%(count)s item is tried again.", "%(count)s items are tried again.", count) % {"count": count}
    messages.success(request, text if count else _("Nothing there can be tried again: import it anew."))
    return redirect("desk:import_detail", pk)


@require_GET
@desk_view("import")
def import_difference(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """What a changed page says differently, by paragraphs and words."""
    items = ImportItem.objects.filter(batch=pk, outcome=ImportItem.Outcome.UPDATED).exclude(article=None)
    item = get_object_or_404(items.select_related("article").defer("payload"), pk=item_pk)
    texts = Snapshot.objects.filter(article=item.article).defer("raw")
    before = get_object_or_404(texts, pk=item.detail.get("before"))
    after = get_object_or_404(texts, pk=item.detail.get("after"))
    changes = compare(before.text, after.text)
    context = {"item": item, "before": before, "after": after, "changes": changes}
    return render(request, "desk/import_difference.html", context)


@require_GET
@desk_view("import")
def import_report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """What became of each item, as CSV."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    lines: Iterator[str] = csv_lines(batch.items.exclude(outcome="expanded").for_report().iterator(chunk_size=500))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}.csv"'
    return response


def _new_form() -> dict[str, Any]:
    return {"form": ImportForm(), "key": uuid4()}


def _key(request: HttpRequest) -> UUID:
    """The key by which a form sent twice makes one import."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
