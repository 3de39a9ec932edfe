"""One form of a text in which spelling variants fall together, with the way back to the original's code points.

Case, accents, the kind of apostrophe, hyphens, dots and spaces do not distinguish names; composed and decomposed Hangul
are the same. Offsets into the folded form are mapped back, so a mention quotes the original as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

APOSTROPHES = "’‘ʼ＇`´ʹ′"
HYPHENS = "-‐‑‒–—―−﹣－·‧ㆍ"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
SPACES = " \t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
DROPPED = frozenset(SPACES + HYPHENS + INVISIBLE + ".")
LATER_PART_OF_SYLLABLE = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


def _base_letter(character: str) -> str:
    lowered = character.lower()
    base = unicodedata.normalize("NFD", lowered)[0]
    return base if base.isalpha() else lowered[0]


SAME = str.maketrans(
    {chr(code): _base_letter(chr(code)) for code in range(0xC0, 0x250) if chr(code).isalpha()}
    | {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys(APOSTROPHES, "'")
)
REMOVE = str.maketrans(dict.fromkeys(DROPPED))


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text and, for each of its characters, where the original's character starts and ends."""

    text: str
    starts: list[int] | range
    ends: list[int] | range


def fold(composed: str) -> Folded:
    """A composed text folded, without spaces, hyphens and dots."""
    alike = composed.translate(SAME)
    squeezed = alike.translate(REMOVE)
    if len(squeezed) == len(alike):
        return Folded(squeezed, range(len(alike)), range(1, len(alike) + 1))
    kept = [index for index, character in enumerate(alike) if character not in DROPPED]
    return Folded(squeezed, kept, [index + 1 for index in kept])


def compose(text: str) -> Folded:
    """The text in NFC, with the way back. A composed text is its own."""
    if unicodedata.is_normalized("NFC", text):
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        composed = unicodedata.normalize("NFC", text[start:end])
        parts.append(composed)
        starts.extend([start] * len(composed))
        ends.extend([end] * len(composed))
    return Folded("".join(parts), starts, ends)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Runs that compose only among themselves: a character and the marks or jamo that follow it."""
    borders = [
        index
        for index, character in enumerate(text)
        if not unicodedata.combining(character) and not LATER_PART_OF_SYLLABLE.match(character)
    ]
    if not borders or borders[0] != 0:
        borders.insert(0, 0)
    return list(zip(borders, [*borders[1:], len(text)], strict=True))


def separators(text: str, starts: list[int] | range, ends: list[int] | range) -> dict[int, str]:
    """What stood between the folded characters: position in the folded text → the characters of the original."""
    gaps = {}
    for position in range(1, len(starts)):
        if ends[position - 1] < starts[position]:
            gaps[position] = text[ends[position - 1] : starts[position]]
    return gaps
