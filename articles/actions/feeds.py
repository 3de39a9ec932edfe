"""Listens to feeds: asks on schedule, only for what is new, less often while one fails."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation

from articles.feed_entries import fresh_entries
from articles.given import Given, host_of_address
from articles.hints import hints_of
from articles.importing.documents import Document, FeedEntry, FetchResult, Kind
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.importing.sniffing import sniff
from articles.models import Feed, Host, ImportBatch
from articles.queue import enqueue
from articles.tools import Tools

from .hosts import fetch_politely, take_host
from .outcomes import storable
from .queueing import NothingToImport, queue_import

LONGEST_BACK_OFF = timedelta(days=1)
BUSY_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll brought: a batch of new addresses, nothing new, or a reason why it failed."""

    feed: Feed
    batch: ImportBatch | None = None
    reason: str = ""

    @property
    def count(self) -> int:
        return self.batch.items.count() if self.batch else 0


def enqueue_due_feeds(*, at: datetime) -> int:
    """Enqueue a poll of every feed that is due, each once; return how many were added."""
    return sum(
        enqueue("articles.poll_feed", once=f"feed:{pk}", feed_id=pk) for pk in _due(at).values_list("pk", flat=True)
    )


def poll_due_feeds(*, tools: Tools) -> list[Polled]:
    """Poll every feed that is due, here and now."""
    polled = [poll_feed(feed=feed, tools=tools) for feed in _due(tools.clock())]
    return [each for each in polled if each]


def poll_feed(*, feed: Feed, tools: Tools) -> Polled | None:
    """Ask a feed for what is new and queue it; None if it is not due, or another worker is asking.

    Items and the feed's new state are written together: killed in between, the feed is asked again.
    """
    at = tools.clock()
    if not _take(feed, at):
        return None
    try:
        host = host_of_address(feed.url)
        if not take_host(host, at=at):
            free_at = Host.objects.get(pk=host).next_request_at or at
            Feed.objects.filter(pk=feed.pk).update(next_poll_at=max(at + BUSY_FOR, free_at))
            return None
        result = fetch_politely(feed.url, host=host, tools=tools, etag=feed.etag, last_modified=feed.last_modified)
        entries = _read(result, tools)
    except ImportRefused as refusal:
        return _note_failure(feed, refusal, at=tools.clock())
    return _note_success(feed, result, entries, at=tools.clock())


def _due(at: datetime) -> QuerySet[Feed]:
    return Feed.objects.filter(Q(next_poll_at=None) | Q(next_poll_at__lte=at), is_active=True).order_by(
        "next_poll_at", "pk"
    )


def _take(feed: Feed, at: datetime) -> bool:
    """Take a due feed: its next poll is set before this one begins, so that nobody polls it at the same time."""
    next_poll_at = at + timedelta(minutes=feed.interval_minutes)
    return bool(_due(at).filter(pk=feed.pk).order_by().update(next_poll_at=next_poll_at))


def _read(result: FetchResult, tools: Tools) -> list[FeedEntry]:
    """Return the entries of what was answered, none if nothing changed; raise ImportRefused if it is no feed."""
    if result.not_modified:
        return []
    document: Document = result.as_document(fetched_at=tools.clock())
    kind = sniff(document)
    if kind not in (Kind.FEED, Kind.SITEMAP):
        raise DocumentRefused(Reason.NOT_A_FEED, kind=kind.value)
    entries = []
    for found in tools.reader.read(document):
        if found.refusal and not found.position:
            raise found.refusal
        if found.entry:
            entries.append(found.entry)
    return entries


def _note_success(feed: Feed, result: FetchResult, entries: list[FeedEntry], *, at: datetime) -> Polled:
    with transaction.atomic():
        batch = _queue(feed, fresh_entries(entries, feed=feed), at=at)
        feed.etag = result.etag[:500] or feed.etag
        feed.last_modified = result.last_modified[:100] or feed.last_modified
        feed.polled_at = feed.succeeded_at = at
        feed.failures, feed.last_error, feed.last_refusal = 0, "", {}
        if result.moved_permanently and not Feed.objects.filter(url=result.final_url).exclude(pk=feed.pk).exists():
            feed.url = result.final_url
        noted = ["failures", "last_error", "last_refusal"]
        feed.save(update_fields=["etag", "last_modified", "polled_at", "succeeded_at", *noted, "url"])
    return Polled(feed=feed, batch=batch)


def _queue(feed: Feed, entries: list[FeedEntry], *, at: datetime) -> ImportBatch | None:
    sources = [Given(source=entry.url, hints=hints_of(entry)) for entry in entries]
    options = {"publisher": feed.publisher_id} if feed.publisher_id else {}
    try:
        return queue_import(sources=sources, by=None, at=at, label=str(feed), options=options, feed=feed)
    except NothingToImport:
        return None


def _note_failure(feed: Feed, refusal: ImportRefused, *, at: datetime) -> Polled:
    feed.polled_at = at
    feed.failures += 1
    with translation.override("en"):
        feed.last_error = str(refusal)
    feed.last_refusal = {"code": refusal.code, "details": storable(refusal.details)}
    feed.next_poll_at = at + _back_off(feed, refusal)
    # A site that says "gone for ever" is believed; a person can switch the feed on again.
    feed.is_active = refusal.reason is not Reason.GONE
    feed.save(update_fields=["polled_at", "failures", "last_error", "last_refusal", "next_poll_at", "is_active"])
    return Polled(feed=feed, reason=feed.last_error)


def _back_off(feed: Feed, refusal: ImportRefused) -> timedelta:
    """Twice as long after each failure, at most a day, spread so that feeds of one host do not come together."""
    interval = timedelta(minutes=feed.interval_minutes)
    wait = min(interval * 2 ** min(feed.failures, 12), max(LONGEST_BACK_OFF, interval))
    wait *= random.uniform(0.9, 1.1)  # noqa: S311 - no secret
    return max(wait, timedelta(seconds=refusal.retry_after or 0))


def add_feed(*, feed: Feed, at: datetime) -> Feed:
    """Begin to listen to a feed, now."""
    feed.next_poll_at = at
    feed.save()
    enqueue("articles.poll_feed", once=f"feed:{feed.pk}", feed_id=feed.pk)
    return feed


def poll_soon(*, feed: Feed, at: datetime) -> None:
    """Ask a feed at once, whatever its schedule says."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=at, is_active=True)
    enqueue("articles.poll_feed", once=f"feed:{feed.pk}", feed_id=feed.pk)


def switch_feed(*, feed: Feed, is_active: bool, at: datetime) -> None:
    """Switch a feed on or off. What it brought stays."""
    Feed.objects.filter(pk=feed.pk).update(is_active=is_active, next_poll_at=at, failures=0)
