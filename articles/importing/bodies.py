"""The main text of a page: trafilatura's choice, checked by a second extractor. Pure.

Two extractors err differently. A line of the first that the second does not have either is a part
of the page more often than of the article, so it is dropped, unless that would cost too much.
"""

import re
from collections.abc import Sequence
from importlib.metadata import version
from itertools import pairwise

from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text

from articles.importing.bylines import line_authors
from articles.importing.first_opinion import first_opinion
from articles.importing.furniture import ends_article, is_furniture
from articles.importing.labels import image_credit, labelled_dates
from articles.importing.moments import read_quietly
from articles.importing.outline import ANCHOR, Outline

EXTRACTOR = "trafilatura+resiliparse"
VERSION = f"{version('trafilatura')}+{version('resiliparse')}.2"

# At least so much of the text must be left when unsupported lines are dropped.
KEPT_SHARE = 0.7
KEPT_BY_MARKUP = 0.35
# A line is supported when so many of its word pairs occur in the second extraction.
SUPPORT = 0.5
SHORT = 250
_WIDEST_GAP = 6
_TEASER = 110
# So many comments tell that they are some, each below so many characters of name and day.
_SOME, _NAME = 3, 40
_WORDS = re.compile(r"\w+")
# Chinese and Japanese have no spaces between words: there each character counts.
_UNITS = re.compile(r"[^\W_぀-ヿ㐀-鿿]+|[぀-ヿ㐀-鿿]")
_ASCII_UNITS = re.compile("[a-z0-9]+")
_SENTENCE = re.compile(r"[.!?…。다][\"'”’)\]]*\s*\Z")
_LABEL_ROW = re.compile(
    r"\A(?:title|subject|date|department|division|author|writer|contact|views?|hits|attachments?|files?|category|source"
    r"|date of publication|release date|publication date|published|posted"
    r"|제목|등록일|작성일|게시일|담당부서|부서|작성자|등록자|조회수?|첨부(?:파일)?|파일|분류|연락처|출처)\s*[|:：].{0,120}\Z",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"\A(?:[-–—•*·▪◦‣○●□■]|\|)\s+|\s*\|\Z")


def extract_body(tree: HtmlElement, html: str, *, headline: str, outline: Outline) -> list[str]:
    """Return the paragraphs of the article on a parsed page, an empty list if there are none."""
    lines = _lines(first_opinion(tree, html, outline))
    lines = _without_neighbours(_as_shown(lines, outline.lines), outline)
    lines = without_furniture(lines, headline=headline)
    second = _second_opinion(html)
    if second:
        lines = _completed(_supported(lines, second, outline), second, outline)
        lines = _rescued(lines, second, headline, outline)
    return lines


def without_furniture(lines: Sequence[str], *, headline: str = "") -> list[str]:
    """Return the lines without the page's furniture, the repeated headline, bylines and stamps on top."""
    kept = [line for line in _until_end(lines) if not is_furniture(line)]
    return _without_head(_without_repeats(kept), headline)


def word_count(lines: Sequence[str]) -> int:
    """How many words the lines hold."""
    return sum(len(_WORDS.findall(line)) for line in lines)


def _lines(text: str) -> list[str]:
    lines = (
        _LIST_MARK.sub("", " ".join(line.split())).removesuffix(ANCHOR)
        for row in text.replace("\\|", "|").split("\n")
        for line in _cells(row)
    )
    return [line for line in lines if line and not re.fullmatch(r"[|\s:-]+", line)]


def _cells(row: str) -> list[str]:
    """Cut a table row whose cells hold prose: such a table lays out the page and is none."""
    cells = row.split(" | ")
    return cells if len(cells) > 1 and max(map(len, cells)) > 200 else [row]


def _as_shown(lines: list[str], shown: list[str]) -> list[str]:
    """Cut lines that the extractor ran together where the page breaks them."""
    known = set(shown)
    starts: dict[str, list[int]] = {}
    for index, line in enumerate(shown):
        starts.setdefault(line[:12], []).append(index)
    return [piece for line in lines for piece in ([line] if line in known else _pieces(line, shown, starts))]


def _pieces(line: str, shown: list[str], starts: dict[str, list[int]]) -> list[str]:
    """Return the consecutive shown lines that make up a line, or the line itself."""
    for first in starts.get(line[:12], []) or [i for n in range(2, 12) for i in starts.get(line[:n].rstrip(), [])]:
        rest, pieces, index = line, [], first
        while rest and index < len(shown) and rest.startswith(shown[index]):
            pieces.append(shown[index])
            rest = rest[len(shown[index]) :].lstrip()
            index += 1
        if not rest and len(pieces) > 1:
            return pieces
    return [line]


def _without_neighbours(lines: list[str], outline: Outline) -> list[str]:
    """Drop lines that the page shows only as links, among other stories, or after the article's end."""
    main = set(outline.main)
    beside = {line for line in outline.lines if line not in main} | outline.beside
    beside |= {line for line in outline.linked if len(line) <= 150}
    kept = [line for line in lines if line not in beside]
    # What the markup says outright may cost more than what a second opinion says.
    if sum(map(len, kept)) < max(KEPT_BY_MARKUP * sum(map(len, lines)), SHORT):
        kept = lines
    after = _after_end(kept, outline.main)
    return [line for line in kept if line not in after]


def _after_end(lines: list[str], shown: list[str]) -> set[str]:
    """Return the lines that the page shows only below "Related stories" or the like."""
    own = set(lines)
    total, passed = sum(map(len, own)), 0
    for index, line in enumerate(shown):
        if line in own:
            passed += len(line)
        elif passed * 2 >= total and passed > SHORT and ends_article(line):
            after = set(shown[index:]) - set(shown[:index])
            # A list of related stories may also stand in the middle of the text.
            if not any(len(line) >= _TEASER and _SENTENCE.search(line) for line in own & after):
                return after
    return set()


def _until_end(lines: Sequence[str]) -> Sequence[str]:
    """Cut where the article ends, if enough stands before and only stubs follow."""
    total = sum(map(len, lines))
    before = 0
    for index, line in enumerate(lines):
        if before * 2 >= total and before > SHORT and ends_article(line):
            rest = lines[index + 1 :]
            prose = sum(len(after) for after in rest if len(after) > 100 and _SENTENCE.search(after))
            if prose * 2 <= sum(map(len, rest)) or before > 3 * (total - before):
                return lines[:index]
        before += len(line)
    return lines


def _without_repeats(lines: Sequence[str]) -> list[str]:
    """Drop a longer line that stands there a second time."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in lines:
        key = line.casefold()
        if len(line) > 40 and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return kept


def _without_head(lines: list[str], headline: str) -> list[str]:
    """Drop headline, byline, date and credit lines from above the text."""
    key = _key(headline)
    index = 0
    kept: list[str] = []
    while index < min(len(lines), 8):
        line = lines[index]
        if not (_is_headline(line, key) or _is_byline_or_stamp(line)):
            kept.append(line)
        index += 1
    return kept + lines[index:]


def _is_headline(line: str, key: str) -> bool:
    own = _key(line)
    return bool(key) and (own == key or (len(own) > 15 and own in key and len(own) * 10 >= len(key) * 8))


def _is_byline_or_stamp(line: str) -> bool:
    if len(line) > 140:
        return False
    if line_authors(line) or image_credit(line) or _LABEL_ROW.match(line):
        return True
    if len(line) <= 40 and read_quietly(line):
        return True
    dated = next(iter(labelled_dates(line)), None)
    return dated is not None and len(re.sub(r"[\W\d_]+", "", line)) <= 60


def _second_opinion(html: str) -> str:
    return extract_plain_text(html, main_content=True, alt_texts=False, list_bullets=False, comments=False) or ""


def _supported(lines: list[str], second: str, outline: Outline) -> list[str]:
    """Return the lines the second extraction has too; all of them if that loses too much.

    Lists, tables, quotations and subheadings between two such lines stay: the second often leaves them out.
    """
    units = _units(second)
    known, pairs = set(units), set(pairwise(units))
    words = [_units(line) for line in lines]
    support = [_support(own, known, pairs) for own in words]
    # A line of one word begins or ends no article: it is a label of the page.
    places = [place for place, own in enumerate(words) if support[place] >= SUPPORT and len(own) > 1]
    if not places:
        return lines
    kept = [
        line
        for place, line in enumerate(lines)
        if places[0] <= place <= places[-1] and (support[place] >= SUPPORT or _is_structure(line, outline))
    ]
    return kept if sum(map(len, kept)) >= KEPT_SHARE * sum(map(len, lines)) else lines


def _is_structure(line: str, outline: Outline) -> bool:
    return line in outline.structured or line in outline.headings


def _completed(lines: list[str], second: str, outline: Outline) -> list[str]:
    """Put back subheadings and sentences the page shows between two lines of the text, if the second has them."""
    places = _places(lines, outline.main)
    if not places:
        return lines
    second_lines = {" ".join(line.split()) for line in second.split("\n")}
    own = set(lines)
    result = list(lines[:1])
    for before, after in pairwise(range(len(lines))):
        start, end = places[before], places[after]
        if start is not None and end is not None and 1 < end - start <= _WIDEST_GAP:
            missing = outline.main[start + 1 : end]
            result += [line for line in missing if line in second_lines and _is_missed(line, own, outline)]
        result.append(lines[after])
    return result


def _places(lines: list[str], shown: list[str]) -> list[int | None]:
    """Return where each line stands on the page, None for those that stand there otherwise."""
    index = {line: place for place, line in reversed(list(enumerate(shown)))}
    return [index.get(line) for line in lines]


def _is_missed(line: str, own: set[str], outline: Outline) -> bool:
    if line in own or line in outline.beside or line in outline.linked or is_furniture(line):
        return False
    if line in outline.headings:
        return 3 <= len(line) <= 120
    return len(line) >= 80 and bool(_SENTENCE.search(line)) and not any(line in other for other in own)


def _support(own: list[str], known: set[str], pairs: set[tuple[str, str]]) -> float:
    """Return the share of a line's pairs of words that are known, of a line of one word whether that is."""
    if len(own) < 2:
        return float(not known.isdisjoint(own))
    return sum(map(pairs.__contains__, pairwise(own))) / (len(own) - 1)


def _units(text: str) -> list[str]:
    return (_ASCII_UNITS if text.isascii() else _UNITS).findall(text.casefold())


def _rescued(lines: list[str], second: str, headline: str, outline: Outline) -> list[str]:
    """Take the second extraction's prose when the first missed most of the article."""
    own = sum(map(len, lines))
    if len(second) <= max(3 * own, SHORT):
        return lines
    prose = [line for line in _lines(second) if len(line) > 80 and _SENTENCE.search(line)]
    if sum(map(len, prose)) <= max(3 * own, SHORT) or _are_signed(
        [line for line in prose if line not in lines], outline
    ):
        return lines
    return without_furniture(prose, headline=headline)


def _are_signed(lines: list[str], outline: Outline) -> bool:
    """Do most of these stand below a few words each, as readers' comments do below their names?"""
    before = dict(zip(outline.lines[1:], outline.lines[:-1], strict=False))
    signed = sum(0 < len(before.get(line, "")) <= _NAME for line in lines)
    return len(lines) >= _SOME and signed * 10 >= len(lines) * 7


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
