"""Asks for imports, and changes one's mind: queue, start, retry, cancel. The work itself is in `running`."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from articles.given import Given, Piece, name_of, pieces_of
from articles.models import Feed, ImportBatch, ImportItem
from articles.models.imports import UNFINISHED
from articles.notices import Notice, sentence
from articles.queue import enqueue

from .outcomes import mark_failed, storable

State, Outcome = ImportBatch.State, ImportItem.Outcome
LANES = 4  # jobs that work on one batch at a time, at most
_ROWS, _BYTES = 500, 8_000_000  # what one INSERT carries


class NothingToImport(Exception):
    """An import was asked for without anything to import."""


def queue_import(
    *,
    sources: Iterable[Given],
    by: Any,
    at: datetime,
    label: str = "",
    options: dict[str, Any] | None = None,
    feed: Feed | None = None,
    idempotency_key: str = "",
    start: bool = True,
    by_workers: bool = True,
) -> ImportBatch:
    """Write a batch with an item for each source and enqueue its work, all or nothing; return the batch.

    With an `idempotency_key` that the same person used before, the earlier batch comes back and nothing is added.
    `start=False` leaves a draft that `start_import` starts; `by_workers=False` leaves the work to the caller.
    Raises NothingToImport when there is no source.
    """
    with transaction.atomic():
        batch, is_new = _batch_of(
            by, idempotency_key, requested_at=at, feed=feed, options=options or {}, label=label[:300]
        )
        if is_new:
            _add_items(batch, sources, at=at)
            if start:
                start_import(batch=batch, at=at, by_workers=by_workers)
    return batch


def start_import(*, batch: ImportBatch, at: datetime, by_workers: bool = True) -> None:
    """Start a draft; a batch that is started already stays as it is."""
    with transaction.atomic():
        started = ImportBatch.objects.filter(pk=batch.pk, state=State.DRAFT).update(state=State.QUEUED)
        if started and by_workers:
            enqueue_lanes(batch)
        finish_if_done(batch=batch, at=at)
    batch.refresh_from_db(fields=["state", "finished_at"])


def set_options(*, batch: ImportBatch, options: dict[str, Any]) -> None:
    """Change the options of a draft; those of a started batch stay as it was started with."""
    with transaction.atomic():
        draft = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state=State.DRAFT).first()
        if draft:
            draft.options = draft.options | options
            draft.save(update_fields=["options"])
            batch.options = draft.options


def discard_draft(*, batch: ImportBatch) -> None:
    """Throw a draft away with the files it holds; a started batch stays."""
    ImportBatch.objects.filter(pk=batch.pk, state=State.DRAFT).delete()


def cancel_import(*, batch: ImportBatch, by: Any, at: datetime) -> int:
    """Stop a batch and keep what is in; return how many items were stopped.

    An item that is being read now is stopped too: its worker finds the lease gone and stores nothing.
    """
    with transaction.atomic():
        still = ImportBatch.objects.filter(pk=batch.pk, state__in=[State.QUEUED, State.RUNNING])
        if not still.update(state=State.CANCELLED, finished_at=at):
            return 0
        notice = Notice.CANCELLED
        return batch.items.filter(outcome__in=UNFINISHED).update(
            outcome=Outcome.CANCELLED, reason_code=notice, reason=sentence(notice, {}), finished_at=at, payload=None
        )


def retry_items(*, items: Any, by: Any, at: datetime, published_on: date | None = None) -> int:
    """Queue failed items of one batch again; return how many could be.

    `items` is a QuerySet of ImportItem. A row of a table has nothing of its own to read again and is left out.
    `published_on` is used where an item does not say its date.
    """
    with transaction.atomic():
        found = list(items.filter(RETRIABLE, outcome=Outcome.FAILED).select_for_update().defer("payload"))
        for item in found:
            _queue_again(item, published_on)
        ImportItem.objects.bulk_update(
            found,
            ["outcome", "reason", "reason_code", "detail", "attempts", "not_before", "finished_at", "started_at"],
            _ROWS,
        )
        for batch in ImportBatch.objects.filter(pk__in={item.batch_id for item in found}):
            batch.state, batch.finished_at = State.QUEUED, None
            batch.save(update_fields=["state", "finished_at"])
            enqueue_lanes(batch)
    return len(found)


RETRIABLE = Q(payload__isnull=False) | ~Q(host="")


def finish_if_done(*, batch: ImportBatch, at: datetime) -> bool:
    """Mark a batch as done when nothing in it is left to do; return whether it is."""
    unfinished = ImportItem.objects.filter(batch=batch, outcome__in=UNFINISHED)
    if unfinished.exists():
        return False
    ImportBatch.objects.filter(pk=batch.pk, state__in=[State.QUEUED, State.RUNNING]).update(
        state=State.DONE, finished_at=at
    )
    return True


def enqueue_lanes(batch: ImportBatch, *, not_before: datetime | None = None) -> None:
    """Enqueue as many jobs as can be of use; a lane that still waits is not enqueued twice."""
    left = ImportItem.objects.filter(batch=batch, outcome=Outcome.QUEUED)[:LANES].count()
    for lane in range(left):
        enqueue_lane(batch.pk, lane, not_before=not_before)


def enqueue_lane(batch_id: int, lane: int, *, not_before: datetime | None = None) -> bool:
    """Enqueue one lane of a batch."""
    once = f"import:{batch_id}:{lane}"
    return enqueue("articles.run_batch", once=once, not_before=not_before, batch_id=batch_id, lane=lane)


def _batch_of(by: Any, key: str, **fields: Any) -> tuple[ImportBatch, bool]:
    fields["state"] = State.DRAFT
    if not key:
        return ImportBatch.objects.create(requested_by=by, **fields), True
    return ImportBatch.objects.get_or_create(requested_by=by, idempotency_key=key, defaults=fields)


def _add_items(batch: ImportBatch, sources: Iterable[Given], *, at: datetime) -> None:
    names: list[str] = []
    position = 0
    for rows in _portions(_pieces(sources, names)):
        items = [_item(batch, position + index, given, piece, at=at) for index, (given, piece) in enumerate(rows)]
        ImportItem.objects.bulk_create(items)
        position += len(rows)
    if not position:
        raise NothingToImport
    if not batch.label:
        names = [storable(name) for name in names[:1]] + names[1:]
        batch.label = names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"
        batch.save(update_fields=["label"])


def _pieces(sources: Iterable[Given], names: list[str]) -> Iterator[tuple[Given, Piece]]:
    for given in sources:
        names.append(name_of(given.source))
        for piece in pieces_of(given):
            yield given, piece


def _portions(pieces: Iterator[tuple[Given, Piece]]) -> Iterator[list[tuple[Given, Piece]]]:
    """Group pieces so that one INSERT stays small in rows and in bytes."""
    rows: list[tuple[Given, Piece]] = []
    weight = 0
    for given, piece in pieces:
        rows.append((given, piece))
        weight += len(piece.body or b"")
        if len(rows) >= _ROWS or weight >= _BYTES:
            yield rows
            rows, weight = [], 0
    if rows:
        yield rows


def _item(batch: ImportBatch, position: int, given: Given, piece: Piece, *, at: datetime) -> ImportItem:
    item = ImportItem(
        batch=batch, position=position, source=storable(piece.source), host=piece.host, payload=piece.body
    )
    item.detail = {
        "url": given.url,
        "content_type": given.content_type,
        "first_line": piece.first_line,
        "hints": given.hints,
    }
    item.detail = {name: storable(value) for name, value in item.detail.items() if value}
    if piece.refusal:
        mark_failed(item, piece.refusal, at=at)
    return item


def _queue_again(item: ImportItem, published_on: date | None) -> None:
    item.outcome, item.reason, item.reason_code = Outcome.QUEUED, "", ""
    item.attempts, item.not_before, item.started_at, item.finished_at = 0, None, None, None
    for told in ("refusal", "tries", "until", "why_code", "why_details"):
        item.detail.pop(told, None)
    if published_on:
        item.detail["published_on"] = published_on.isoformat()
