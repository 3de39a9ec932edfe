"""CSV in any dialect: a draft, an address to fetch, or a refusal for each row. Pure.

A CSV file that is broken in its structure is refused as a whole, with the line: after a stray quote
nobody can say where rows begin. A row with a fault of its own is refused alone, the others go on.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from articles.importing.columns import FIELDS, check_mapping, known_field, propose_mapping
from articles.importing.decoding import Decoded, decode
from articles.importing.documents import Document, Found
from articles.importing.refusals import DocumentRefused, Reason, RowRefused
from articles.importing.rows import read_row

MAX_ROWS = 2_000_000
MAX_COLUMNS = 500
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """How a CSV file will be read, for a person to confirm or change before anything is written."""

    name: str  # the file's
    columns: tuple[str, ...]
    mapping: dict[str, str]  # field → column name, see columns.FIELDS
    ignored: tuple[str, ...]
    delimiter: str
    charset: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One record of a CSV file: its cells, its row number without the header, the line it starts on."""

    cells: list[str]
    row: int
    line: int


def preview_csv(document: Document, *, rows: int = 5) -> TablePreview:
    """Return columns, proposed mapping and first rows; raise DocumentRefused if it is no table."""
    decoded, delimiter, skipped = _opened(document)
    records = _records(decoded.text, delimiter, skipped)
    header = _header(records)
    mapping = propose_mapping(header)
    first = [tuple(record.cells) for record, _ in zip(records, range(rows), strict=False)]
    return TablePreview(
        name=document.name,
        columns=tuple(header),
        mapping=mapping,
        ignored=tuple(name for name in header if name not in mapping.values()),
        delimiter=delimiter,
        charset=decoded.charset,
        rows=tuple(first),
    )


def read_csv(
    document: Document, *, mapping: Mapping[str, str] | None = None, zone: tzinfo | None = None
) -> Iterator[Found]:
    """Yield what each row holds. Raise DocumentRefused, before anything is yielded, if the file is broken.

    `mapping` is field → column name; without it the usual names are recognised. Columns that are no
    field of an article, such as `id` or `is_published`, are ignored.
    """
    decoded, delimiter, skipped = _opened(document)
    count = _check_structure(decoded.text, delimiter, skipped)
    if not count:
        raise DocumentRefused(Reason.NO_ROWS)
    return _rows(decoded.text, delimiter, skipped, mapping, zone)


def _opened(document: Document) -> tuple[Decoded, str, int]:
    """Return the decoded file, its delimiter, and how many lines stand before the header."""
    decoded = decoded_strictly(document)
    text = decoded.text
    if not text.strip("\ufeff \r\n\t\x00"):
        raise DocumentRefused(Reason.NO_ROWS)
    named = re.match(r"\ufeff?sep=(.)\r?\n", text, re.IGNORECASE)
    if named:
        return decoded, named[1], 1
    return decoded, _delimiter(text), 0


def decoded_strictly(document: Document) -> Decoded:
    """Return the text without one byte guessed; the refusal names the byte and the line it is on."""
    try:
        decoded = decode(document.body, content_type=document.content_type, strict=True)
    except DocumentRefused as refusal:
        byte = int(refusal.details.get("byte", 0))
        raise refusal.at(line=document.body.count(b"\n", 0, byte) + 1) from None
    if decoded.replaced:
        line = decoded.text.count("\n", 0, decoded.text.index("\ufffd")) + 1
        raise DocumentRefused(Reason.WRONG_CHARSET, byte=decoded.text.index("\ufffd"), line=line)
    return decoded


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first rows most evenly; a comma when none does."""
    sample = text[:200_000]
    scores = {delimiter: _evenness(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0, 0) else ","


def _evenness(sample: str, delimiter: str) -> tuple[int, int, int]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if not rows or len(rows[0]) < 2:
        return (0, 0, 0)
    known = sum(known_field(name) is not None for name in rows[0])
    return (known, sum(len(row) == len(rows[0]) for row in rows), len(rows[0]))


def _records(text: str, delimiter: str, skipped: int) -> Iterator[_Line]:
    """Yield the records that are not blank; raise DocumentRefused with the line at a fault of structure."""
    # The library's limit is one for the whole process; our own, by field, is in `rows`.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    for _ in range(skipped):
        source.readline()
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    row = -1
    while True:
        start = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DocumentRefused(Reason.TABLE_BROKEN, detail=told(error), line=start, row=row + 1) from None
        if not any(cell.strip() for cell in cells):
            continue
        row += 1
        if row > MAX_ROWS:
            raise DocumentRefused(Reason.TOO_MANY_ROWS, limit=MAX_ROWS)
        yield _Line(cells, row, start)


def _header(records: Iterator[_Line]) -> list[str]:
    """Return the column names; raise DocumentRefused when one stands there twice."""
    first = next(records, None)
    if first is None:
        raise DocumentRefused(Reason.NO_ROWS)
    names = [" ".join(cell.split()) for cell in first.cells]
    if len(names) > MAX_COLUMNS:
        raise DocumentRefused(Reason.TABLE_BROKEN, detail=f"more than {MAX_COLUMNS} columns", line=first.line)
    seen: set[str] = set()
    for name in names:
        if name and name.casefold() in seen:
            raise DocumentRefused(Reason.COLUMN_DOUBLED, name=name, line=first.line)
        seen.add(name.casefold())
    return names


def _check_structure(text: str, delimiter: str, skipped: int) -> int:
    """Read the whole file once for its structure alone; return the number of rows below the header."""
    count = -1
    for record in _records(text, delimiter, skipped):
        count = record.row
    return max(count, 0)


def _rows(
    text: str, delimiter: str, skipped: int, mapping: Mapping[str, str] | None, zone: tzinfo | None
) -> Iterator[Found]:
    records = _records(text, delimiter, skipped)
    header = _header(records)
    used = _used(mapping, header, line=1 + skipped)
    places = {field: header.index(name) for field, name in used.items()}
    for record in records:
        yield _csv_row(record, places, used, len(header), zone)


def _used(mapping: Mapping[str, str] | None, header: list[str], *, line: int) -> dict[str, str]:
    """Return field → column name; raise DocumentRefused if rows cannot become articles with it.

    A mapping chosen for one table of several is no use for one with other columns: that is read by its own names.
    """
    proposed = propose_mapping(header)
    used = {field: name for field, name in (mapping or proposed).items() if field in FIELDS and name}
    try:
        check_mapping(used, header, line=line)
    except DocumentRefused as refusal:
        try:
            check_mapping(proposed, header, line=line)
        except DocumentRefused:
            raise refusal from None
        return proposed
    return used


def _csv_row(
    record: _Line, places: Mapping[str, int], columns: Mapping[str, str], width: int, zone: tzinfo | None
) -> Found:
    place = {"line": record.line, "row": record.row}
    position = f"row {record.row}"
    if len(record.cells) != width:
        refusal = RowRefused(Reason.COLUMN_COUNT, found=len(record.cells), expected=width, **place)
        return Found(position=position, refusal=refusal)
    values = {field: record.cells[index] for field, index in places.items()}
    return read_row(values, columns=columns, position=position, place=place, zone=zone)


def told(error: Exception) -> str:
    """Return what the library says, without its line numbers, which are not those of the file."""
    text = re.sub(r"line \d+ column (\d+) \(char \d+\)", r"at character \1", str(error))
    if "unexpected end of data" in text:
        return "a quotation mark is opened here and never closed"
    if "expected after" in text:
        return "a quotation mark inside a quoted cell is not doubled"
    return text[:120]
