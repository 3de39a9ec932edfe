"""Where a quote stands in a text, and where it went when the text changed: strings in, offsets out.

A quote is found again by its own words first and its surroundings second. A quote that stands in several places which
its surroundings do not tell apart is not found: an annotation is listed as detached rather than moved silently.
"""

import re
from dataclasses import dataclass

CONTEXT = 32  # code points kept before and after a quote


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text with their place and surroundings; `text[start:end] == exact`."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def quote_at(text: str, start: int, end: int) -> Quote:
    """The quote from `start` to `end`. Raises ValueError when that is no passage of the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage from {start} to {end} in a text of {len(text)}")
    return Quote(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find_again(text: str, *, exact: str, prefix: str = "", suffix: str = "", near: int = 0) -> Quote | None:
    """Where `exact` stands in `text` now, or None when it is gone or cannot be told from its doubles.

    Blank space and kinds of quotation marks and dashes may differ. `near` decides between places whose
    surroundings agree equally well, unless none of them agrees at all.
    """
    if not exact.strip():
        return None
    folded, places = _folded(text)
    needle, _ = _folded(exact.strip())
    found = _occurrences(folded, needle)
    if not found:
        return None
    before, after = _folded(prefix)[0], _folded(suffix)[0]
    scores = [_agreement(folded, start, start + len(needle), before, after) for start in found]
    best = max(scores)
    if best == 0 and len(found) > 1:
        return None
    candidates = [start for start, score in zip(found, scores, strict=True) if score == best]
    start = min(candidates, key=lambda place: abs(places[place] - near))
    return quote_at(text, places[start], places[start + len(needle) - 1] + 1)


_SAME = {ord(c): "'" for c in "‘’‛′`"} | {ord(c): '"' for c in "“”„‟″"} | {ord(c): "-" for c in "‐‑‒–—―−"}


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with runs of blank space as one space and look-alikes as one sign, and where each character was."""
    characters: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"\s+|\S", text):
        sign = match.group()
        sign = " " if sign.isspace() else sign.translate(_SAME)
        characters.append(sign)
        places.append(match.start())
    return "".join(characters), places


def _occurrences(text: str, needle: str) -> list[int]:
    found, position = [], text.find(needle)
    while position >= 0:
        found.append(position)
        position = text.find(needle, position + 1)
    return found


def _agreement(text: str, start: int, end: int, before: str, after: str) -> int:
    """How many characters of the old surroundings still touch the quote."""
    left = right = 0
    while left < len(before) and left < start and before[-1 - left] == text[start - 1 - left]:
        left += 1
    while right < len(after) and end + right < len(text) and after[right] == text[end + right]:
        right += 1
    return left + right
