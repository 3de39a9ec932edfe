"""Lists of words, written as one readable string."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of the string as a set."""
    return frozenset(text.split())


def any_of(text: str, *, plural: bool = False) -> str:
    """A pattern that matches any of the words; `_` stands for a space. Longest first."""
    listed = sorted((each.replace("_", r"\s+") for each in text.split()), key=len, reverse=True)
    return r"\b(?:" + "|".join(listed) + (r")(?:s|es)?\b" if plural else r")\b")


def pattern(text: str, *, plural: bool = False) -> re.Pattern[str]:
    """The pattern of `any_of`, compiled without regard to case."""
    return re.compile(any_of(text, plural=plural), re.IGNORECASE)
