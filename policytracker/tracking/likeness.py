"""How alike two names are, in any script. Pure: words in, a number out."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from .reading.folding import compose, fold

ALIKE = 0.84
"""From here on two names may mean the same: another romanization, a slip, one word more."""

REMEMBERED = 32_768  # folded names: each new one is held against all that the record knows


def likeness(one: str, other: str) -> float:
    """1 for names that differ in case, accents, hyphens or the order of their words alone; 0 for strangers.

    Whatever lies below `ALIKE` is told as 0: it is not computed to the end.
    """
    left, right = _folded(one), _folded(other)
    if not left or not right:
        return 0.0
    if left == right or _parts(one) == _parts(other):
        return 1.0
    if 2 * min(len(left), len(right)) < ALIKE * (len(left) + len(right)):
        return 0.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return min(ratio, 0.99) if ratio >= ALIKE else 0.0


@lru_cache(maxsize=REMEMBERED)
def _folded(name: str) -> str:
    return fold(compose(name).text).text


@lru_cache(maxsize=REMEMBERED)
def _parts(name: str) -> tuple[str, ...]:
    """The folded words in one order: family names stand first here and last there."""
    return tuple(sorted(fold(compose(word).text).text for word in name.replace(",", " ").split()))
