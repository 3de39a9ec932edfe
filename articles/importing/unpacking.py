"""Gzip with a ceiling on what comes out, so that a small bomb stays small."""

import zlib
from collections.abc import Iterable, Iterator

from articles.importing.refusals import ImportRefused, Reason

GZIP_MAGIC = b"\x1f\x8b\x08"
_STEP = 65_536
_GZIP_WINDOW = 31


def gunzip(body: bytes, *, limit: int) -> bytes:
    """Return the unpacked bytes; raise ImportRefused if damaged, cut off or larger than `limit`."""
    return b"".join(gunzip_stream([body], limit=limit))


def gunzip_stream(chunks: Iterable[bytes], *, limit: int) -> Iterator[bytes]:
    """Yield the unpacked bytes piece by piece, never holding more than one piece beyond the input."""
    decoder = zlib.decompressobj(_GZIP_WINDOW)
    total = 0
    started = False
    for chunk in chunks:
        pending = chunk
        while pending:
            if decoder.eof:
                if not pending.startswith(GZIP_MAGIC[:2]):
                    # Zeros or rubbish after the last member: gzip(1) ignores it, so do we.
                    return
                decoder = zlib.decompressobj(_GZIP_WINDOW)
            started = True
            piece = _decompress(decoder, pending)
            total += len(piece)
            if total > limit:
                raise ImportRefused(Reason.TOO_LARGE, limit=shown_size(limit))
            yield piece
            pending = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if not started or not decoder.eof:
        raise ImportRefused(Reason.BROKEN_GZIP)


def shown_size(size: int) -> str:
    """Return a size as people say it: "5 MB"."""
    if size < 1_000_000:
        return f"{max(1, size // 1000)} kB"
    return f"{size // 1_000_000} MB"


def _decompress(decoder: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return decoder.decompress(data, _STEP)
    except zlib.error:
        raise ImportRefused(Reason.BROKEN_GZIP) from None
