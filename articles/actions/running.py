"""Works on the items of a batch: fetch, read, store, tell. Every item ends once, whatever it holds."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import InterfaceError, OperationalError

from articles.hints import complete, day_given
from articles.importing.documents import Document, Found, Kind
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.importing.sniffing import sniff
from articles.models import ImportBatch, ImportItem
from articles.notices import Notice
from articles.tools import Tools

from .expanding import open_item
from .hosts import as_document, fetch_politely
from .leasing import LeaseLost, Nothing, holding, keep, take_items
from .outcomes import FIELDS, given_publisher, mark_failed, settle, tell
from .queueing import finish_if_done
from .storing import Source, announce, store_draft

log = logging.getLogger(__name__)
Outcome = ImportItem.Outcome
MOST_ATTEMPTS = 5  # a worker that dies on an item again and again dies of it
_TRIES = 3
_BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10))
_ONE_ARTICLE = (Kind.PAGE, Kind.TEXT, Kind.PDF)
_SHORT_WAIT = timedelta(seconds=5)

OnFinished = Callable[[ImportItem], None]


class Rest(StrEnum):
    """What is left of a batch when a stretch of work ends."""

    NOTHING = "nothing"
    MORE = "more"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left, and when to come back."""

    rest: Rest
    next_at: datetime | None = None


def work_on_batch(
    *, batch_id: int, tools: Tools, until: datetime | None = None, on_finished: OnFinished = lambda item: None
) -> Left:
    """Work on a batch's items until none is left, all wait, or `until` has come; return what is left."""
    while until is None or tools.clock() < until:
        taken = take_items(batch_id=batch_id, at=tools.clock())
        if isinstance(taken, Nothing):
            if taken.next_at is None:
                finish_if_done(batch=ImportBatch(pk=batch_id), at=tools.clock())
                return Left(rest=Rest.NOTHING)
            wait = taken.next_at - tools.clock()
            if until is not None and wait > _SHORT_WAIT:
                return Left(rest=Rest.LATER, next_at=taken.next_at)
            tools.pause(max(0.01, min(wait, _SHORT_WAIT).total_seconds()))
            continue
        for item in taken:
            if keep(item, at=tools.clock()):
                run_item(item=item, tools=tools)
                on_finished(item)
    return Left(rest=Rest.MORE)


def run_item(*, item: ImportItem, tools: Tools) -> None:
    """Run one leased item to its end. Only a fault of the database itself is raised: the lease then runs out."""
    try:
        _run(item, tools)
    except LeaseLost:
        log.info("item %s was taken over or stopped", item.pk)
    except ImportRefused as refusal:
        _settle_refusal(item, refusal, tools)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # a bug must end as this item's reason, not as the end of the others
        log.exception("item %s failed", item.pk)
        _settle_refusal(item, DocumentRefused(Reason.READER_FAILED, detail=type(error).__name__), tools)


def _run(item: ImportItem, tools: Tools) -> None:
    if item.attempts > MOST_ATTEMPTS:
        raise DocumentRefused(Reason.READER_FAILED, detail=f"the worker stopped {MOST_ATTEMPTS} times on it")
    document = _obtain(item, tools)
    kind = sniff(document)
    if kind in _ONE_ARTICLE:
        _store_one(item, document, kind, tools)
    else:
        open_item(item, document, kind, tools)


def _obtain(item: ImportItem, tools: Tools) -> Document:
    if item.host:
        result = fetch_politely(item.source, host=item.host, tools=tools)
        return as_document(result, at=tools.clock())
    body = bytes(ImportItem.objects.values_list("payload", flat=True).get(pk=item.pk) or b"")
    detail = item.detail
    return Document(
        body=body,
        name=item.source,
        url=detail.get("url", ""),
        content_type=detail.get("content_type", ""),
        fetched_at=datetime.fromisoformat(detail["fetched_at"]) if "fetched_at" in detail else tools.clock(),
    )


def _store_one(item: ImportItem, document: Document, kind: Kind, tools: Tools) -> None:
    found = next(iter(tools.reader.read(document)), Found())
    if found.refusal:
        raise found.refusal
    if found.draft is None:
        raise DocumentRefused(Reason.NO_TEXT)
    day = item.detail.get("published_on") or item.batch.options.get("published_on", "")
    hints = item.detail.get("hints", {}) | day_given(day)
    asked_for = item.source if item.host else ""
    draft = complete(found.draft, kind=kind, hints=hints, found_at=document.url, asked_for=asked_for)
    source = Source(
        raw=document.body, url=document.url, content_type=document.content_type, taken_at=document.fetched_at
    )
    with holding(item):
        at = tools.clock()
        stored = store_draft(draft=draft, source=source, at=at, publisher=given_publisher(item))
        settle(item, stored, at=at)
        item.save(update_fields=FIELDS)
        announce([stored], at=at)


def _settle_refusal(item: ImportItem, refusal: ImportRefused, tools: Tools) -> None:
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
    details = {"until": until.isoformat(timespec="minutes"), "why": str(refusal)}
    item.detail |= details
    tell(item, Notice.WAITING, details)
