"""Sentences of an English or Korean text, with their places in it: text in, spans out.

Offsets count code points and a sentence is always exactly `text[start:end]`. Lines end sentences, because an article's
text is its paragraphs joined by a line feed; a text that was wrapped at a fixed width is recognised and read across.
Why there is no library here: docs/adr/0007-our-own-sentence-splitter.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policytracker.tracking.reading.abbreviations import ends_with_abbreviation

CLOSERS = "\"'”’»」』)]}）】"
TERMINATOR = re.compile(
    rf"(?:[.!?…]+|[。！？]+)[{re.escape(CLOSERS)}]*(?=\s|$)"  # followed by a space, as usual
    r"|(?<=[다요죠까음함됨임])[.!?](?=[가-힣])(?!\w{0,1}\.)"  # 했다.정부는: a Korean stop with the space forgotten
)
BULLET = re.compile(
    r"[ \t]*(?:[-–—•·‧∙▪▫◦●○◎□■◆◇▶▷▲△※☞✔✓*➤→ㅇㆍ]+|\(?\d{1,2}[.)](?=\s)|[①-⑳]|[가-하]\.(?=\s)|\(?[a-zA-Z][.)](?=\s))\s+"
)
QUOTED_SPEECH = re.compile(
    r"[“\"][^“”\"\n]{1,600}?[”\"](?=(?:이?라고|이?라며|이?라는|이?라면서|고|며|는|면서|등|을|를|이|가|에|의)[\s,.가-힣])"
)
NUMBERED_DATE = re.compile(r"\d\.$")
PARAGRAPH_GAP = re.compile(r"\n\s*\n")
WRAP_WIDTHS = range(40, 101)
LINE_END_STOPS = (".", "!", "?", ":", ";", "”", '"', "。")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands. `paragraph` counts the lines (or wrapped blocks) of the text from 0."""

    start: int
    end: int
    text: str
    paragraph: int = 0
    is_item: bool = False
    """True for a line that began with a bullet or a number; these are not part of the sentence."""


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences in order. An empty or blank text has none; nothing but blank space and bullets is left out."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    for number, (start, end) in enumerate(_paragraphs(text)):
        bullet = BULLET.match(text, start, end)
        first = bullet.end() if bullet else start
        for sentence_start, sentence_end in _within(text, first, end):
            yield Sentence(sentence_start, sentence_end, text[sentence_start:sentence_end], number, bullet is not None)


# -- paragraphs -------------------------------------------------------------------------------------------------------


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, or whole blocks of lines where the text was wrapped at a fixed width."""
    start = 0
    for gap in [*PARAGRAPH_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        yield from _lines_of_block(text, start, end)
        start = gap.end() if gap else end


def _lines_of_block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = list(_lines(text, start, end))
    if _is_wrapped([text[a:b] for a, b in lines]):
        yield from _wrapped_items(text, lines)
    else:
        yield from lines


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        if text[start:line_end].strip():
            yield start, line_end
        start = line_end + 1


def _is_wrapped(lines: list[str]) -> bool:
    """Three lines or more of about one width, most of which stop in the middle of a sentence."""
    if len(lines) < 3 or not all(len(line.rstrip()) in WRAP_WIDTHS for line in lines[:-1]):
        return False
    stopped = sum(line.rstrip().endswith(LINE_END_STOPS) for line in lines[:-1])
    return len(lines[-1]) <= WRAP_WIDTHS[-1] and stopped * 3 <= len(lines) - 1


def _wrapped_items(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, last = lines[0][0], lines[0][1]
    for line_start, line_end in lines[1:]:
        if BULLET.match(text, line_start, line_end):
            yield start, last
            start = line_start
        last = line_end
    yield start, last


# -- sentences within a paragraph -------------------------------------------------------------------------------------


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    quoted = _quoted_speech(text, start, end)
    sentence_start = start
    for stop in TERMINATOR.finditer(text, start, end):
        while quoted and quoted[-1][1] <= stop.start():
            quoted.pop()
        if stop.start() - sentence_start < 2 and not text[sentence_start : stop.start()].strip():
            continue
        inside_quotation = bool(quoted) and quoted[-1][0] < stop.start() < quoted[-1][1]
        if inside_quotation or not _ends_sentence(text, sentence_start, stop, end):
            continue
        yield from _trimmed(text, sentence_start, stop.end())
        sentence_start = stop.end()
    yield from _trimmed(text, sentence_start, end)


def _quoted_speech(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Korean quotations that the sentence runs on from (“… 없다.”고 말했다); the last comes first."""
    return [match.span() for match in QUOTED_SPEECH.finditer(text, start, end)][::-1]


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    after = _next_character(text, stop.end(), end)
    if not after:
        return True
    if after.islower() or (after in ",;)" and not text[stop.end()].isspace()):
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    head = text[max(start, stop.start() - 24) : stop.start() + 1]
    if NUMBERED_DATE.search(head) and (after.isdigit() or head.strip(" .0123456789") == ""):
        return False
    return not ends_with_abbreviation(head, text[stop.end() : min(end, stop.end() + 24)].lstrip())


def _next_character(text: str, position: int, end: int) -> str:
    while position < end and text[position].isspace():
        position += 1
    return text[position] if position < end else ""


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
