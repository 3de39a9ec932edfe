"""What a feed, a table or the admin said about an article whose page says less: used only where the page is silent."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from articles.importing.documents import UNDATED, ArticleDraft, Dated, FeedEntry, Kind, Precision
from articles.importing.refusals import DocumentRefused, Reason


def hints_of(entry: FeedEntry) -> dict[str, Any]:
    """Return the entry's own words, ready to be stored with the item that will fetch it."""
    said = {
        "headline": entry.headline,
        "section": entry.section,
        "publisher": entry.publisher,
        "authors": list(entry.authors),
        "published": _stored(entry.published),
    }
    return {name: value for name, value in said.items() if value}


def with_hints(draft: ArticleDraft, hints: dict[str, Any]) -> ArticleDraft:
    """Return the draft with what it does not say itself."""
    silent: dict[str, Any] = {
        "section": hints.get("section", "") if not draft.section else None,
        "publisher": hints.get("publisher", "") if not draft.publisher else None,
        "authors": tuple(hints.get("authors", ())) if not draft.authors else None,
        "published": _restored(hints.get("published")) if not draft.published else None,
    }
    return replace(draft, **{name: value for name, value in silent.items() if value})


def complete(draft: ArticleDraft, *, kind: Kind, hints: dict[str, Any], found_at: str, asked_for: str) -> ArticleDraft:
    """Return the draft with the hints and with the address it was asked for, where that led to another one.

    Raises DocumentRefused for a text without a date: a page may be undated, but of a pasted text nobody could say
    later when it was written.
    """
    draft = with_hints(draft, hints)
    if kind is Kind.TEXT and not draft.published:
        raise DocumentRefused(Reason.NO_DATE)
    if asked_for and asked_for != found_at and not found_at.endswith("/"):
        draft = replace(draft, aliases=(*draft.aliases, asked_for))
    return draft


def day_given(day: str) -> dict[str, Any]:
    """Return the hint that an admin's own date is; nothing for an empty one."""
    if not day:
        return {}
    return {"published": {"raw": day, "day": day, "moment": None, "precision": "day"}}


def _stored(dated: Dated) -> dict[str, Any] | None:
    if not dated.day:
        return None
    return {
        "raw": dated.raw,
        "day": dated.day.isoformat(),
        "moment": dated.moment.isoformat() if dated.moment else None,
        "precision": str(dated.precision),
    }


def _restored(stored: dict[str, Any] | None) -> Dated:
    if not stored:
        return UNDATED
    return Dated(
        raw=stored["raw"],
        day=date.fromisoformat(stored["day"]),
        moment=datetime.fromisoformat(stored["moment"]) if stored["moment"] else None,
        precision=Precision(stored["precision"]),
        rule="given",
    )
