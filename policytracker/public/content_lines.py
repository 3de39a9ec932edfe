"""The lines that calendars are made of (RFC 5545, 3.1): escaped, folded, ended. Pure.

Ours, because a calendar of two thousand deadlines spent half its time in a library that checks each value against
every kind there is. The tests read what comes out with another library, and count the octets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

MOST_OCTETS = 75
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(words: str) -> str:
    """Words as the value of a line: what would end it or part it is escaped, what no text may hold is left out."""
    return _CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).translate(_ESCAPED)


def day(on: date) -> str:
    """A whole day."""
    return f"{on.year:04}{on.month:02}{on.day:02}"


def instant(at: datetime) -> str:
    """A moment, in UTC."""
    at = at.astimezone(UTC)
    return f"{day(at)}T{at.hour:02}{at.minute:02}{at.second:02}Z"


def written(lines: Iterable[str]) -> bytes:
    """Lines as they are sent: at most 75 octets each, the rest on lines that begin with a space."""
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    if len(line) <= MOST_OCTETS:
        return line + b"\r\n"
    parts, start, room = [], 0, MOST_OCTETS
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(line[start:end])
        start, room = end, MOST_OCTETS - 1
    return b"\r\n ".join([*parts, line[start:]]) + b"\r\n"
