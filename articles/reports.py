"""What an import did, item by item, as plain records: for the command line, the API and the CSV report."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from articles.importing.documents import ArticleDraft
from articles.models import Article, ImportItem
from articles.notices import sentence
from articles.previews import Foreseen

COUNTED = ("created", "updated", "unchanged", "duplicate", "failed")
FIELDS = ("source", "outcome", "reason", "article", "url", "headline", "byline", "publisher", "section", "language")
RECORD = (*FIELDS, "published_at", "updated_at", "text")


def reason_of(item: ImportItem) -> str:
    """Return why an item ended as it did, in the language that is active now."""
    return sentence(item.reason_code, item.detail.get("refusal") or item.detail)


def record_of(item: ImportItem) -> dict[str, Any]:
    """Return what became of an item, with its article as it is stored now."""
    record = dict.fromkeys(RECORD)
    record |= {"source": item.source, "outcome": item.outcome, "reason": reason_of(item)}
    return record | (_of_article(item.article) if item.article else {})


def record_of_foreseen(foreseen: Foreseen) -> dict[str, Any]:
    """Return what would become of an item, with what was read of it."""
    record = dict.fromkeys(RECORD)
    reason = sentence(foreseen.reason_code, foreseen.detail.get("refusal") or foreseen.detail)
    record |= {"source": foreseen.source, "outcome": foreseen.outcome, "reason": reason}
    record |= _of_draft(foreseen.draft) if foreseen.draft else {}
    return record | ({"article": foreseen.article.pk} if foreseen.article else {})


def counts_line(counts: Mapping[str, int]) -> str:
    """Return "created 1 updated 0 unchanged 0 duplicate 0 failed 0"."""
    return " ".join(f"{name} {counts.get(name, 0)}" for name in COUNTED)


def _of_article(article: Article) -> dict[str, Any]:
    zone = timezone(timedelta(minutes=article.utc_offset_minutes or 0))
    return {
        "article": article.pk,
        "url": article.url or None,
        "headline": article.headline,
        "byline": article.byline,
        "publisher": article.publisher.name if article.publisher else None,
        "section": article.section,
        "language": article.language,
        "published_at": _said(article.published_at, article.published_on, zone),
        "updated_at": _said(article.updated_at, None, zone),
        "text": article.current_snapshot.text if article.current_snapshot else "",
    }


def _of_draft(draft: ArticleDraft) -> dict[str, Any]:
    return {
        "url": draft.canonical_url or draft.url or None,
        "headline": draft.headline,
        "byline": draft.byline,
        "publisher": draft.publisher or None,
        "section": draft.section,
        "language": draft.language,
        "published_at": _said(draft.published_at, draft.published_on, None),
        "updated_at": _said(draft.updated_at, draft.updated.day, None),
        "text": draft.text,
    }


def _said(moment: datetime | None, day: date | None, zone: timezone | None) -> str | None:
    """Return a moment in the zone it was printed in, or the day where no more is known."""
    if moment:
        return (moment.astimezone(zone) if zone else moment).isoformat()
    return day.isoformat() if day else None


REPORT = ("source", "outcome", "reason", "article", "url", "headline", "byline", "publisher", "section", "language")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class _Echo:
    """What `csv` writes to: it gives back the line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(items: Iterable[ImportItem]) -> Iterator[str]:
    """Yield the report of an import as lines of CSV, safe to open in a spreadsheet."""
    writer = csv.writer(_Echo())
    columns = (*REPORT, "published_at", "updated_at")
    yield "\ufeff" + writer.writerow(columns)
    for item in items:
        record = record_of(item)
        yield writer.writerow([_unarmed(record[name]) for name in columns])


def _unarmed(value: Any) -> str:
    """Return a cell that no spreadsheet runs: what could begin a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
