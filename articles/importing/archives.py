"""ZIP and WARC to the documents inside, within limits. Pure.

Nothing is written anywhere, no name of an entry is ever used as a path, and archives inside archives
are not opened. What an archive says about its sizes is not believed: reading stops at the limit.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from articles.importing.documents import Document
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.importing.unpacking import GZIP_MAGIC, shown_size

MAX_ENTRIES = 10_000
MAX_ENTRY_BYTES = 20_000_000
MAX_TOTAL_BYTES = 500_000_000
MAX_RECORDS = 200_000
_MAX_DIRECTORY = 4_000_000
_STEP = 1 << 16

_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
_NESTED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", GZIP_MAGIC)
_READABLE = re.compile(r"html|text/plain|application/(?:xml|rss|atom|pdf|json|feed)|text/(?:xml|csv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in an archive: its name for people, and the document or why it was not taken."""

    name: str
    document: Document | None = None
    refusal: ImportRefused | None = None


def unzip(document: Document) -> Iterator[Entry]:
    """Yield the files of a ZIP archive; raise DocumentRefused when it cannot be opened at all."""
    _check_directory(document.body)
    try:
        archive = zipfile.ZipFile(io.BytesIO(document.body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, EOFError, LookupError) as error:
        raise DocumentRefused(Reason.ARCHIVE_BROKEN, detail=_told(error)) from None
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise DocumentRefused(Reason.ARCHIVE_TOO_MANY, count=len(infos), limit=MAX_ENTRIES)
    files = [info for info in infos if not info.filename.endswith("/") and not _JUNK.search(info.filename)]
    if not files:
        raise DocumentRefused(Reason.ARCHIVE_EMPTY)
    return _entries(archive, files)


def unwarc(document: Document) -> Iterator[Entry]:
    """Yield the pages of a web archive; raise DocumentRefused when it is none, or breaks off.

    Records that are no page, such as images and requests, are passed over.
    """
    records = ArchiveIterator(io.BytesIO(document.body))
    total = 0
    for number in range(MAX_RECORDS):
        try:
            record = next(records, None)
            if record is None:
                return
            entry = _record_entry(record)
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, UnicodeError, AttributeError, TypeError) as error:
            refusal = DocumentRefused(Reason.ARCHIVE_BROKEN, detail=_told(error))
            if number == 0:
                raise refusal from None
            yield Entry(name=f"record {number + 1}", refusal=refusal)
            return
        if entry is None:
            continue
        total += len(entry.document.body) if entry.document else 0
        if total > MAX_TOTAL_BYTES:
            raise DocumentRefused(Reason.ARCHIVE_BOMB, name=document.name, limit=shown_size(MAX_TOTAL_BYTES))
        yield entry


def _check_directory(body: bytes) -> None:
    """Look at the archive's own count before the library builds an object for each entry."""
    end = body.rfind(b"PK\x05\x06", max(0, len(body) - 65_600))
    if end < 0 or end + 22 > len(body):
        raise DocumentRefused(Reason.ARCHIVE_BROKEN, detail="its directory is missing, the file may be cut off")
    count, size = struct.unpack_from("<HI", body, end + 10)
    wide = body.rfind(b"PK\x06\x06", max(0, end - 200), end)
    if wide >= 0 and wide + 48 <= len(body):
        count, size = struct.unpack_from("<QQ", body, wide + 32)
    if count > MAX_ENTRIES or size > _MAX_DIRECTORY:
        raise DocumentRefused(Reason.ARCHIVE_TOO_MANY, count=max(count, size // 46), limit=MAX_ENTRIES)


def _entries(archive: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> Iterator[Entry]:
    seen: set[str] = set()
    total = 0
    for info in files:
        name = _shown_name(info)
        try:
            _check_entry(info, name, seen)
            body = _read_bounded(archive, info, name, MAX_TOTAL_BYTES - total)
        except ImportRefused as refusal:
            yield Entry(name=name, refusal=refusal)
            continue
        total += len(body)
        yield Entry(name=name, document=Document(body=body, name=name))


def _check_entry(info: zipfile.ZipInfo, name: str, seen: set[str]) -> None:
    """Raise DocumentRefused for an entry that no honest archive of articles has."""
    fault = _name_fault(name)
    if fault:
        raise DocumentRefused(Reason.ARCHIVE_NAME, name=_printable(name), detail=fault)
    if name in seen:
        raise DocumentRefused(Reason.ARCHIVE_DOUBLED, name=name)
    seen.add(name)
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise DocumentRefused(Reason.ARCHIVE_LINK, name=name)
    if info.flag_bits & 0x41:
        raise DocumentRefused(Reason.ARCHIVE_ENCRYPTED, name=name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # The library unpacks the others without a ceiling.
        raise DocumentRefused(Reason.ARCHIVE_BROKEN, detail=f"“{name}” uses an unusual compression")
    if info.file_size > MAX_ENTRY_BYTES:
        raise DocumentRefused(Reason.ARCHIVE_BOMB, name=name, limit=shown_size(MAX_ENTRY_BYTES))


def _read_bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, left: int) -> bytes:
    """Return the bytes of an entry, stopping at the limit whatever its header says."""
    limit = min(MAX_ENTRY_BYTES, max(left, 0))
    body = bytearray()
    try:
        with archive.open(info) as source:
            while chunk := source.read(_STEP):
                body += chunk
                if len(body) > limit:
                    raise DocumentRefused(Reason.ARCHIVE_BOMB, name=name, limit=shown_size(limit))
                if len(body) <= _STEP and body.startswith(_NESTED) and not _is_office(body):
                    raise DocumentRefused(Reason.ARCHIVE_NESTED, name=name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        LookupError,
        RuntimeError,
        ValueError,
    ) as error:
        raise DocumentRefused(Reason.ARCHIVE_BROKEN, detail=f"“{name}”: {_told(error)}") from None
    return bytes(body)


def _is_office(body: bytearray) -> bool:
    """Is it a document that merely is a ZIP inside? Sniffing names it better."""
    return b"[Content_Types].xml" in body[:4096] or body[30:38] == b"mimetype"


def _name_fault(name: str) -> str:
    if re.search(r"[\x00-\x1f\x7f]", name):
        return "control characters"
    if "\\" in name or re.match(r"[A-Za-z]:", name) or name.startswith(("/", "~")):
        return "an absolute path"
    if ".." in name.split("/"):
        return "it leads out of the archive"
    if not name.strip("/ "):
        return "empty"
    return "too long" if len(name) > 500 else ""


def _shown_name(info: zipfile.ZipInfo) -> str:
    """Return the name as its maker saw it: old Windows archives hold Korean names in cp949."""
    # What the file holds, before the library cuts it at a NUL or turns its slashes.
    name = info.orig_filename
    if info.flag_bits & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for charset in ("utf-8", "cp949"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return name


def _record_entry(record: ArcWarcRecord) -> Entry | None:
    """Return a page, a refusal for one that was an error when archived, or None for anything else."""
    if record.rec_type not in ("response", "resource"):
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers else record.content_type) or ""
    if not url.startswith(("http://", "https://")) or (kind and not _READABLE.search(kind)):
        return None
    status = int(headers.get_statuscode() or 0) if headers else 200
    if status != 200:
        return _refused_status(url, status)
    body = record.content_stream().read(MAX_ENTRY_BYTES + 1)
    if len(body) > MAX_ENTRY_BYTES:
        return Entry(name=url, refusal=DocumentRefused(Reason.TOO_LARGE, limit=shown_size(MAX_ENTRY_BYTES)))
    fetched = _warc_date(record.rec_headers.get_header("WARC-Date") or "")
    return Entry(name=url, document=Document(body=body, name=url, url=url, content_type=kind, fetched_at=fetched))


def _refused_status(url: str, status: int) -> Entry | None:
    if 300 <= status < 400:
        return None
    reason = {404: Reason.NOT_FOUND, 410: Reason.GONE, 403: Reason.FORBIDDEN}.get(status, Reason.UNEXPECTED_STATUS)
    return Entry(name=url, refusal=DocumentRefused(reason, status=status))


def _warc_date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
    except ValueError:
        return None


def _printable(name: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "\ufffd", name)[:200]


def _told(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:120] or type(error).__name__
