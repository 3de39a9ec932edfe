"""JSON Lines, and JSON lists: a draft, an address to fetch, or a refusal for each object. Pure.

A bad line of JSON Lines is refused alone. A JSON list that is broken is refused as a whole, with the line: after the
break nobody can say where objects begin.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from articles.importing.columns import FIELDS, propose_mapping
from articles.importing.documents import Document, Found
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason, RowRefused
from articles.importing.rows import read_row
from articles.importing.tables import MAX_ROWS, decoded_strictly, told

MAX_LINE = 5_000_000
# A list of authors or of paragraphs is as good as a text.
_JOINED = {"authors": "; ", "text": "\n"}
_BYTE_MARK = b"\xef\xbb\xbf"
_SPACE: Any = re.compile(r"[ \t\r\n]*")  # always matches


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
        yield _json_row(line, f"line {number}", number, mapping or {}, zone)
    if not rows:
        raise DocumentRefused(Reason.NO_ROWS)


def read_json(
    document: Document, *, mapping: Mapping[str, str] | None = None, zone: tzinfo | None = None
) -> Iterator[Found]:
    """Yield what each object of a list holds, or the one object there is.

    Raise DocumentRefused, before anything is yielded, if the file is broken or holds nothing.
    """
    text = decoded_strictly(document).text.lstrip("\ufeff")
    spans = _objects(text)
    if not spans:
        raise DocumentRefused(Reason.NO_ROWS)
    return _json_rows(text, spans, mapping or {}, zone)


def _json_rows(
    text: str, spans: Sequence[tuple[int, int]], mapping: Mapping[str, str], zone: tzinfo | None
) -> Iterator[Found]:
    line, counted = 1, 0
    for number, (start, end) in enumerate(spans, start=1):
        line, counted = line + text.count("\n", counted, start), start
        yield _json_row(text[start:end].encode("utf-8", "surrogatepass"), f"item {number}", line, mapping, zone)


def _objects(text: str) -> list[tuple[int, int]]:
    """Return where each object begins and ends; raise DocumentRefused with the line where the list is broken."""
    decoder = json.JSONDecoder()
    spans: list[tuple[int, int]] = []
    place = _SPACE.match(text).end()
    is_list = text.startswith("[", place)
    try:
        if not is_list:
            spans.append((place, decoder.raw_decode(text, place)[1]))
            place = spans[-1][1]
        while is_list:
            place = _SPACE.match(text, place + 1).end()
            if not spans and text.startswith("]", place):
                break
            spans.append((place, decoder.raw_decode(text, place)[1]))
            if len(spans) > MAX_ROWS:
                raise DocumentRefused(Reason.TOO_MANY_ROWS, limit=MAX_ROWS)
            place = _SPACE.match(text, spans[-1][1]).end()
            if text.startswith("]", place):
                break
            if not text.startswith(",", place):
                raise json.JSONDecodeError("expected a comma or the end of the list", text, place)
    except json.JSONDecodeError as error:
        raise DocumentRefused(Reason.JSON_BROKEN, detail=told(error), line=error.lineno) from None
    except RecursionError:
        raise DocumentRefused(Reason.JSON_TOO_DEEP, limit=sys.getrecursionlimit()) from None
    except ValueError as error:  # a number of thousands of digits
        raise DocumentRefused(Reason.JSON_BROKEN, detail=told(error)) from None
    rest = _SPACE.match(text, place + is_list).end()
    if rest < len(text):
        line = text.count("\n", 0, rest) + 1
        raise DocumentRefused(Reason.JSON_BROKEN, detail="something follows after its end", line=line)
    return spans


def _bounded_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line if len(line) <= MAX_LINE else line[: MAX_LINE + 1]


def _json_row(line: bytes, position: str, number: int, mapping: Mapping[str, str], zone: tzinfo | None) -> Found:
    place = {"line": number}
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
        raise ImportRefused(Reason.JSON_BROKEN, detail=told(error)) from None
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
    # A mapping that was chosen for a table says nothing about keys that are not there.
    columns = propose_mapping(data) | {field: key for field, key in mapping.items() if key in data}
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
