"""Reads files ahead, so that the next are read in the child process while the last are written to the database.

Nothing here writes. What is in here is leased to this worker; killed, its leases run out like any others.
"""

import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from django.db import connection
from psycopg import Cursor

from articles.importing.documents import ONE_ARTICLE, Document, Found, Kind
from articles.importing.refusals import ImportRefused
from articles.importing.sniffing import sniff
from articles.models import ImportItem
from articles.tools import Reader, Tools

SLICE = 10  # files written in one transaction
AHEAD = 2 * SLICE  # files in the hands of one worker; those of a killed one wait for their lease to end
MOST_BYTES = 16_000_000  # of files in memory at a time, apart from one that is larger alone
_PATIENCE = 1.0  # seconds that a file which is read may wait for its neighbours, to be written with them


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file and what its reader will find in it; None for what holds many, which is opened when its turn comes."""

    item: ImportItem
    document: Document
    kind: Kind
    found: Future[Found] | None


class ReadAhead:
    """A queue of files, read one after the other by a thread that waits for the child process."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._taken: deque[ImportItem] = deque()  # not in memory yet
        self._begun: deque[Reading] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def __len__(self) -> int:
        return len(self._taken) + len(self._begun)

    @property
    def items(self) -> list[ImportItem]:
        return [*(reading.item for reading in self._begun), *self._taken]

    def add(self, items: Iterable[ImportItem]) -> None:
        """Read these leased files, too, in order."""
        self._taken.extend(items)
        self._begin()

    def keep_only(self, ids: set[int]) -> None:
        """Forget the files that are not ours any more."""
        self._taken = deque(item for item in self._taken if item.pk in ids)
        self._begun = deque(reading for reading in self._begun if reading.item.pk in ids)

    def next_slice(self) -> list[Reading]:
        """Return the next files, all read: one at least, more if they are read soon; what is to be opened comes alone."""
        readings: list[Reading] = []
        end = time.monotonic() + _PATIENCE
        while self._begun and len(readings) < SLICE:
            is_single = self._begun[0].found is None
            if readings and (is_single or not _is_read(self._begun[0], end)):
                break
            readings.append(self._begun.popleft())
            if is_single:
                break
        if readings and readings[0].found:
            readings[0].found.exception()  # waits for it
        self._begin()
        return readings

    def _begin(self) -> None:
        room = MOST_BYTES - sum(len(reading.document.body) for reading in self._begun)
        if self._taken and (room > 0 or not self._begun):
            for item, body in _payloads(list(self._taken), room):
                self._taken.popleft()
                self._begun.append(self._reading(item, body))

    def _reading(self, item: ImportItem, body: bytes) -> Reading:
        document = document_of(item, body, at=self._tools.clock())
        try:
            kind = sniff(document)
        except ImportRefused as refusal:
            return Reading(item=item, document=document, kind=Kind.TEXT, found=_refused(refusal))
        found = self._pool.submit(_read, self._tools.reader, document) if kind in ONE_ARTICLE else None
        return Reading(item=item, document=document, kind=kind, found=found)


def document_of(item: ImportItem, body: bytes, *, at: datetime) -> Document:
    """Return a file's bytes with what was said about them."""
    detail = item.detail
    return Document(
        body=body,
        name=item.source,
        url=detail.get("url", ""),
        content_type=detail.get("content_type", ""),
        fetched_at=datetime.fromisoformat(detail["fetched_at"]) if "fetched_at" in detail else at,
    )


def _is_read(reading: Reading, end: float) -> bool:
    """Wait until a file is read, or until `end`; return whether it is."""
    assert reading.found is not None  # noqa: S101 - for the type checker
    try:
        reading.found.exception(timeout=max(0.0, end - time.monotonic()))
    except TimeoutError:
        return False
    return True


def _refused(refusal: ImportRefused) -> Future[Found]:
    found: Future[Found] = Future()
    found.set_result(Found(refusal=refusal))
    return found


def _read(reader: Reader, document: Document) -> Found:
    return next(iter(reader.read(document)), Found())


def _payloads(items: list[ImportItem], room: int) -> list[tuple[ImportItem, bytes]]:
    """Return the bytes of as many of the files as there is room for, of one at least."""
    connection.ensure_connection()
    # Written out in hexadecimal, as Django has it, a page would be twice as long and read twice as slowly.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(_PAYLOADS, {"ids": [item.pk for item in items], "room": room}, binary=True)
        bodies = {row[0]: bytes(row[1] or b"") for row in cursor.fetchall()}
    # Items that were removed meanwhile have none; whoever holds them will find out.
    return [(item, bodies.get(item.pk, b"")) for item in items[: len(bodies) or len(items)]]


# How long a payload is, is known without reading it.
_PAYLOADS = """
SELECT item.id, item.payload FROM (
    SELECT id, payload, place, sum(coalesce(octet_length(payload), 0)) OVER (ORDER BY place) AS filled
    FROM articles_importitem JOIN unnest(%(ids)s::bigint[]) WITH ORDINALITY AS one (item, place) ON id = one.item
) AS item
WHERE item.filled <= %(room)s OR item.place = 1
ORDER BY item.place
"""
