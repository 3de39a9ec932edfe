"""Stores what was reported: each news item as an article whose text is our own summary, marked as such."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils.text import slugify

from articles.actions import record_addresses
from articles.identity import address_key
from articles.models import Article, Publisher, Snapshot
from articles.models.snapshots import OWN_SUMMARY

from .mapping import recorded_after
from .source import Row, rows
from .tally import Tally


def load_articles(tally: Tally) -> dict[str, Article]:
    """Store all news items; news id -> article."""
    return {row["id"]: _load_article(tally, row) for row in rows("news")}


def _load_article(tally: Tally, row: Row) -> Article:
    published_on = date.fromisoformat(row["date"])
    published_at = datetime.fromisoformat(row["published"]) if row["published"] else None
    offset = published_at.utcoffset() if published_at else None
    article = tally.ensure(
        "news items",
        Article.objects,
        key={"url": row["url"]},
        headline=row["headline"] or row["label"],
        is_headline_ours=row["headline"] is None,
        publisher=_publisher(row["publisher"]),
        section=row.get("section", ""),
        language=row["language"],
        published_at=published_at,
        published_on=published_on,
        published_precision="moment" if published_at else row["date_precision"],
        utc_offset_minutes=int(offset.total_seconds() // 60) if offset is not None else None,
        updated_at=datetime.fromisoformat(row["updated"]) if row["updated"] else None,
        image_credit=row.get("photo_credit", ""),
        is_summary=True,
        note=_note(row),
        imported_at=recorded_after(published_on),
        recorded_at=recorded_after(published_on),
    )
    record_addresses(article=article, addresses={address_key(row["url"]): row["url"]}, at=article.imported_at)
    if article.current_snapshot_id is None:
        article.current_snapshot = _summary_snapshot(article, row["summary"])
        article.save(update_fields=["current_snapshot"])
    return article


def _publisher(name: str) -> Publisher:
    publisher, _ = Publisher.objects.get_or_create(name=name, defaults={"slug": slugify(name)[:80]})
    return publisher


def _note(row: Row) -> str:
    return "; ".join(row[key] for key in ("date_note", "headline_note", "note") if row.get(key))


def whole_text(article: Article) -> dict[str, Any]:
    """The passage that is an article's whole summary, as keywords: where it stands and what it says."""
    snapshot: Any = article.current_snapshot  # load_articles gave each article one
    return {"snapshot": snapshot, "start": 0, "end": len(snapshot.text), "exact": snapshot.text}


def _summary_snapshot(article: Article, summary: str) -> Snapshot:
    raw = summary.encode()
    return Snapshot.objects.create(
        article=article,
        taken_at=article.imported_at,
        raw=raw,
        sha256=sha256(raw).hexdigest(),
        content_type="text/plain; charset=utf-8",
        charset="utf-8",
        text=summary,
        text_sha256=sha256(raw).hexdigest(),
        extractor=OWN_SUMMARY,
        extractor_version="1",
    )
