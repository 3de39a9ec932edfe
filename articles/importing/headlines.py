"""Which of a page's titles is the headline. Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from lxml.html import HtmlElement

LONGEST = 300
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/ㅣ<>~]+\s+|\s*[|ㅣ]\s*|\s+::+\s+|\s*[»›]\s*")
_ERROR = re.compile(
    r"\b(?:404|403|500)\b|page\ ?(?:not|can(?:no|')t\ be)\ found|not\ found\Z|no\ longer\ available|access\ denied"
    r"|페이지를?\s?찾을\s?수\s?없|존재하지\s?않는|삭제된\s?(?:기사|페이지|게시물)|잘못된\s?(?:접근|주소)",
    re.IGNORECASE,
)


def choose_headline(tree: HtmlElement, claimed: Iterable[str], site_names: Iterable[str]) -> str:
    """Return the headline as shown to readers, else the claimed one without the site's name.

    Sites claim shortened or spiced titles for search engines and social networks; the heading on
    the page that agrees with one of them is the headline.
    """
    sites = [name for name in site_names if name]
    title = page_title(tree)
    claims = [without_site(claim, sites) for claim in claimed]
    reference = [text for text in [*claims, without_site(title, sites), title] if text]
    best = _best_heading(tree, reference, sites)
    if best:
        return best
    for text in [*claims, without_site(title, sites)]:
        if text and not _is_site(text, sites):
            return text
    return ""


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
        return title
    spans = [match.span() for match in _SEPARATOR.finditer(title)]
    if _key(parts[-1]) in names or _is_site_like(parts[-1], names):
        return without_site(title[: spans[-1][0]], sites)
    if _key(parts[0]) in names:
        return without_site(title[spans[0][1] :], sites)
    return title


def says_error(text: str) -> bool:
    """Does this title say that there is no such page?"""
    return bool(_ERROR.search(text)) and len(text) < 120


def _best_heading(tree: HtmlElement, reference: list[str], sites: list[str]) -> str:
    candidates = list(_headings(tree))
    scored = [
        (_agreement(text, reference) + bonus, -index, text)
        for index, (text, bonus) in enumerate(candidates)
        if not _is_site(text, sites)
    ]
    if not scored:
        return ""
    score, _index, text = max(scored)
    if score >= 0.7:
        return text
    ones = [text for text, bonus in candidates if bonus >= 0.1 and not _is_site(text, sites)]
    # A page with one main heading that agrees with no claim: the claims are for search engines.
    return ones[0] if len(ones) == 1 and len(ones[0]) >= 15 and not reference else ""


def _headings(tree: HtmlElement) -> Iterable[tuple[str, float]]:
    """Yield heading texts with a small preference: h1 before h2, marked as headline before others."""
    count = 0
    for element in tree.iter("h1", "h2", "h3", "div", "p", "span", "strong", "td", "dt"):
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}".lower()
        level = {"h1": 0.15, "h2": 0.05, "h3": 0.0}.get(element.tag)
        if level is None and not re.search(
            r"headline|(?:article|news|view|post|entry|story|art|bbs|board)[-_]?(?:tit|subject|head)", marks
        ):
            continue
        text = _clean(_heading_text(element))
        if 4 <= len(text) <= LONGEST:
            yield text, (level or 0.0) + (0.05 if "headline" in marks else 0.0)
            count += 1
        if count >= 60:
            return


def _heading_text(element: HtmlElement) -> str:
    return " ".join(element.itertext()) if len(element) else (element.text or "")


def _agreement(text: str, reference: list[str]) -> float:
    """Return how well a heading agrees with the claimed titles: 1 for the same, 0 for another."""
    best = 0.0
    key = _key(text)
    for claim in reference:
        other = _key(claim)
        if not key or not other:
            continue
        if key == other:
            return 1.0
        if (
            len(key) >= 12
            and (key in other or other in key)
            and min(len(key), len(other)) * 2 >= max(len(key), len(other))
        ):
            best = max(best, 0.85)
        else:
            best = max(
                best, SequenceMatcher(None, key, other, autojunk=False).ratio() * 0.9 if _near(key, other) else 0.0
            )
    return best


def _near(key: str, other: str) -> bool:
    """Is a full comparison worth it? The matcher is slow."""
    return len(key) * 3 >= len(other) and len(other) * 3 >= len(key) and len(set(key) & set(other)) * 2 > len(set(key))


def _is_site(text: str, sites: list[str]) -> bool:
    return _key(text) in {_key(name) for name in sites}


def _is_site_like(part: str, names: list[str]) -> bool:
    """Does a title's last part look like a site: its name, part of it, or a domain?"""
    key = _key(part)
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|kr|uk|de|io|co|gov|edu|fr|info)", part.strip().lower()):
        return True
    return len(key) >= 3 and any(
        key in name or (len(name) >= 4 and name in key and len(name) * 2 >= len(key)) for name in names
    )


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _clean(text: str) -> str:
    return " ".join(text.split())
