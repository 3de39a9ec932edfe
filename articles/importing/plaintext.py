"""Plain text as people copy it from a page: menus above, the article, notices below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from articles.importing import sections
from articles.importing.bylines import clean_authors, dateline_authors, line_authors
from articles.importing.decoding import decode
from articles.importing.documents import UNDATED, ArticleDraft, Dated, Document
from articles.importing.furniture import ends_article, is_furniture
from articles.importing.labels import image_credit, stamps
from articles.importing.languages import language_of
from articles.importing.moments import DATELINE_END, find_moments, read_quietly
from articles.importing.outlets import outlet_of_host, outlet_of_text, zone_of
from articles.importing.refusals import DocumentRefused, Reason

EXTRACTOR, VERSION = "plaintext", "1"
LONGEST_HEADLINE = 300
MAX_CHARACTERS = 2_000_000

_FIELD = re.compile(
    r"\A(?P<name>title|headline|by|author|byline|date|published|updated|source|publisher|url|link|section|category"
    r"|제목|기자|글쓴이|작성자|날짜|일자|입력|수정|출처|매체|언론사|주소|링크|분류)\s?[:：]\s+(?P<value>\S.*)\Z",
    re.IGNORECASE,
)
_FIELDS = {
    "headline": "title headline 제목",
    "author": "by author byline 기자 글쓴이 작성자",
    "published": "date published 날짜 일자 입력",
    "updated": "updated 수정",
    "publisher": "source publisher 출처 매체 언론사",
    "url": "url link 주소 링크",
    "section": "section category 분류",
}
_FIELD_OF = {name: key for key, names in _FIELDS.items() for name in names.split()}
_ADDRESS = re.compile(r"\Ahttps?://\S+\Z")
_SENTENCE_END = re.compile(r"[.!?…。”\"'’)\]]\Z")


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    head: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    published: Dated = UNDATED
    updated: Dated = UNDATED
    image_credit: str = ""
    authors: tuple[str, ...] = ()


# What stands after a moment instead of before it, and what stands above a press release.
_SENT = re.compile(r"\s?(?:송고|입력|게재|작성|발행)\Z")
_RELEASE = re.compile(r"(?:for )?immediate release\W*|embargoed\b.{0,40}", re.IGNORECASE)


def read_text(document: Document, *, zone: tzinfo | None = None) -> ArticleDraft:
    """Return the article of a plain text; raise DocumentRefused when there is none in it."""
    decoded = decode(document.body, content_type=document.content_type)
    draft = read_copied(decoded.text, url=document.url, zone=zone)
    notes = (*draft.notes, "bytes_replaced") if decoded.replaced else draft.notes
    return replace(draft, charset=decoded.charset, notes=notes)


def read_copied(text: str, *, url: str = "", zone: tzinfo | None = None) -> ArticleDraft:
    """Return the article of a text that is already decoded; see read_text."""
    _check(text)
    outlet = outlet_of_host(url) or outlet_of_text(text)
    zone = (outlet and outlet.zone) or zone_of(url, language_of(text)) or zone
    reading = _Reading()
    lines = _take_fields(_unwrapped(text), reading)
    lines = _until_end(lines)
    lines, stamp = _take_stamp(lines, reading, zone)
    section, headline, body = _divide(lines, stamp, reading)
    body = _clean_body(body, headline, reading)
    if not body:
        raise DocumentRefused(Reason.NO_TEXT if headline else Reason.EMPTY)
    return _draft(reading, url, zone, section, headline, body, outlet.name if outlet else "")


def _check(text: str) -> None:
    if "\x00" in text:
        raise DocumentRefused(Reason.NUL_BYTES, offset=text.index("\x00"))
    if not text.strip():
        raise DocumentRefused(Reason.EMPTY)
    if len(text) > MAX_CHARACTERS:
        raise DocumentRefused(Reason.TEXT_TOO_LONG, length=len(text), limit=MAX_CHARACTERS)


def _unwrapped(text: str) -> list[str]:
    """Return one line a paragraph: lines that a mail or terminal broke are joined again."""
    blocks = [[" ".join(line.split()) for line in block.splitlines()] for block in re.split(r"\n\s*\n", text)]
    lines: list[str] = []
    for block in blocks:
        block = [line for line in block if line]
        lines.extend([" ".join(block)] if _is_wrapped(block) else block)
    return lines


def _is_wrapped(block: Sequence[str]) -> bool:
    """Was one paragraph broken into these lines? Then all but the last are about equally long."""
    if len(block) < 2:
        return False
    lengths = [len(line) for line in block[:-1]]
    unfinished = sum(not _SENTENCE_END.search(line) for line in block[:-1])
    return (
        min(lengths) >= 40
        and max(lengths) <= 100
        and max(lengths) - min(lengths) <= 25
        and unfinished * 2 > len(lengths)
    )


def _take_fields(lines: list[str], reading: _Reading) -> list[str]:
    """Take a head of "Title: …" lines and a lone address off the top."""
    rest = list(lines)
    while rest:
        match = _FIELD.match(rest[0])
        if match:
            reading.head.setdefault(_FIELD_OF[match["name"].lower()], match["value"].strip())
        elif _ADDRESS.match(rest[0]):
            reading.head.setdefault("url", rest[0])
        else:
            break
        rest.pop(0)
    return rest


def _until_end(lines: list[str]) -> list[str]:
    """Cut at the first line after which only the page goes on, if an article stands before it."""
    for index, line in enumerate(lines):
        if ends_article(line) and any(len(above) > 25 and _SENTENCE_END.search(above) for above in lines[:index]):
            return lines[:index]
    return lines


def _take_stamp(lines: list[str], reading: _Reading, zone: tzinfo | None) -> tuple[list[str], int | None]:
    """Take the labelled dates out; return the lines left and where the first date stood."""
    kept: list[str] = []
    place: int | None = None
    for line in lines:
        published, updated = stamps(line, zone=zone) if len(line) <= 160 else (UNDATED, UNDATED)
        bare = UNDATED
        if not (published or updated) and len(line) <= 60 and place is None:
            bare = read_quietly(_SENT.sub("", line), zone=zone)
        if published or updated or bare:
            reading.published = reading.published or published or bare
            reading.updated = reading.updated or updated
            place = len(kept) if place is None else place
        else:
            kept.append(line)
    return kept, place


def _divide(lines: list[str], stamp: int | None, reading: _Reading) -> tuple[str, str, list[str]]:
    """Return section, headline and body lines."""
    if reading.head.get("headline"):
        return reading.head.get("section", ""), reading.head["headline"], lines
    if stamp and _has_text(lines[:stamp]) and not _has_text(lines[stamp:]):
        stamp = None  # the date stands below the text
    above = [line for line in lines[: stamp or 0] if not is_furniture(line)]
    section = next((line for line in above if sections.is_section(line)), reading.head.get("section", ""))
    signed = {line: names for line in above if (names := line_authors(line))}
    titles = [line for line in above if line != section and line not in signed and len(line) <= LONGEST_HEADLINE]
    if titles:
        reading.authors = next(iter(signed.values()), ())
        headline = _repeated(titles, lines) or _last_telling(titles)
        return section, headline, lines[stamp:]
    rest = [line for line in lines if not is_furniture(line) and not _RELEASE.fullmatch(line)]
    while rest and sections.is_section(rest[0]):
        section = rest.pop(0)
    if not rest or len(rest[0]) > LONGEST_HEADLINE:
        raise DocumentRefused(Reason.NO_HEADLINE if rest else Reason.NO_TEXT)
    return section, rest[0], rest[1:]


def _has_text(lines: list[str]) -> bool:
    """Is there anything like a paragraph among the lines?"""
    return any(len(line) > 50 and _SENTENCE_END.search(line) for line in lines)


def _repeated(titles: list[str], lines: list[str]) -> str:
    """Return the title that stands twice, as on pages that repeat it below the date."""
    return next((line for line in titles if lines.count(line) > 1), "")


def _last_telling(titles: list[str]) -> str:
    """Return the title nearest above the date that is more than the name of an outlet, the nearest if none is."""
    return next((line for line in reversed(titles[-3:]) if len(line.split()) >= 4 or len(line) >= 25), titles[-1])


def _clean_body(lines: list[str], headline: str, reading: _Reading) -> list[str]:
    body: list[str] = []
    for line in lines:
        credit = image_credit(line)
        authors = line_authors(line)
        if credit:
            reading.image_credit = reading.image_credit or credit
        elif authors:
            reading.authors = reading.authors or authors
        elif not is_furniture(line) and not _same(line, headline):
            body.append(line)
    return body


def _draft(
    reading: _Reading, url: str, zone: tzinfo | None, section: str, headline: str, body: list[str], publisher: str
) -> ArticleDraft:
    head = reading.head
    text = "\n".join(body)
    authors = clean_authors([head["author"]]) if "author" in head else reading.authors or dateline_authors(body[0])
    shown = reading.published or _dateline(body[0], zone)
    return ArticleDraft(
        headline=headline,
        text=text,
        authors=authors,
        publisher=head.get("publisher", publisher),
        section=section,
        language=language_of(text),
        published=read_quietly(head.get("published"), zone=zone) or shown,
        updated=read_quietly(head.get("updated"), zone=zone) or reading.updated,
        url=url or head.get("url", ""),
        image_credit=reading.image_credit,
        extractor=EXTRACTOR,
        extractor_version=VERSION,
    )


def _dateline(paragraph: str, zone: tzinfo | None) -> Dated:
    """Return the date that a text begins with: "Port Calder, 27 January 2023 – …"."""
    found = next(find_moments(paragraph[:80], zone=zone), None)
    return found.dated if found and DATELINE_END.match(paragraph, found.end) else UNDATED


def _same(line: str, other: str) -> bool:
    return re.sub(r"\W", "", line).casefold() == re.sub(r"\W", "", other).casefold() != ""
