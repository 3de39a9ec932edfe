"""How alike two names are, in any script. Pure: words in, a number out."""

from __future__ import annotations

from difflib import SequenceMatcher

from .reading.folding import compose, fold

ALIKE = 0.84
"""From here on two names may mean the same: another romanization, a slip, one word more."""


def likeness(one: str, other: str) -> float:
    """1 for names that differ in case, accents, hyphens or the order of their words alone; 0 for strangers.

    Whatever lies below `ALIKE` is told as 0: it is not computed to the end.
    """
    left, right = _folded(one), _folded(other)
    if not left or not right:
        return 0.0
    if left == right or _parts(one) == _parts(other):
        return 1.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return min(ratio, 0.99) if ratio >= ALIKE else 0.0


def _folded(name: str) -> str:
    return fold(compose(name).text).text


def _parts(name: str) -> list[str]:
    """The folded words in one order: family names stand first here and last there."""
    return sorted(_folded(word) for word in name.replace(",", " ").split())
