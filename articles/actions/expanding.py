"""Opens what holds many: archives into files, feeds and sitemaps into addresses, tables into articles.

Each works in slices, and each slice is one transaction that also says how far it came. A worker killed between two
slices loses nothing: the next one opens the same bytes again and skips what is done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from articles.feed_entries import fresh_entries
from articles.given import host_of_address
from articles.hints import hints_of
from articles.importing.archives import Entry, unwarc, unzip
from articles.importing.documents import Document, FeedEntry, Found, Kind
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.models import ImportItem
from articles.notices import Notice
from articles.tools import Tools

from .leasing import holding, renew
from .outcomes import given_publisher, mark_failed, settle, storable, tell
from .queueing import enqueue_lanes
from .storing import Source, Stored, announce
from .storing_many import Incoming, store_drafts

Outcome = ImportItem.Outcome
SLICE = 100  # rows or addresses in one transaction
SLICE_BYTES = 8_000_000
DEEPEST = 3  # a sitemap index, its sitemaps, their articles
MOST_ITEMS = 1_000_000  # that one list may open into
T = TypeVar("T", Found, Entry)


@dataclass(slots=True)
class _Slice:
    """What one transaction writes: items, and the articles that some of them are."""

    items: list[ImportItem] = field(default_factory=list)
    rows: list[tuple[ImportItem, Incoming]] = field(default_factory=list)

    def add(self, child: ImportItem, incoming: Incoming | None) -> None:
        self.items.append(child)
        if incoming:
            self.rows.append((child, incoming))


def open_item(item: ImportItem, document: Document, kind: Kind, tools: Tools) -> None:
    """Open an archive, feed, sitemap or table into items of its own. Raises ImportRefused if it cannot be opened."""
    depth = item.detail.get("depth", 0) + 1
    if kind in (Kind.ZIP, Kind.WARC):
        if depth > 1:
            raise DocumentRefused(Reason.ARCHIVE_NESTED, name=item.source)
        entries = unzip(document) if kind is Kind.ZIP else unwarc(document)
        _open(item, entries, lambda entry, place: _file_item(item, entry, place, depth, tools), tools)
        return
    if depth > DEEPEST:
        raise DocumentRefused(Reason.LIST_TOO_DEEP, limit=DEEPEST)
    found = _whole_or_refused(tools.reader.read(document, mapping=item.batch.options.get("mapping") or None))
    _open(item, found, lambda each, place: _found_item(item, each, place, depth, tools), tools)


def _open(item: ImportItem, found: Iterator[T], make: Callable[[T, int], Any], tools: Tools) -> None:
    done = item.detail.get("done", 0)
    for _ in range(done):
        next(found, None)
    for portion in _portions(found):
        if done + len(portion) > MOST_ITEMS:
            raise DocumentRefused(Reason.TOO_MANY_ROWS, limit=MOST_ITEMS)
        with holding(item):
            done = _store_slice(item, portion, make, done, tools)
    with holding(item):
        _close(item, done, at=tools.clock())
        enqueue_lanes(item.batch)


def _store_slice(item: ImportItem, portion: list[T], make: Callable[[T, int], Any], done: int, tools: Tools) -> int:
    """Store one slice inside the caller's transaction; return how many are done with it."""
    at = tools.clock()
    made = _Slice()
    known = _known(item, portion)
    for number, each in enumerate(portion, start=done):
        if isinstance(each, Found) and each.entry and each.entry.url in known:
            continue
        made.add(*make(each, number))
    stored = _store_rows(made.rows, item, at=at)
    ImportItem.objects.bulk_create(made.items)
    announce(stored, at=at)
    item.detail["done"] = done + len(portion)
    item.save(update_fields=["detail"])
    renew(item, at=at)
    return done + len(portion)


def _store_rows(rows: list[tuple[ImportItem, Incoming]], item: ImportItem, *, at: datetime) -> list[Stored]:
    """Store the articles of rows, say on each row's item what became of it, and return those that are in."""
    if not rows:
        return []
    incoming = [each for _, each in rows]
    results = store_drafts(incoming=incoming, at=at, publisher=given_publisher(item))
    for (child, _), result in zip(rows, results, strict=True):
        if isinstance(result, ImportRefused):
            mark_failed(child, result, at=at)
        else:
            settle(child, result, at=at)
    return [result for result in results if isinstance(result, Stored)]


def _close(item: ImportItem, count: int, *, at: datetime) -> None:
    item.outcome, item.finished_at, item.payload = Outcome.EXPANDED, at, None
    item.detail["count"] = count
    tell(item, Notice.OPENED, {"count": count})
    item.save()


def _portions(found: Iterator[T]) -> Iterator[list[T]]:
    portion: list[T] = []
    weight = 0
    for each in found:
        portion.append(each)
        weight += _weight(each)
        if len(portion) >= SLICE or weight >= SLICE_BYTES:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


def _weight(each: Found | Entry) -> int:
    if isinstance(each, Entry):
        return len(each.document.body) if each.document else 0
    return len(each.draft.text) if each.draft else 0


def _whole_or_refused(found: Iterator[Found]) -> Iterator[Found]:
    """Raise the refusal of a document of which nothing could be made; a refusal of one row has a place."""
    for each in found:
        if each.refusal and not each.position:
            raise each.refusal
        yield each


def _known(item: ImportItem, portion: Sequence[Found | Entry]) -> set[str]:
    """Return the addresses to pass over: a sitemap read on schedule lists years of articles we have."""
    feed = item.batch.feed
    entries = [each.entry for each in portion if isinstance(each, Found) and each.entry]
    if feed is None or not entries:
        return set()
    return {entry.url for entry in entries} - {entry.url for entry in fresh_entries(entries, feed=feed)}


def _child(item: ImportItem, place: int, name: str, depth: int) -> ImportItem:
    source = storable(f"{item.source}, {name}" if name else item.source)
    return ImportItem(batch=item.batch, parent=item, position=place, source=source, detail={"depth": depth})


def _file_item(item: ImportItem, entry: Entry, place: int, depth: int, tools: Tools) -> tuple[ImportItem, None]:
    child = _child(item, place, entry.name, depth)
    if entry.document is None:
        mark_failed(child, entry.refusal or DocumentRefused(Reason.EMPTY), at=tools.clock())
        return child, None
    document = entry.document
    child.payload = document.body
    said = {"url": document.url, "content_type": document.content_type}
    child.detail |= {name: value for name, value in said.items() if value}
    if document.fetched_at:
        child.detail["fetched_at"] = document.fetched_at.isoformat()
    return child, None


def _found_item(
    item: ImportItem, found: Found, place: int, depth: int, tools: Tools
) -> tuple[ImportItem, Incoming | None]:
    name = _place_of(item, found)
    try:
        if found.refusal:
            raise _at_line(item, found.refusal)
        if found.entry:
            return _address_item(item, found.entry, place, name, depth), None
        return _child(item, place, name, depth), _row(found)
    except ImportRefused as refusal:
        child = _child(item, place, name, depth)
        mark_failed(child, refusal, at=tools.clock())
        return child, None


def _address_item(item: ImportItem, entry: FeedEntry, place: int, name: str, depth: int) -> ImportItem:
    child = _child(item, place, name, depth)
    child.host = host_of_address(entry.url)
    child.source = storable(entry.url)
    hints = storable(hints_of(entry))
    if hints:
        child.detail["hints"] = hints
    return child


def _row(found: Found) -> Incoming:
    """Return the article of a row. The words are all there is of it: they are its source."""
    assert found.draft is not None  # noqa: S101 - exactly one of draft, entry and refusal
    draft = found.draft
    raw = draft.text.encode("utf-8", "surrogatepass")
    return Incoming(draft=draft, source=Source(raw=raw, url=draft.url, content_type="text/plain; charset=utf-8"))


def _place_of(item: ImportItem, found: Found) -> str:
    """Return where in the file it stands; lines of a piece are counted from the file's beginning."""
    first = item.detail.get("first_line", 1)
    kind, _, number = found.position.rpartition(" ")
    if first > 1 and kind == "line" and number.isdigit():
        return f"line {int(number) + first - 1}"
    return found.position


def _at_line(item: ImportItem, refusal: ImportRefused) -> ImportRefused:
    first = item.detail.get("first_line", 1)
    line = refusal.details.get("line")
    return refusal.at(line=line + first - 1) if first > 1 and isinstance(line, int) else refusal
