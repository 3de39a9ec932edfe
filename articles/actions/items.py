"""Runs one item to its end: fetch, read, store, tell. It ends once, whatever it holds."""

import logging
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from articles.hints import complete, day_given
from articles.importing.documents import ONE_ARTICLE, Document, Found, Kind
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.importing.sniffing import sniff
from articles.models import ImportItem
from articles.notices import Notice
from articles.tools import Tools

from .expanding import open_item
from .hosts import as_document, fetch_politely
from .leasing import LeaseLost, holding
from .outcomes import FIELDS, given_publisher, mark_failed, settle, storable, tell
from .reading_ahead import document_of
from .storing import Source, announce, store_draft
from .storing_many import Incoming

log = logging.getLogger(__name__)
Outcome = ImportItem.Outcome
MOST_ATTEMPTS = 5  # a worker that dies on an item again and again dies of it
_TRIES = 3
_BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10))


def run_item(*, item: ImportItem, tools: Tools) -> None:
    """Run one leased item to its end. Only a fault of the database itself is raised: the lease then runs out."""
    try:
        _run(item, tools)
    except LeaseLost:
        log.info("item %s was taken over or stopped", item.pk)
    except ImportRefused as refusal:
        settle_refusal(item, refusal, tools)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # a bug must end as this item's reason, not as the end of the others
        log.exception("item %s failed", item.pk)
        settle_refusal(item, DocumentRefused(Reason.READER_FAILED, detail=type(error).__name__), tools)


def _run(item: ImportItem, tools: Tools) -> None:
    if item.attempts > MOST_ATTEMPTS:
        raise DocumentRefused(Reason.READER_FAILED, detail=f"the worker stopped {MOST_ATTEMPTS} times on it")
    document = _obtain(item, tools)
    kind = sniff(document)
    if kind in ONE_ARTICLE:
        _store_one(item, document, kind, tools)
    else:
        open_item(item, document, kind, tools)


def _obtain(item: ImportItem, tools: Tools) -> Document:
    if item.host:
        result = fetch_politely(item.source, host=item.host, tools=tools)
        return as_document(result, at=tools.clock())
    body = bytes(ImportItem.objects.values_list("payload", flat=True).get(pk=item.pk) or b"")
    return document_of(item, body, at=tools.clock())


def _store_one(item: ImportItem, document: Document, kind: Kind, tools: Tools) -> None:
    incoming = found_in(item, document, kind, next(iter(tools.reader.read(document)), Found()))
    with holding(item):
        at = tools.clock()
        stored = store_draft(draft=incoming.draft, source=incoming.source, at=at, publisher=given_publisher(item))
        settle(item, stored, at=at)
        item.save(update_fields=FIELDS)
        announce([stored], at=at)


def found_in(item: ImportItem, document: Document, kind: Kind, found: Found) -> Incoming:
    """Return the article found in a document, with what else is known of it; raise ImportRefused if there is none."""
    if found.refusal:
        raise found.refusal
    if found.draft is None:
        raise DocumentRefused(Reason.NO_TEXT)
    day = item.detail.get("published_on") or item.batch.options.get("published_on", "")
    hints = item.detail.get("hints", {}) | day_given(day)
    asked_for = item.source if item.host else ""
    draft = complete(found.draft, kind=kind, hints=hints, found_at=document.url, asked_for=asked_for)
    source = Source(
        raw=document.body,
        url=document.url,
        content_type=document.content_type,
        taken_at=document.fetched_at,
        item_id=None if item.host else item.pk,
    )
    return Incoming(draft=draft, source=source)


def settle_refusal(item: ImportItem, refusal: ImportRefused, tools: Tools) -> None:
    """End an item that was refused as failed, or put it back to wait."""
    at = tools.clock()
    try:
        with holding(item):
            if refusal.is_passing and tools.is_patient and item.detail.get("tries", 0) < _TRIES - 1:
                _postpone(item, refusal, at=at)
            else:
                mark_failed(item, refusal, at=at)
            item.save(update_fields=["outcome", "reason_code", "reason", "detail", "finished_at", "not_before"])
    except LeaseLost:
        log.info("item %s was taken over or stopped", item.pk)


def _postpone(item: ImportItem, refusal: ImportRefused, *, at: datetime) -> None:
    """Put an item back to wait: as long as the site asks, else longer each time."""
    tries = item.detail.get("tries", 0)
    wait = timedelta(seconds=refusal.retry_after) if refusal.retry_after else _BACK_OFF[tries]
    until = at + wait
    item.outcome, item.not_before = Outcome.QUEUED, until
    item.detail = {**item.detail, "tries": tries + 1}
    why = {"why_code": refusal.code, "why_details": storable(refusal.details)}
    details = {"until": until.isoformat(timespec="minutes"), **why}
    item.detail |= details
    tell(item, Notice.WAITING, details)
