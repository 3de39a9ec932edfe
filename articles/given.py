"""What an admin gives to be imported: addresses, and files with their bytes."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from articles.importing.address_list import addresses_of
from articles.importing.addresses import parse_address
from articles.importing.documents import Document, Kind
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason, RowRefused
from articles.importing.sniffing import sniff
from articles.importing.unpacking import GZIP_MAGIC, shown_size

_MB = 1_000_000
# What one file may weigh. A list may be longer than any article; JSON Lines have no limit, see `pieces_of`.
LARGEST = {
    Kind.PAGE: 20 * _MB,
    Kind.ONE_FILE: 50 * _MB,
    Kind.TEXT: 20 * _MB,
    Kind.PDF: 50 * _MB,
    Kind.FEED: 50 * _MB,
    Kind.SITEMAP: 50 * _MB,
    Kind.CSV: 50 * _MB,
    Kind.JSON_LINES: 50 * _MB,  # packed; plain ones are cut, see below
    Kind.JSON: 50 * _MB,
    Kind.ADDRESSES: 50 * _MB,
    Kind.ZIP: 200 * _MB,
    Kind.WARC: 200 * _MB,
}
PIECE = 4 * _MB  # plain JSON Lines of any length are cut into pieces: workers share them, and memory stays flat
_HEAD = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One thing to import: an address when `file` is None, else a file of that name."""

    source: str
    file: BinaryIO | None = None
    url: str = ""  # where the file was found, if the admin says so
    content_type: str = ""
    hints: dict[str, Any] = field(default_factory=dict)  # what a feed said about it, see `hints`
    refusal: ImportRefused | None = None  # why there is nothing to read

    @classmethod
    def of_bytes(cls, body: bytes, *, name: str, **fields: Any) -> "Given":
        return cls(source=name, file=io.BytesIO(body), **fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of what was given, as it is stored with an item: bytes, or an address to fetch, or a refusal."""

    source: str
    body: bytes | None = None
    host: str = ""
    first_line: int = 0  # of a piece of JSON Lines, counted from 1
    refusal: ImportRefused | None = None


def addresses_in(text: str) -> list[Given]:
    """Return the addresses of a pasted list: one a line; blanks, comments and repetitions dropped."""
    return [Given(source=address) for _, address in addresses_of(text)]


def pieces_of(given: Given) -> Iterator[Piece]:
    """Yield what is to be stored of a given thing: one piece, or many of a long file of JSON Lines."""
    try:
        if given.refusal:
            raise given.refusal
        if given.file is None:
            yield Piece(source=given.source, host=host_of_address(given.source))
        elif _kind(given) is Kind.JSON_LINES and not _is_packed(given):
            yield from _lines(given)
        else:
            yield Piece(source=given.source, body=_whole(given))
    except ImportRefused as refusal:
        yield Piece(source=given.source, refusal=refusal)


def host_of_address(url: str) -> str:
    """Return the host an address will be asked of; raise FetchRefused if it is no address."""
    return parse_address(url).host


def name_of(source: str) -> str:
    """Return a short name for a batch: the file's name, or the site's."""
    if "://" in source:
        return urlsplit(source).hostname or source[:100]
    return source.replace("\\", "/").rsplit("/", 1)[-1][:200]


def _kind(given: Given) -> Kind:
    assert given.file is not None  # noqa: S101 - for the type checker; addresses were told apart before
    head = given.file.read(_HEAD)
    given.file.seek(0)
    return sniff(Document(body=head, name=given.source, content_type=given.content_type))


def _is_packed(given: Given) -> bool:
    assert given.file is not None  # noqa: S101
    head = given.file.read(len(GZIP_MAGIC))
    given.file.seek(0)
    return head == GZIP_MAGIC


def _whole(given: Given) -> bytes:
    assert given.file is not None  # noqa: S101
    limit = LARGEST[_kind(given)]
    body = given.file.read(limit + 1)
    if len(body) > limit:
        raise DocumentRefused(Reason.TOO_LARGE, limit=shown_size(limit))
    return body


def _lines(given: Given) -> Iterator[Piece]:
    """Cut at ends of lines. A line too long for a piece is refused and passed over."""
    buffer, first, number = bytearray(), 1, 1
    for line in _bounded_lines(given):
        if line is None:
            refusal = RowRefused(Reason.CELL_TOO_LONG, length=PIECE, limit=PIECE, line=number)
            yield Piece(source=given.source, refusal=refusal)
        elif buffer and len(buffer) + len(line) > PIECE:
            yield Piece(source=given.source, body=bytes(buffer), first_line=first)
            buffer, first = bytearray(line), number
        else:
            buffer += line
        number += 1
    if buffer:
        yield Piece(source=given.source, body=bytes(buffer), first_line=first)


def _bounded_lines(given: Given) -> Iterator[bytes | None]:
    """Yield each line, None for one that is too long; never hold more than a piece."""
    assert given.file is not None  # noqa: S101
    while line := given.file.readline(PIECE):
        if line.endswith(b"\n") or len(line) < PIECE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = given.file.readline(PIECE)
        yield None
