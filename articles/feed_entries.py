"""Which entries of a feed are worth fetching. Reads only."""

from collections.abc import Mapping
from datetime import datetime

from articles.identity import address_key
from articles.importing.documents import FeedEntry
from articles.importing.refusals import ImportRefused
from articles.models import ArticleAddress, Feed, ImportItem

_AT_ONCE = 1000


def fresh_entries(entries: list[FeedEntry], *, feed: Feed) -> list[FeedEntry]:
    """Return the entries whose article we do not have, or that were updated since we read it.

    An address that this feed brought before and that failed is not tried again by itself: a person can.
    """
    fresh: list[FeedEntry] = []
    for start in range(0, len(entries), _AT_ONCE):
        fresh += _fresh(entries[start : start + _AT_ONCE], feed)
    return fresh


def _fresh(entries: list[FeedEntry], feed: Feed) -> list[FeedEntry]:
    keys = {entry.url: _key(entry) for entry in entries}
    rows = ArticleAddress.objects.filter(key__in=[key for key in keys.values() if key])
    read_at = dict(rows.values_list("key", "article__current_snapshot__taken_at"))
    tried = set(ImportItem.objects.filter(source__in=list(keys), batch__feed=feed).values_list("source", flat=True))
    return [entry for entry in entries if _is_fresh(entry, keys[entry.url], read_at, tried)]


def _key(entry: FeedEntry) -> str:
    try:
        return address_key(entry.url)
    except ImportRefused:
        return ""


def _is_fresh(entry: FeedEntry, key: str, read_at: Mapping[str, datetime | None], tried: set[str]) -> bool:
    if entry.is_sitemap:
        return True
    if key in read_at:
        last = read_at[key]
        return bool(entry.updated.moment and last and entry.updated.moment > last)
    return entry.url not in tried
