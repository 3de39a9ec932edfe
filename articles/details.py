"""An article's details (everything but its text): what a source says anew, and what an editor has the last word on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from articles.identity import addresses_of
from articles.importing.differences import is_trivial
from articles.importing.documents import ArticleDraft, Precision
from articles.models import Article

# The fields of one date are corrected and kept together.
_DATE = ("published_at", "published_on", "published_precision", "published_words", "utc_offset_minutes")
IMPORTED = ("headline", "byline", "publisher", "section", "language", *_DATE, "updated_at", "image_credit", "url")
_LONGEST_BYLINE = 500
# A retrieval stamp in the page moves these without anything having been said anew.
_NO_NEWS = {"updated_at", "published_words", "utc_offset_minutes"}
# Filled in where missing, never replaced: they say what the article is, not what it reports.
_SETTLED = {"language", "url"}


@dataclass(slots=True)
class Change:
    """New values by field, and where the source contradicts an editor: field, ours, theirs."""

    values: dict[str, Any] = field(default_factory=dict)
    kept: list[dict[str, str]] = field(default_factory=list)
    is_news: bool = False


def details_of(draft: ArticleDraft, article: Article) -> Change:
    """Return what the draft says differently from the article, its publisher apart. An empty value says nothing."""
    change = Change()
    for name, value in _values(draft).items():
        known = getattr(article, name)
        is_new = known in (None, "")
        if value in (None, "") or value == known or _is_less_exact(name, draft, article):
            continue
        if name in _SETTLED and not is_new:
            continue
        if _is_edited(name, article):
            change.kept.append({"field": name, "ours": _told(known), "theirs": _told(value)})
        elif not (name == "headline" and known and is_trivial(known, value)):
            change.values[name] = value
            change.is_news = change.is_news or is_new or name not in _NO_NEWS
    return change


def apply_details(article: Article, change: Change) -> None:
    """Set the new values; the caller saves."""
    for name, value in change.values.items():
        setattr(article, name, value)
    if "headline" in change.values:
        article.is_headline_ours = False
    if article.url:
        article.identity_key = None


def _values(draft: ArticleDraft) -> dict[str, Any]:
    return {
        "headline": draft.headline,
        "byline": draft.byline[:_LONGEST_BYLINE],
        "section": draft.section,
        "language": draft.language,
        **_date_of(draft),
        "updated_at": draft.updated_at,
        "image_credit": draft.image_credit,
        "url": next(iter(addresses_of(draft).values()), ""),
    }


def _date_of(draft: ArticleDraft) -> dict[str, Any]:
    if not draft.published_on:
        return dict.fromkeys(_DATE)
    offset = draft.published_at.utcoffset() if draft.published_at else None
    return {
        "published_at": draft.published_at,
        "published_on": draft.published_on,
        "published_precision": str(draft.published_precision or Precision.DAY),
        "published_words": draft.published.raw[:300],
        "utc_offset_minutes": int(offset.total_seconds() // 60) if offset is not None else None,
    }


def _is_less_exact(name: str, draft: ArticleDraft, article: Article) -> bool:
    """A page that prints only the day takes nothing from an article whose minute is known."""
    if name not in _DATE or not article.published_at or draft.published_at:
        return False
    return draft.published_on == article.published_on


def _is_edited(name: str, article: Article) -> bool:
    edited = set(article.edited_fields)
    return bool(edited & set(_DATE)) if name in _DATE else name in edited


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value or "")


__all__ = ["IMPORTED", "Change", "apply_details", "details_of"]
