"""Makes a draft storable: one form of each character, one line where one is meant, nothing cut silently."""

import unicodedata
from dataclasses import replace
from typing import Any

from articles.importing.documents import ArticleDraft
from articles.importing.refusals import DocumentRefused, Reason

LONGEST_HEADLINE = 1_000
LONGEST_TEXT = 5_000_000
_LIMITS = {"section": 200, "language": 10, "image_credit": 300, "charset": 40}


def tidy(draft: ArticleDraft) -> ArticleDraft:
    """Return the draft in NFC and within the limits; raise DocumentRefused for what cannot be stored."""
    text = _clean(draft.text).strip()
    headline = _line(draft.headline)
    if not text:
        raise DocumentRefused(Reason.NO_TEXT)
    if not headline:
        raise DocumentRefused(Reason.NO_HEADLINE)
    if len(headline) > LONGEST_HEADLINE:
        raise DocumentRefused(Reason.CELL_TOO_LONG, column="headline", length=len(headline), limit=LONGEST_HEADLINE)
    if len(text) > LONGEST_TEXT:
        raise DocumentRefused(Reason.TEXT_TOO_LONG, length=len(text), limit=LONGEST_TEXT)
    short: dict[str, Any] = {name: _line(getattr(draft, name))[:limit] for name, limit in _LIMITS.items()}
    return replace(
        draft,
        headline=headline,
        text=text,
        publisher=_line(draft.publisher),
        authors=tuple(_line(author) for author in draft.authors if author.strip()),
        **short,
    )


def _line(value: str) -> str:
    return " ".join(_clean(value).split())


def _clean(value: str) -> str:
    """Return the value in NFC; raise DocumentRefused for characters that no database text can hold."""
    if "\x00" in value:
        raise DocumentRefused(Reason.NUL_BYTES, offset=value.index("\x00"))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise DocumentRefused(Reason.WRONG_CHARSET, byte=error.start) from None
    return value if unicodedata.is_normalized("NFC", value) else unicodedata.normalize("NFC", value)
