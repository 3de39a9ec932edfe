"""Which of a page's titles is the headline. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from articles.importing.outline import ANCHOR
from articles.importing.sections import is_section

LONGEST = 300
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/ㅣ<>~]+\s+|\s*[|ㅣ]\s*|\s+::+\s+|\s*[»›]\s*")
_ERROR = re.compile(
    r"\A\W*(?:http\W*)?(?:error\W*)?(?:404|403|410|500)\b(?!\s?(?:years?|people|million|jobs|days))"
    r"|\b(?:404|403|500)\W+(?:not found|error|forbidden|internal)|\A\W*not found\W*\Z|\A\W*access denied"
    r"|\b(?:page|article|story|file|document|content|url)\b.{0,25}\b(?:not (?:be )?found|can ?(?:no|['’])t be found|no longer (?:available|exists?)|does(?: not|n['’]t) exist)"
    r"|페이지를?\s?찾을\s?수\s?없|존재하지\s?않는\s?(?:기사|페이지|게시물|주소)|삭제된\s?(?:기사|페이지|게시물)|잘못된\s?(?:접근|주소|요청)",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"headline|(?:article|news|view|post|entry|story|art|bbs|board|page)?[-_ ]?(?:tit(?:le)?|subject)(?:$|[\s_-])"
)
_TITLE_LABEL = re.compile(r"(?:title|subject|headline|제\s?목)\s?:?", re.IGNORECASE)
_APART = {"br", "div", "p", "h1", "h2", "h3", "h4", "small", "li", "dd"}
_RELATED = 0.25  # agreement of two titles of one story
_LEVELS = {"h1": 0.15, "h2": 0.05, "h3": 0.03, "h4": 0.02}
_BY_MARK = 0.06
_HIGHEST = (_LEVELS["h1"], _LEVELS["h1"] + _BY_MARK)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A text on the page that may be its headline."""

    text: str
    weight: float
    is_labelled: bool


def choose_headline(tree: HtmlElement, claimed: Iterable[str], site_names: Iterable[str]) -> str:
    """Return the headline as shown to readers, else the claimed one without the site's name.

    Sites claim shortened or spiced titles for search engines and social networks; the heading on
    the page that agrees with one of them is the headline. Boards claim the board's name for every
    text on it; then the cell beside "Title", or what is marked as the title, is the headline.
    """
    sites = [name for name in site_names if name]
    title = page_title(tree)
    claims = [text for claim in claimed if not _is_generic(text := without_site(claim, sites), sites)]
    bare = without_site(title, sites)
    reference = list(dict.fromkeys(_references(claims, bare, title, sites)))
    headings = list(_until_certain(tree, reference, sites))
    best = _best_heading(headings, reference, sites)
    if best:
        return best
    only = _only_heading(headings, reference, sites)
    if only:
        return only
    if claims:
        return claims[0]
    marked = _most_marked(headings, sites)
    # Boards and old sites have one title for all their pages.
    if marked and _is_of_all_pages(title, sites):
        return marked
    return (_without_head(_without_tail(bare)) if bare in reference else "") or marked


def _references(claims: list[str], bare: str, title: str, sites: list[str]) -> Iterator[str]:
    """Yield what a heading may agree with: the claims, the title, and each longer part of it."""
    parts = [part for part in _SEPARATOR.split(title) if len(part) >= 15]
    longest = max(map(len, parts), default=0)
    # A few words beside a part that is much longer are the site's name, which may be a heading of the page, too.
    telling = [part for part in parts if len(part.split()) > 4 or 3 * len(part) >= 2 * longest]
    for text in [*claims, bare, title, *telling]:
        if text and not _is_generic(text, sites):
            yield text


def _is_of_all_pages(title: str, sites: list[str]) -> bool:
    """Is a title the name of a site or board: a section among its parts, or hardly any letters?"""
    parts = [part for piece in _SEPARATOR.split(title) for part in re.split(r":(?=\S)", piece) if part.strip()]
    return len(_key(title)) < 10 or any(is_section(part) or _is_site(part, sites) for part in parts)


def _without_tail(title: str) -> str:
    """Cut the last part of a title that nothing confirms, if it is as short as a site's name."""
    spans = [match.span() for match in _SEPARATOR.finditer(title)]
    if not spans:
        return title
    head, tail = title[: spans[-1][0]], title[spans[-1][1] :]
    return head if len(tail.split()) <= 4 and len(head) >= 20 and len(head) > 2 * len(tail) else title


def _without_head(title: str) -> str:
    """Cut a first part that nothing confirms, if it is as short as a site's name and set apart as one is."""
    match = re.search(r"\s*(?:[|ㅣ»›]|::+)\s*", title)
    if not match:
        return title
    head, rest = title[: match.start()], title[match.end() :]
    return rest if len(head.split()) <= 3 and len(rest) >= 20 and len(rest) > 2 * len(head) else title


def page_title(tree: HtmlElement) -> str:
    """Return the text of the title element."""
    element = tree.find(".//head/title")
    if element is None:
        element = next((found for found in tree.iter("title") if found.getparent().tag != "svg"), None)
    return _clean(element.text_content()) if element is not None else ""


def without_site(title: str, sites: Iterable[str] = ()) -> str:
    """Return a title without the site's name before or after it."""
    title = _clean(title)
    names = [_key(name) for name in sites]
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        prefix, colon, rest = title.partition(": ")
        return rest.strip() if colon and _key(prefix) and _is_site_like(prefix, names) else title
    spans = [match.span() for match in _SEPARATOR.finditer(title)]
    if _is_site_like(parts[-1], names) or (is_section(parts[-1]) and len(parts[0]) > 15):
        return without_site(title[: spans[-1][0]], sites)
    if _key(parts[0]) in names:
        return without_site(title[spans[0][1] :], sites)
    return title


def says_error(text: str) -> bool:
    """Does this title say that there is no such page?"""
    return bool(_ERROR.search(text)) and len(text) < 120


def _best_heading(headings: list[_Heading], reference: list[str], sites: list[str]) -> str:
    """Return the heading that agrees best with a claim, if one does; else the one that is labelled as the title."""
    grams = [(_key(claim), _grams(_key(claim))) for claim in reference]
    scored = (
        (_agreement(heading.text, grams) + heading.weight, -index, heading.text)
        for index, heading in enumerate(headings)
    )
    agreeing = sorted((each for each in scored if each[0] >= 0.75), reverse=True)
    labelled = (heading.text for heading in headings if heading.is_labelled)
    return _first_telling(chain((text for _, _, text in agreeing), labelled), sites)


def _only_heading(headings: list[_Heading], reference: list[str], sites: list[str]) -> str:
    """Return the one heading of the first level, if it is about what the page claims to be about in other words."""
    first = [heading.text for heading in headings if heading.weight >= _LEVELS["h1"]]
    if len(set(first)) != 1 or len(first[0].split()) < 3 or _is_generic(first[0], sites):
        return ""
    grams = [(_key(claim), _grams(_key(claim))) for claim in reference]
    return first[0] if _agreement(first[0], grams) >= _RELATED else ""


def _most_marked(headings: list[_Heading], sites: list[str]) -> str:
    """Return the likeliest heading of a page that claims nothing."""
    ranked = sorted(
        ((heading.weight, -index, heading.text) for index, heading in enumerate(headings) if len(heading.text) >= 8),
        reverse=True,
    )
    return _first_telling((text for _, _, text in ranked), sites)


def _first_telling(texts: Iterable[str], sites: list[str]) -> str:
    """Return the first that is more than the name of the site or of a section."""
    return next((text for text in texts if not _is_generic(text, sites)), "")


def _until_certain(tree: HtmlElement, reference: list[str], sites: list[str]) -> Iterator[_Heading]:
    """Yield headings up to the one that no later one could surpass: of the first level, and word for word as claimed."""
    keys = {_key(claim) for claim in reference}
    left = sum(1 for _ in tree.iter("h1"))
    for heading in _headings(tree):
        yield heading
        left -= heading.weight in _HIGHEST
        is_highest = heading.weight == max(_HIGHEST) or (left == 0 and heading.weight in _HIGHEST)
        if is_highest and _key(heading.text) in keys and not _is_generic(heading.text, sites):
            return


def _headings(tree: HtmlElement) -> Iterator[_Heading]:
    """Yield headings with a small preference: h1 before h2, marked as headline before others."""
    count = 0
    for element in tree.iter("h1", "h2", "h3", "h4", "div", "p", "span", "strong", "b", "font", "td", "dt", "dd"):
        weight, is_labelled = _weight(element)
        if weight is None:
            continue
        text = _clean(_spaced_text(element))
        if 4 <= len(text) <= LONGEST:
            yield _Heading(text, weight, is_labelled)
            count += 1
        # A heading may hold its subtitle in an element of its own.
        own = _clean(element.text or "") if len(element) else ""
        if element.tag in _LEVELS and 15 <= len(own) < len(text) <= LONGEST:
            yield _Heading(own, weight - 0.01, is_labelled)
        if count >= 80:
            return


def _spaced_text(element: HtmlElement) -> str:
    """Return an element's text, with a space where a break or block keeps words apart."""
    if not len(element):
        return element.text or ""
    parts: list[str] = []
    for event, node in iterwalk(element, events=("start", "end")):
        if event == "start":
            parts += [" " if node.tag in _APART else "", node.text or ""]
        elif node is not element:
            parts += [" " if node.tag in _APART else "", node.tail or ""]
    return "".join(parts)


def _weight(element: HtmlElement) -> tuple[float | None, bool]:
    """Return how much an element looks like the place of a headline, None if it does not."""
    tag, get = element.tag, element.get
    if tag in ("td", "dd"):
        before = element.getprevious()
        label = _clean("".join(before.itertext())) if before is not None and before.tag in ("th", "td", "dt") else ""
        return (0.1, True) if len(label) < 12 and _TITLE_LABEL.fullmatch(label) else (None, False)
    marks = get("class"), get("id"), get("itemprop")
    is_marked = any(marks) and _is_marked(*marks)
    level = _LEVELS.get(tag)
    if level is None and not is_marked and tag not in ("b", "strong", "font"):
        return None, False
    return (level or 0.0) + (_BY_MARK if is_marked else 0.0), False


@lru_cache(8192)
def _is_marked(*marks: str | None) -> bool:
    """Do a class and an id name a headline? A page repeats them hundreds of times, a site on every page."""
    return _MARKED.search(" ".join(mark or "" for mark in marks).lower()) is not None


def _agreement(text: str, claims: list[tuple[str, set[str]]]) -> float:
    """Return how well a heading agrees with the claimed titles: 1 for the same, 0 for another."""
    best = 0.0
    key = _key(text)
    own: set[str] = set()
    for other, grams in claims:
        if key == other:
            return 1.0
        longer = max(len(key), len(other))
        if min(len(key), len(other)) * 3 < longer:
            continue  # they could not agree well enough to matter
        own = own or _grams(key)
        if len(key) >= 12 and (key in other or other in key) and min(len(key), len(other)) * 2 >= longer:
            best = max(best, 0.85)
        elif own and grams:
            best = max(best, 1.8 * len(own & grams) / (len(own) + len(grams)))
    return best


def _grams(key: str) -> set[str]:
    return {key[i : i + 3] for i in range(len(key) - 2)}


def _is_generic(text: str, sites: list[str]) -> bool:
    """Is it the name of the site, of a section, or of both?"""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    return bool(parts) and (is_section(parts[0]) or all(_is_site(part, sites) for part in parts))


def _is_site(text: str, sites: list[str]) -> bool:
    return _key(text) in {_key(name) for name in sites}


def _is_site_like(part: str, names: list[str]) -> bool:
    """Does a title's last part look like a site: its name, part of it, or a domain?"""
    key = _key(part)
    if key in names:
        return True
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|kr|uk|de|io|co|gov|edu|fr|info)", part.strip().lower()):
        return True
    words = part.split()
    # "BBC News" at bbc.co.uk: the host's name and one word more.
    if 1 < len(words) <= 4 and any(len(name) >= 2 and key == name + _key(words[-1]) for name in names):
        return True
    return len(key) >= 3 and any(
        key in name or (len(name) >= 4 and name in key and len(name) * 2 >= len(key)) for name in names
    )


@lru_cache(4096)
def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _clean(text: str) -> str:
    return " ".join(text.split()).removesuffix(ANCHOR)
