"""One row of a table, or one object of JSON Lines, to an article or an address to fetch. Pure."""

import re
from collections.abc import Mapping
from datetime import tzinfo

from articles.importing.bylines import clean_authors
from articles.importing.canonical import canonicalise
from articles.importing.decoding import to_nfc
from articles.importing.documents import UNDATED, ArticleDraft, Dated, FeedEntry, Found
from articles.importing.fragments import without_tags
from articles.importing.languages import language_code, language_of
from articles.importing.moments import read_moment
from articles.importing.outlets import zone_of
from articles.importing.refusals import ImportRefused, Reason, RowRefused

LIMITS = {
    "url": 2000, "headline": 1000, "text": 1_000_000, "authors": 500, "publisher": 200, "section": 200,
    "language": 35, "published": 300, "updated": 300, "image_credit": 300,
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\r\n\t\u2028\u2029\x85]+")
_HTML = re.compile(r"</?(?:p|br|div|li|h[1-6]|span|a|strong|em|b|i)\b[^>]*>", re.IGNORECASE)
# What spreadsheets run as a formula; our own export puts one apostrophe before it.
_GUARDED = re.compile(r"\A'(?=[=+\-@\t\r＝＋－＠])")


def read_row(
    values: Mapping[str, str],
    *,
    columns: Mapping[str, str],
    position: str,
    place: Mapping[str, int],
    zone: tzinfo | None,
) -> Found:
    """Return the article of a row, or the address it gives to be fetched, or why neither.

    `values` are by field; `columns` are the names the file uses, for messages; `place` is line and row.
    """
    try:
        row = _Row(values, columns, zone)
        return Found(position=position, draft=row.draft(), entry=row.entry())
    except ImportRefused as refusal:
        return Found(position=position, refusal=RowRefused(refusal.reason, **{**refusal.details, **place}))


class _Row:
    """The checked values of one row."""

    def __init__(self, values: Mapping[str, str], columns: Mapping[str, str], zone: tzinfo | None) -> None:
        self._columns = columns
        self._values = {field: self._checked(field, value) for field, value in values.items()}
        self._url = self._address()
        self._language = language_code(self._value("language"))
        if self._has_text():
            self._language = language_of(self._value("text"), self._language)
        self._zone = zone_of(self._url, self._language) or zone
        if not self._url and not self._has_text():
            raise self._without_content()

    def draft(self) -> ArticleDraft | None:
        """Return the article, if the row holds one."""
        if not self._has_text():
            return None
        text, notes = self._text()
        return ArticleDraft(
            headline=self._value("headline"),
            text=text,
            authors=_authors(self._value("authors")),
            publisher=self._value("publisher"),
            section=self._value("section"),
            language=self._language,
            published=self._date("published"),
            updated=self._date("updated"),
            url=self._value("url"),
            canonical_url=self._url,
            image_credit=self._value("image_credit"),
            extractor="table",
            extractor_version="1",
            notes=notes,
        )

    def entry(self) -> FeedEntry | None:
        """Return the address to fetch, if the row holds no text."""
        if self._has_text():
            return None
        return FeedEntry(
            url=self._value("url"),
            headline=self._value("headline"),
            published=self._date("published"),
            updated=self._date("updated"),
            authors=_authors(self._value("authors")),
            section=self._value("section"),
            publisher=self._value("publisher"),
            language=self._language,
        )

    def _value(self, field: str) -> str:
        return self._values.get(field, "")

    def _has_text(self) -> bool:
        return bool(self._value("text") and self._value("headline"))

    def _without_content(self) -> ImportRefused:
        for present, missing in (("text", "headline"), ("headline", "text")):
            if self._value(present):
                return ImportRefused(Reason.CELL_EMPTY, field=missing, column=self._columns.get(missing, missing))
        return ImportRefused(Reason.ROW_WITHOUT_CONTENT)

    def _checked(self, field: str, value: str) -> str:
        column = self._columns.get(field, field)
        found = _CONTROL.search(value)
        if found:
            shown = "NUL" if found[0] == "\x00" else f"U+{ord(found[0]):04X}"
            raise ImportRefused(Reason.CELL_CONTROL, character=shown, column=column)
        value = _GUARDED.sub("", to_nfc(value))
        value = value.strip() if field == "text" else " ".join(_BREAKS.sub(" ", value).split())
        if len(value) > LIMITS[field]:
            raise ImportRefused(Reason.CELL_TOO_LONG, length=len(value), limit=LIMITS[field], column=column)
        return value

    def _address(self) -> str:
        if not self._value("url"):
            return ""
        try:
            return canonicalise(self._value("url"))
        except ImportRefused as refusal:
            raise refusal.at(column=self._columns.get("url", "url")) from None

    def _date(self, field: str) -> Dated:
        if not self._value(field):
            return UNDATED
        try:
            return read_moment(self._value(field), zone=self._zone)
        except ImportRefused as refusal:
            raise refusal.at(column=self._columns.get(field, field)) from None

    def _text(self) -> tuple[str, tuple[str, ...]]:
        """Return the text by paragraphs; markup in it becomes text, which is noted."""
        text = self._value("text")
        notes: tuple[str, ...] = ()
        if len(_HTML.findall(text[:20_000])) >= 2:
            text, notes = without_tags(text), ("tags_removed",)
        lines = (" ".join(line.split()) for line in re.split(r"[\r\n\u2028\u2029\x85]+", text))
        kept = [line for line in lines if line]
        if notes and kept[:1] == [self._value("headline")]:
            del kept[0]
        text = to_nfc("\n".join(kept))
        if not text:
            raise ImportRefused(Reason.CELL_EMPTY, field="text", column=self._columns.get("text", "text"))
        return text, notes


def _authors(value: str) -> tuple[str, ...]:
    """Return the names as the file has them; a table is filled in by people, so doubtful ones stay."""
    return clean_authors([value]) or tuple(part for part in (piece.strip() for piece in value.split(";")) if part)
