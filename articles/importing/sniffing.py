"""What a document is, judged by its bytes: names and declared types are often wrong, or lies. Pure."""

import codecs
import csv
import json
import re
import zlib

from articles.importing.address_list import is_address_list
from articles.importing.columns import known_field
from articles.importing.documents import Document, Kind
from articles.importing.refusals import DocumentRefused, Reason
from articles.importing.unpacking import GZIP_MAGIC

_HEAD = 65_536
_FOREIGN = [
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a bitmap image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office or HWP document"),
    (b"HWP Document File", "an HWP document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x00asm", "a program"),
    (b"SQLite format 3", "a database"),
    (b"bplist00", "a Safari web archive"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
]
_OFFICE = [
    (b"[Content_Types].xml", "an Office document"),
    (b"mimetypeapplication/epub", "an e-book"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
    (b"mimetypeapplication/hwp", "an HWPX document"),
    (b"META-INF/MANIFEST.MF", "a program"),
]
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|article|section|main|h1|table|span|br|a|ul)\b", re.IGNORECASE
)
_FEED = re.compile(r"<(?:[a-z]\w*:)?(?:rss|feed|rdf)\b[^>]*>|<(?:[a-z]\w*:)?channel\b", re.IGNORECASE)
_SITEMAP = re.compile(r"<(?:[a-z]\w*:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
# Header lines of a message, one of which says that a page and its pictures are in it.
_ONE_FILE = re.compile(r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related\b", re.IGNORECASE)
_DELIMITERS = ",;\t|"


_ODD = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))


def sniff(document: Document) -> Kind:
    """Return what a document is; raise DocumentRefused for nothing and for what cannot be imported."""
    body = document.body
    if not body:
        raise DocumentRefused(Reason.EMPTY)
    if body.startswith(GZIP_MAGIC):
        body = _unzipped_head(body)
    if body[:5] == b"WARC/":
        return Kind.WARC
    if b"%PDF-" in body[:1024]:
        return Kind.PDF
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(body)
    _refuse_foreign(body)
    return _text_kind(_head_text(body), document)


def _zip_kind(body: bytes) -> Kind:
    for mark, what in _OFFICE:
        if mark in body[:4096]:
            raise DocumentRefused(Reason.KIND_UNKNOWN, kind=what)
    return Kind.ZIP


def _refuse_foreign(body: bytes) -> None:
    for magic, what in _FOREIGN:
        # Two letters are a magic number only when no text follows them.
        if body.startswith(magic) and (len(magic) > 3 or b"\x00" in body[:512] or not _is_text(body[:512])):
            raise DocumentRefused(Reason.KIND_UNKNOWN, kind=what)
    if body[4:8] == b"ftyp" or (body[:4] == b"RIFF" and body[8:12] in (b"WEBP", b"AVI ", b"WAVE")):
        raise DocumentRefused(Reason.KIND_UNKNOWN, kind="an image, sound or film")
    head = body[:4096]
    if not _is_text(head) and not _is_wide(head):
        raise DocumentRefused(Reason.KIND_UNKNOWN, kind="a file of binary data")


def _is_text(head: bytes) -> bool:
    """Are there hardly any bytes that no text has? A few NULs are a fault that the reader names."""
    odd = len(head) - len(head.translate(None, _ODD))
    return odd * 20 <= len(head)


def _is_wide(head: bytes) -> bool:
    """Is it UTF-16 or UTF-32, with or without a mark?"""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    return max(head[::2].count(0), head[1::2].count(0)) * 3 >= len(head) and b"\x00\x00\x00" not in head


def _head_text(body: bytes) -> str:
    head = body[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").strip()
    if _is_wide(head[:512]):
        return head.decode("utf-16-be" if head[:2].startswith(b"\x00") else "utf-16-le", "ignore").strip()
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("cp949", "replace")
    return text.strip()


def _text_kind(text: str, document: Document) -> Kind:
    if not text:
        raise DocumentRefused(Reason.EMPTY)
    if text.startswith("<"):
        return _markup_kind(text)
    if text.startswith(("{", "[")):
        return _json_kind(text)
    if _ONE_FILE.match(text[:8192]):
        return Kind.ONE_FILE
    if is_address_list(text):
        return Kind.ADDRESSES
    if _looks_like_table(text, document):
        return Kind.CSV
    if len(_MARKUP.findall(text[:20_000])) >= 3:
        return Kind.PAGE
    return Kind.TEXT


def _markup_kind(text: str) -> Kind:
    opening = re.sub(r"<!--.*?-->", "", text[:4000], flags=re.DOTALL)
    if _SITEMAP.search(opening):
        return Kind.SITEMAP
    html = _MARKUP.search(opening)
    feed = _FEED.search(opening)
    if feed and not (html and html.start() < feed.start() and "<html" in opening.lower()):
        return Kind.FEED
    if _MARKUP.search(text):
        return Kind.PAGE
    if text.startswith("<?xml"):
        raise DocumentRefused(Reason.KIND_UNKNOWN, kind="an XML document that is no feed")
    return Kind.TEXT


def _json_kind(text: str) -> Kind:
    if re.search(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org\\?/version', text[:20_000]):
        return Kind.FEED
    line = text.split("\n", 1)[0]
    # A bracket may open a plain text: "[서울=뉴시스] …".
    if text.startswith("[") and not re.match(r"\[\s*(?:[\[{\"\d]|\]|-|true|false|null)", text):
        return Kind.TEXT
    if text.startswith("{") and not re.match(r'\{\s*(?:"|\}|\Z)', text) and not _is_json(line):
        return Kind.TEXT
    return Kind.JSON if text.startswith("[") or _is_spread(text) else Kind.JSON_LINES


def _is_spread(text: str) -> bool:
    """Does one object go over several lines? A line that is broken among others that are whole is no such thing."""
    lines = text.splitlines()[:20]
    return len(lines) > 1 and not any(line.lstrip().startswith("{") and _is_json(line) for line in lines)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _looks_like_table(text: str, document: Document) -> bool:
    lines = [line for line in text.splitlines() if line.strip()][:8]
    if lines and lines[0].lower().startswith("sep="):
        return True
    for delimiter in _DELIMITERS:
        names = _cells(lines[0], delimiter)
        if len(names) > 1 and all(len(name) <= 60 for name in names):
            known = sum(known_field(name) is not None for name in names)
            if known >= 2 or (known and len(lines) > 1 and delimiter in lines[1]):
                return True
            if len(set(names)) == len(names) and _is_even(lines, delimiter, len(names)):
                return True
    if known_field(lines[0]) == "url" and is_address_list("\n".join(lines[1:])):
        return True
    if len(lines) == 1 and known_field(lines[0]) and "csv" in f"{document.content_type} {document.name}".lower():
        return True
    return _calls_itself_table(document) and any(delimiter in lines[0] for delimiter in _DELIMITERS)


def _is_even(lines: list[str], delimiter: str, count: int) -> bool:
    """Do at least three lines have the same number of cells, with cells that are no sentences?"""
    if len(lines) < 3 or count < 2:
        return False
    rows = [_cells(line, delimiter) for line in lines[1:]]
    return all(len(row) == count for row in rows) and not any(
        name.endswith((".", "다")) for name in _cells(lines[0], delimiter)
    )


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _calls_itself_table(document: Document) -> bool:
    return "text/csv" in document.content_type.lower() or document.name.lower().endswith((".csv", ".tsv"))


def _unzipped_head(body: bytes) -> bytes:
    """Return the beginning of what is inside a gzip file."""
    try:
        return zlib.decompressobj(31).decompress(body[: 1 << 20], _HEAD)
    except zlib.error:
        raise DocumentRefused(Reason.BROKEN_GZIP) from None
