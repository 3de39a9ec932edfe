"""A page of HTML to an article: what the site claims, what a reader sees, and which to believe."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml.etree import ElementDefaultClassLookup, ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from articles.importing.bodies import EXTRACTOR, VERSION, extract_body, without_furniture, word_count
from articles.importing.bylines import clean_authors, dateline_authors, line_authors
from articles.importing.canonical import canonical_of, canonicalise
from articles.importing.decoding import Decoded, decode, to_nfc
from articles.importing.documents import UNDATED, ArticleDraft, Dated, Document, Precision
from articles.importing.fragments import without_tags
from articles.importing.furniture import ends_article
from articles.importing.headlines import choose_headline, page_title
from articles.importing.labels import DateLabel, caption_credit, labelled_dates
from articles.importing.languages import language_of
from articles.importing.moments import DATELINE_END, find_moments, read_quietly
from articles.importing.outlets import outlet_of_host, zone_of
from articles.importing.outline import Outline, outline_of
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason
from articles.importing.scripts import script_bodies
from articles.importing.structured import Claims, read_claims
from articles.importing.unpacking import shown_size
from articles.importing.walls import check_walls

MAX_BYTES = 5_000_000
MAX_CHARACTERS = 2_000_000
# Below so many words the data left in scripts is looked at.
FEW_WORDS = 60
# Below so many also where the page does not even show its headline: it may show nothing but a notice about cookies.
NOTICE_WORDS = 150
_STAMP_LINE = 160

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_page(document: Document, *, zone: tzinfo | None = None) -> ArticleDraft:
    """Return the article on a page; raise DocumentRefused when there is none, and say why."""
    if len(document.body) > MAX_BYTES:
        raise DocumentRefused(Reason.TOO_LARGE, limit=shown_size(MAX_BYTES))
    decoded = decode(document.body, content_type=document.content_type)
    tree = parse_html(decoded.text)
    claims = read_claims(tree)
    outline = outline_of(tree)
    url = document.url or claims.canonical
    site = _publisher(claims, url)
    sites = [site, claims.publisher, *_host_names(url)]
    headline = choose_headline(tree, claims.headlines, sites)
    body, notes = _body(tree, decoded.text, claims, outline, headline)
    check_walls(body, headline=headline, title=page_title(tree), claims=claims, outline=outline)
    text = to_nfc("\n".join(body))
    if len(text) > MAX_CHARACTERS:
        raise DocumentRefused(Reason.TEXT_TOO_LONG, length=len(text), limit=MAX_CHARACTERS)
    if not headline:
        raise DocumentRefused(Reason.NO_HEADLINE)
    language = language_of(text, claims.language)
    zone = zone_of(url, language) or zone
    labelled, alone = _shown_dates(outline, headline, body, zone), _date_alone(outline, headline, body, zone)
    published, updated = _dates(tree, claims, outline, labelled, alone, document, zone)
    return ArticleDraft(
        headline=headline,
        text=text,
        authors=_authors(claims, outline, headline, body, sites),
        publisher=site,
        section=claims.section,
        language=language,
        published=published,
        updated=updated,
        url=document.url or claims.canonical,
        canonical_url=canonical_of(document.url, declared=claims.canonical),
        aliases=_aliases(document.url, claims),
        image_credit=_image_credit(outline, body),
        description=claims.description,
        extractor=EXTRACTOR,
        extractor_version=VERSION,
        charset=decoded.charset,
        notes=_notes(decoded, notes),
    )


def parse_html(text: str) -> HtmlElement:
    """Return the tree of a decoded page; raise DocumentRefused for what is no page at all."""
    if "\x00" in text:
        raise DocumentRefused(Reason.NUL_BYTES, offset=text.index("\x00"))
    if not text.strip():
        raise DocumentRefused(Reason.EMPTY)
    # The charset is ours: told to the parser, so that a wrong declaration in the page cannot matter.
    parser = HTMLParser(
        encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, default_doctype=False
    )
    # One class for all elements: by default Python is asked for each of them, each time one is looked at.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError, AssertionError):
        raise DocumentRefused(Reason.NO_TEXT) from None


def _body(tree: HtmlElement, html: str, claims: Claims, outline: Outline, headline: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs, and a note when they are not from the page as shown."""
    body = extract_body(tree, html, headline=headline, outline=outline)
    count = word_count(body)
    if count >= FEW_WORDS:
        # The extractor, too, takes the text from there when the page shows none.
        is_shown = not claims.body or not set(outline.lines).isdisjoint(body)
        if not is_shown or count >= NOTICE_WORDS or headline in outline.lines:
            return body, [] if is_shown else ["body_from_json_ld"]
    for note, texts in (("body_from_json_ld", [claims.body]), ("body_from_script", script_bodies(tree))):
        best = _longest(texts)
        if best and word_count([best]) > (2 * count if count < FEW_WORDS else count):
            lines = [line for line in without_tags(best).split("\n") if line]
            return without_furniture(lines, headline=headline), [note]
    return body, []


def _longest(texts: Iterable[str]) -> str:
    return max(texts, key=len, default="")


def _authors(claims: Claims, outline: Outline, headline: str, body: list[str], sites: list[str]) -> tuple[str, ...]:
    """Return the authors of the first source that names people; a site's own name is no person."""
    own = {_letters(site) for site in sites}
    for names in _named(claims, outline, headline, body):
        authors = tuple(name for name in names if _letters(name) not in own)
        if authors:
            return authors
    return ()


def _named(claims: Claims, outline: Outline, headline: str, body: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names each source gives: claims, marked elements, lines by the headline, the text's ends."""
    for names in claims.authors:
        yield clean_authors(names, are_persons=claims.persons.issuperset(names))
    for text in outline.authors:
        yield clean_authors(text.split("\n"))
    for text in outline.signed:
        yield clean_authors(text.split("\n"), are_persons=True)
    for line in _near_headline(outline.main, headline):
        yield line_authors(line)
    for line in _right_below(outline.main, body):
        yield line_authors(line)
    for line in [*body[:2], *body[-2:]]:
        yield dateline_authors(line) or line_authors(line)


def _right_below(lines: list[str], body: list[str]) -> list[str]:
    """Return the few lines below the text, where older sites sign."""
    bottom = next((index for index in range(len(lines) - 1, 0, -1) if body and lines[index] == body[-1]), len(lines))
    return lines[bottom + 1 : bottom + 5]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _near_headline(lines: list[str], headline: str) -> list[str]:
    """Return the lines around the headline: a few above, a dozen below."""
    place = next((index for index, line in enumerate(lines) if line == headline), 0)
    return lines[max(0, place - 3) : place + 12]


def _dates(
    tree: HtmlElement,
    claims: Claims,
    outline: Outline,
    labelled: tuple[Dated, Dated],
    stands_alone: Dated,
    document: Document,
    zone: tzinfo | None,
) -> tuple[Dated, Dated]:
    """Return publication and update by one rule.

    A labelled date on the page is what readers are told, so it decides the day; else htmldate does; else the date that
    stands alone by the headline or begins the text.
    The time comes from there too if it has one, else from the claims when they are within a day, else from what the
    page shows or holds of that day.
    """
    claimed = _first_dated(claims.published, zone)
    shown, updated = labelled
    day = shown.day or _found_day(tree, document, claims, outline) or stands_alone.day
    published = _with_time(_merge(shown, claimed, day), stands_alone, claims, zone)
    updated = updated if updated.moment else _first_dated(claims.updated, zone) or updated
    return published, updated


def _merge(shown: Dated, claimed: Dated, day: date | None) -> Dated:
    if shown.moment or (shown and not claimed):
        return shown
    if day is None:
        return claimed
    if claimed.day and abs(claimed.day - day) <= timedelta(days=1):
        return claimed if claimed.day == day else replace(claimed, day=day)
    return shown or Dated(raw=day.isoformat(), day=day, precision=Precision.DAY, rule="found on the page")


def _with_time(published: Dated, stands_alone: Dated, claims: Claims, zone: tzinfo | None) -> Dated:
    """Return the date with its time, where it has none so far and the page tells one of the same day."""
    if not published or published.moment:
        return published
    stamped = (read_quietly(value, zone=zone) for value in claims.stamped)
    timed = next((each for each in (stands_alone, *stamped) if each.moment and each.day == published.day), None)
    return replace(timed, raw=published.raw or timed.raw) if timed else published


def _first_dated(values: Iterable[str], zone: tzinfo | None) -> Dated:
    return next((dated for value in values if (dated := read_quietly(value, zone=zone))), UNDATED)


def _shown_dates(outline: Outline, headline: str, body: list[str], zone: tzinfo | None) -> tuple[Dated, Dated]:
    """Return the labelled dates that stand near the headline or right below the text, not those of others."""
    published = updated = UNDATED
    for label, dated in _labelled_near(outline, headline, body, zone):
        if label is DateLabel.PUBLISHED and not published:
            published = dated
        elif label is DateLabel.UPDATED and not updated:
            updated = dated
        if published and updated:
            break
    return published, updated


def _labelled_near(
    outline: Outline, headline: str, body: list[str], zone: tzinfo | None
) -> Iterator[tuple[DateLabel, Dated]]:
    shown = outline.main
    for index in _places(outline, headline, body):
        line = shown[index]
        # Label and date may stand in two cells of a table.
        joined = f"{shown[index - 1]} {line}" if index and len(shown[index - 1]) <= 20 else line
        if len(joined) <= _STAMP_LINE and any(char.isdigit() for char in line):
            for found in labelled_dates(joined, zone=zone):
                yield found.label, found.dated


def _places(outline: Outline, headline: str, body: list[str]) -> list[int]:
    """Return the indexes of the lines around the headline and right below the last line of the text."""
    shown = outline.main
    top = next((index for index, line in enumerate(shown) if line == headline), 0)
    bottom = next((index for index in range(len(shown) - 1, top, -1) if body and shown[index] == body[-1]), 0)
    around = range(max(0, top - 15), min(len(shown), top + 26, bottom + 1 if bottom else top + 26))
    below: list[int] = []
    for index in range(bottom + 1, min(len(shown), bottom + 8)) if bottom else ():
        # Below a heading or a list of links other stories begin, with dates of their own.
        if ends_article(shown[index]) or shown[index] in outline.headings or shown[index] in outline.linked:
            break
        below.append(index)
    return [*around, *below]


def _date_alone(outline: Outline, headline: str, body: list[str], zone: tzinfo | None) -> Dated:
    """Return the date in a short line by the headline, or in the dateline of the text: "Linz, 12 May 2014 –"."""
    others = {headline, *body, *outline.headings, *outline.linked}
    for line in _near_headline(outline.main, headline):
        found = next(find_moments(line, zone=zone), None) if len(line) <= 60 and line not in others else None
        if found:
            return found.dated
    found = next(find_moments(body[0][:80], zone=zone), None) if body else None
    return found.dated if found and DATELINE_END.match(body[0], found.end) else UNDATED


def _found_day(tree: HtmlElement, document: Document, claims: Claims, outline: Outline) -> date | None:
    """Return the day htmldate finds, unless only other stories and comments on the page are of that day."""
    options: dict[str, Any] = {}
    if document.fetched_at:
        options["max_date"] = f"{document.fetched_at + timedelta(days=1):%Y-%m-%d}"
    try:
        found = find_date(tree, original_date=True, url=document.url or None, **options)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    day = date.fromisoformat(found) if found else None
    if day is None or any(claim.startswith(str(found)) for claim in claims.published):
        return day
    return None if _is_of_others(day, outline) or _is_year_alone(day, document.url, outline) else day


def _is_year_alone(day: date, url: str, outline: Outline) -> bool:
    """Is it the first of January only because the page says "© 2024" and no date at all?"""
    if (day.month, day.day) != (1, 1) or _mentions(day, outline.lines):
        return False
    return not any(f"{day:{pattern}}" in url for pattern in ("%Y/%m/%d", "%Y-%m-%d", "%Y%m%d", "%Y/%-m/%-d"))


def _is_of_others(day: date, outline: Outline) -> bool:
    main = set(outline.main)
    aside = [line for line in outline.lines if line not in main]
    return _mentions(day, aside) and not _mentions(day, outline.main)


def _mentions(day: date, lines: list[str]) -> bool:
    return any(found.dated.day == day for line in lines if len(line) < 400 for found in find_moments(line))


def _publisher(claims: Claims, url: str) -> str:
    outlet = outlet_of_host(url)
    return (outlet.name if outlet else "") or claims.publisher.lstrip("@")


def _host_names(url: str) -> list[str]:
    """Return what the host's name may be called: "kbs world" of world.kbs.co.kr."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    return [host, *labels[:-1]] if host else []


def _aliases(url: str, claims: Claims) -> tuple[str, ...]:
    """Return the other addresses a page names for itself, canonicalised."""
    found: list[str] = []
    for alias in claims.aliases:
        try:
            found.append(canonicalise(urljoin(url, alias)))
        except ImportRefused:
            continue
    return tuple(dict.fromkeys(found))


def _image_credit(outline: Outline, body: list[str]) -> str:
    candidates = [caption_credit(part) for text in outline.credits for part in text.split("\n")]
    candidates += [caption_credit(line) for line in outline.main if len(line) <= 100]
    return next((credit for credit in candidates if credit), "")


def _notes(decoded: Decoded, notes: list[str]) -> tuple[str, ...]:
    return (*notes, "bytes_replaced") if decoded.replaced else tuple(notes)
