"""One text in several papers: fingerprints that tell it although it was cut or edited. Pure.

A fingerprint is the 64 smallest hashes of a text's runs of five words. Two texts of which one is cut
or lightly edited share many of the smallest; two texts on one subject, or with one quotation in
common, share few. The hashes are signed 64-bit integers.
"""

import re
import struct
from collections.abc import Collection, Iterable
from hashlib import blake2b
from itertools import accumulate

SHINGLE_WORDS = 5
KEPT = 64
SAME_STORY = 0.25
# Fewer hashes than this say too little: a two-line notice resembles every other one.
FEWEST = 8

_WORD = re.compile(r"\w+")
_EMPTY = blake2b(digest_size=8)


def fingerprint(text: str) -> list[int]:
    """Return at most 64 signed 64-bit integers, sorted; an empty list for a text without words."""
    return sorted(set(_hashes(_shingles(_WORD.findall(text.casefold())))))[:KEPT]


def _shingles(words: list[str]) -> set[bytes]:
    """Return the runs of words, each cut out of one long row of all words."""
    row = " ".join(words).encode("utf-8", "replace")
    ends = list(accumulate(len(word) + 1 for word in row.split(b" "))) if words else []
    starts = [0, *ends]
    last = ends[SHINGLE_WORDS - 1 :] or ends[-1:]
    return {row[start : end - 1] for start, end in zip(starts, last, strict=False)}


def shared(one: Collection[int], other: Collection[int]) -> float:
    """Return the estimated share of runs two texts have in common, of all runs in either.

    Of the smallest hashes in either, those that are in both; so a quotation weighs as little in a
    short text as in a long one.
    """
    first, second = set(one), set(other)
    if min(len(first), len(second)) < FEWEST:
        return 1.0 if first and first == second else 0.0
    smallest = sorted(first | second)[:KEPT]
    return sum(number in first and number in second for number in smallest) / len(smallest)


def is_same_story(one: Collection[int], other: Collection[int]) -> bool:
    """Are two texts one story: the same, cut, edited or updated?"""
    return shared(one, other) >= SAME_STORY


def _hashes(shingles: Iterable[bytes]) -> tuple[int, ...]:
    """Return a signed 64-bit integer for each, all unpacked at once."""
    digests = [_digest(shingle) for shingle in shingles]
    return struct.unpack(f">{len(digests)}q", b"".join(digests))


def _digest(data: bytes) -> bytes:
    # A copy of a fresh state is quicker than a new one, of which each article would need hundreds.
    state = _EMPTY.copy()
    state.update(data)
    return state.digest()
