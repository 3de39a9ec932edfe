"""Lines that are titles, not sentences."""

from __future__ import annotations

import re

STOPS = (".", "!", "?", "。", ":", ";", "”", '"', "…")
KOREAN_SENTENCE_END = re.compile(r"(?:다|요|음|함|임|됨|까|죠|오)[.”\"’')\]]*$")
WORD = re.compile(r"[A-Za-z’'-]{4,}")


def is_heading(line: str, paragraph: int) -> bool:
    """Whether a line without a full stop is a title: near the top, or with its words capitalised."""
    text = line.rstrip()
    if text.endswith(STOPS):
        return False
    if re.search("[가-힣]", text):
        return not KOREAN_SENTENCE_END.search(text)
    words = WORD.findall(text)
    if not words:
        return True
    capitalised = sum(word[0].isupper() for word in words)
    return paragraph <= 5 or capitalised * 10 >= len(words) * 6
