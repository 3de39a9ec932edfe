"""CSV in any dialect, and JSON Lines: a draft, an address to fetch, or a refusal for each row. Pure.

A CSV file that is broken in its structure is refused as a whole, with the line: after a stray quote
nobody can say where rows begin. A row with a fault of its own is refused alone, the others go on.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from articles.importing.columns import FIELDS, check_mapping, known_field, propose_mapping
from articles.importing.decoding import Decoded, decode
from articles.importing.documents import Document, Found
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason, RowRefused
from articles.importing.rows import read_row

MAX_ROWS = 2_000_000
MAX_COLUMNS = 500
MAX_LINE = 5_000_000
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 20
# A list of authors or of paragraphs is as good as a text.
_JOINED = {"authors": "; ", "text": "\n"}
_BYTE_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """How a CSV file will be read, for a person to confirm or change before anything is written."""

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


def read_json_lines(
    lines: Iterable[bytes], *, mapping: Mapping[str, str] | None = None, zone: tzinfo | None = None
) -> Iterator[Found]:
    """Yield what each line holds, reading one line at a time; every bad line is a refusal of its own.

    Raise DocumentRefused when there is not one line.
    """
    rows = 0
    for number, raw in enumerate(_bounded_lines(lines), start=1):
        line = raw.removeprefix(_BYTE_MARK) if number == 1 else raw
        if not line.strip():
            continue
        rows += 1
        if rows > MAX_ROWS:
            raise DocumentRefused(Reason.TOO_MANY_ROWS, limit=MAX_ROWS)
        yield _json_row(line, number, mapping or {}, zone)
    if not rows:
        raise DocumentRefused(Reason.NO_ROWS)


def _opened(document: Document) -> tuple[Decoded, str, int]:
    """Return the decoded file, its delimiter, and how many lines stand before the header."""
    decoded = _decoded(document)
    text = decoded.text
    if not text.strip("\ufeff \r\n\t\x00"):
        raise DocumentRefused(Reason.NO_ROWS)
    named = re.match(r"\ufeff?sep=(.)\r?\n", text, re.IGNORECASE)
    if named:
        return decoded, named[1], 1
    return decoded, _delimiter(text), 0


def _decoded(document: Document) -> Decoded:
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
            raise DocumentRefused(Reason.TABLE_BROKEN, detail=_told(error), line=start, row=row + 1) from None
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
    used = {field: name for field, name in (mapping or propose_mapping(header)).items() if field in FIELDS and name}
    check_mapping(used, header, line=1 + skipped)
    places = {field: header.index(name) for field, name in used.items()}
    for record in records:
        yield _csv_row(record, places, used, len(header), zone)


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


def _bounded_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line if len(line) <= MAX_LINE else line[: MAX_LINE + 1]


def _json_row(line: bytes, number: int, mapping: Mapping[str, str], zone: tzinfo | None) -> Found:
    position, place = f"line {number}", {"line": number}
    try:
        data = _json_object(line)
        values, columns = _json_values(data, mapping)
    except ImportRefused as refusal:
        return Found(position=position, refusal=RowRefused(refusal.reason, **{**refusal.details, **place}))
    return read_row(values, columns=columns, position=position, place=place, zone=zone)


def _json_object(line: bytes) -> dict[str, Any]:
    """Return the object of a line; raise ImportRefused for whatever cannot be kept as it is."""
    if len(line) > MAX_LINE:
        raise ImportRefused(Reason.CELL_TOO_LONG, length=len(line), limit=MAX_LINE)
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ImportRefused(Reason.WRONG_CHARSET, byte=error.start) from None
    try:
        data = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_number, parse_float=_finite, parse_int=_short_integer
        )
    except RecursionError:
        raise ImportRefused(Reason.JSON_TOO_DEEP, limit=sys.getrecursionlimit()) from None
    except ValueError as error:
        raise ImportRefused(Reason.JSON_BROKEN, detail=_told(error)) from None
    if not isinstance(data, dict):
        raise ImportRefused(Reason.JSON_NOT_OBJECT, found=_kind_of(data))
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ImportRefused(Reason.JSON_KEY_DOUBLED, key=_printable(key))
        found[key] = value
    return found


def _number(text: str) -> float:
    raise ImportRefused(Reason.JSON_NUMBER, value=text)


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ImportRefused(Reason.JSON_NUMBER, value=text[:40])
    return value


def _short_integer(text: str) -> int:
    if len(text) > 20:
        raise ImportRefused(Reason.JSON_NUMBER, value=f"{text[:20]}…")
    return int(text)


def _json_values(data: Mapping[str, Any], mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values by field, and the keys they came from."""
    columns = dict(mapping) or propose_mapping(data)
    values: dict[str, str] = {}
    for field, key in columns.items():
        if field in FIELDS and data.get(key) is not None:
            values[field] = _as_text(data[key], key, joined_by=_JOINED.get(field))
    return values, columns


def _as_text(value: Any, key: str, *, joined_by: str | None) -> str:
    if isinstance(value, str):
        return value
    if joined_by and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return joined_by.join(value)
    raise ImportRefused(Reason.VALUE_NOT_TEXT, found=_kind_of(value), column=_printable(key))


def _kind_of(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _printable(text: str) -> str:
    return text[:60].encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\0")


def _told(error: Exception) -> str:
    """Return what the library says, without its line numbers, which are not those of the file."""
    text = re.sub(r"line \d+ column (\d+) \(char \d+\)", r"at character \1", str(error))
    if "unexpected end of data" in text:
        return "a quotation mark is opened here and never closed"
    if "expected after" in text:
        return "a quotation mark inside a quoted cell is not doubled"
    return text[:120]
