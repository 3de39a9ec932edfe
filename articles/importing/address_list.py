"""A list of addresses, pasted or in a file: one a line, as people write such lists. Pure."""

import re
from collections.abc import Iterator

from articles.importing.addresses import parse_address
from articles.importing.decoding import decode
from articles.importing.documents import Document, FeedEntry, Found
from articles.importing.refusals import FetchRefused, RowRefused

_COMMENT = re.compile(r"(?:#|//|;)\s|#\Z|#(?!/)\w")
_SEVERAL = re.compile(r"[\s,]+(?=<?https?://)", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?=[/?#]|\Z)")
_ADDRESS = re.compile(r"<?https?://\S+\Z", re.IGNORECASE)
_MOSTLY = 0.8


def addresses_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield each address once, with the number of its line; blank lines and comments are left out.

    A line that is no address is yielded, too: whoever uses it says why.
    """
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        for address in _on_line(line):
            if address not in seen:
                seen.add(address)
                yield number, address


def is_address_list(text: str) -> bool:
    """Does a text begin with an address, and is hardly anything else in it?"""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not _COMMENT.match(line)]
    if not lines or not _ADDRESS.match(lines[0]):
        return False
    return sum(_ADDRESS.match(line) is not None for line in lines) >= _MOSTLY * len(lines)


def read_address_list(document: Document) -> Iterator[Found]:
    """Yield each address to be fetched, and a refusal for each line that is none."""
    text = decode(document.body, content_type=document.content_type).text.lstrip("\ufeff")
    for number, address in addresses_of(text):
        position = f"line {number}"
        try:
            yield Found(position=position, entry=FeedEntry(url=str(parse_address(address))))
        except FetchRefused as refusal:
            yield Found(position=position, refusal=RowRefused(refusal.reason, **{**refusal.details, "line": number}))


def _on_line(line: str) -> Iterator[str]:
    line = line.strip().strip("\ufeff\u200b").strip()
    if not line or _COMMENT.match(line):
        return
    for part in _SEVERAL.split(line):
        address = part.strip().strip("<>\"'").strip()
        if address:
            yield f"https://{address}" if _BARE.match(address) and " " not in address else address
