"""Leases: who works on an item, and until when. A killed worker's item is taken up again when its lease has run out.

A lease is the item's `started_at`: whoever wrote it holds the item until LEASE later. Its result is stored in one
transaction that first checks the lease, so that a slow worker whose item was given to another stores nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from articles.models import ImportBatch, ImportItem

LEASE = timedelta(seconds=60)  # longer than any fetch (10 s) and reading (20 s) together
FIRST_PLACES = 10  # items without a host that one worker takes at a time


class LeaseLost(Exception):
    """The item was given to another worker, or stopped; what was read of it is thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """There is nothing to take now; `next_at` is when there may be, None if only other workers' items are left."""

    next_at: datetime | None


def take_items(*, batch_id: int, at: datetime, lease: timedelta = LEASE) -> list[ImportItem] | Nothing:
    """Lease the next items of a batch to the caller: some files, or one address of a host that is free.

    Nobody else gets them while the lease lasts; of each host, one address is leased at a time.
    """
    with transaction.atomic():
        # A lease lost in a power cut costs nothing: the item simply is not leased.
        _execute("SET LOCAL synchronous_commit TO off")
        batch = ImportBatch.objects.filter(pk=batch_id, state__in=["queued", "running"]).select_related("feed").first()
        if batch is None:
            return Nothing(next_at=None)
        ids = _take_files(batch_id, at) or _take_lapsed_file(batch_id, at, lease) or _take_address(batch_id, at, lease)
        if ids:
            if batch.state == ImportBatch.State.QUEUED:
                ImportBatch.objects.filter(pk=batch_id, state="queued").update(state="running")
            return _items(ids, batch)
        return Nothing(next_at=_next_at(batch_id, at, lease))


def _items(ids: list[int], batch: ImportBatch) -> list[ImportItem]:
    """Return items of one batch, which they share."""
    items = list(ImportItem.objects.filter(pk__in=ids).defer("payload").order_by("pk"))
    for item in items:
        item.batch = batch
    return items


@contextmanager
def holding(item: ImportItem) -> Iterator[None]:
    """Open the one transaction in which an item's result is stored; raise LeaseLost if it is not ours any more."""
    with holding_all([item]) as held:
        if not held:
            raise LeaseLost
        yield


@contextmanager
def holding_all(items: Sequence[ImportItem]) -> Iterator[list[ImportItem]]:
    """Open the one transaction in which the results of items are stored; yield those that are still ours."""
    with transaction.atomic():
        rows = ImportItem.objects.select_for_update().filter(pk__in=[item.pk for item in items], outcome="running")
        begun = dict(rows.order_by("pk").values_list("pk", "started_at"))
        yield [item for item in items if item.pk in begun and begun[item.pk] == item.started_at]


def keep(items: Sequence[ImportItem], *, at: datetime, lease: timedelta = LEASE) -> list[ImportItem]:
    """Return those of the items that wait their turn that are still ours; leases of which much is over begin anew."""
    late = [item for item in items if item.started_at is None or at - item.started_at >= lease / 2]
    if not late:
        return list(items)
    with holding_all(late) as held:
        for item in held:
            item.started_at = at
        ImportItem.objects.filter(pk__in=[item.pk for item in held]).update(started_at=at)
    kept = {item.pk for item in held}
    return [item for item in items if item not in late or item.pk in kept]


def renew(item: ImportItem, *, at: datetime) -> None:
    """Begin the lease anew, inside `holding`."""
    item.started_at = at
    ImportItem.objects.filter(pk=item.pk).update(started_at=at)


def _take_files(batch_id: int, at: datetime) -> list[int]:
    return _ids(_TAKE_FILES, batch=batch_id, at=at, limit=FIRST_PLACES)


def _take_lapsed_file(batch_id: int, at: datetime, lease: timedelta) -> list[int]:
    """Take one item of a dead worker, alone: if it is what the worker died of, its neighbours must not share the fate."""
    return _ids(_TAKE_LAPSED_FILE, batch=batch_id, at=at, lapsed=at - lease)


def _take_address(batch_id: int, at: datetime, lease: timedelta) -> list[int]:
    return _ids(_TAKE_ADDRESS, batch=batch_id, at=at, lapsed=at - lease, until=at + lease)


def _next_at(batch_id: int, at: datetime, lease: timedelta) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"batch": batch_id, "at": at, "lease": lease.total_seconds()})
        return cursor.fetchone()[0]


def _ids(sql: str, **values: int | datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


# `outcome IN (…)` is the condition of the index that holds unfinished items only.
_UNFINISHED = "item.batch_id = %(batch)s AND item.outcome IN ('queued', 'running')"
_QUEUED = "item.outcome = 'queued' AND (item.not_before IS NULL OR item.not_before <= %(at)s)"
_LAPSED = "item.outcome = 'running' AND item.started_at < %(lapsed)s"
_LEASE = "UPDATE articles_importitem SET outcome = 'running', started_at = %(at)s, attempts = attempts + 1"
# Picked in a WITH, which runs once: a subselect that locks may be run again for each row, and then takes more than LIMIT.
_LEASE_PICKED = f"{_LEASE} FROM picked WHERE articles_importitem.id = picked.id RETURNING articles_importitem.id"

_TAKE_FILES = f"""
WITH picked AS MATERIALIZED (
    SELECT item.id FROM articles_importitem AS item
    WHERE {_UNFINISHED} AND {_QUEUED} AND item.host = ''
    ORDER BY item.id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
{_LEASE_PICKED}
"""  # noqa: S608 - put together from constants

_TAKE_LAPSED_FILE = f"""
WITH picked AS MATERIALIZED (
    SELECT item.id FROM articles_importitem AS item
    WHERE {_UNFINISHED} AND {_LAPSED} AND item.host = ''
    ORDER BY item.id LIMIT 1 FOR UPDATE SKIP LOCKED
)
{_LEASE_PICKED}
"""  # noqa: S608

# One statement picks an item whose host is free and takes the host until the lease ends. If another worker took the
# host a moment earlier, the conflicting insert changes nothing, and so nothing is leased.
_TAKE_ADDRESS = f"""
WITH picked AS (
    SELECT item.id, item.host FROM articles_importitem AS item
    LEFT JOIN articles_host AS host ON host.name = item.host
    WHERE {_UNFINISHED} AND ({_QUEUED} OR {_LAPSED}) AND item.host <> '' AND (host.next_request_at IS NULL OR host.next_request_at <= %(at)s)
    ORDER BY item.id LIMIT 1 FOR UPDATE OF item SKIP LOCKED
), host AS (
    INSERT INTO articles_host (name, robots, paused_reason, next_request_at)
    SELECT picked.host, '', '', %(until)s FROM picked
    ON CONFLICT (name) DO UPDATE SET next_request_at = EXCLUDED.next_request_at
    WHERE articles_host.next_request_at IS NULL OR articles_host.next_request_at <= %(at)s
    RETURNING name
)
{_LEASE} FROM picked JOIN host ON host.name = picked.host WHERE articles_importitem.id = picked.id
RETURNING articles_importitem.id
"""  # noqa: S608

_NEXT = """
SELECT min(GREATEST(CASE WHEN item.outcome = 'running' THEN item.started_at + %(lease)s * interval '1 second' ELSE item.not_before END,
                    host.next_request_at, %(at)s))
FROM articles_importitem AS item LEFT JOIN articles_host AS host ON host.name = item.host
WHERE item.batch_id = %(batch)s AND item.outcome IN ('queued', 'running')
"""
