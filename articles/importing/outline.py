"""What a reader sees of a page, line by line, in one walk over its tree. Pure."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

_BLOCKS = frozenset(
    re.split(
        r"\s+",
        """address article aside blockquote body button center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section select summary table tbody td tfoot th thead
    title tr ul br""",
    )
)
_UNSEEN = frozenset(
    re.split(
        " ", "script style noscript template svg math iframe object embed canvas audio video map select head textarea"
    )
)
_ASIDE = {"nav", "footer", "aside"}
_ASIDE_MARKS = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|related|recommend(?:ed|ation)?s?|sidebar|popular|most-?(?:read|viewed)|trending|promo|"
    r"footer|breadcrumbs?|gnb|lnb|snb|reply|rank(?:ing)?|aside|outbrain|taboola|newsletter|teasers?|more-?(?:news|stories))(?:$|[\s_-])"
)
_AUTHOR_MARKS = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?(?:[_-]?name)?|authors?(?:[_-]?(?:name|names|link))?|writers?|reporters?|journalists?|"
    r"article[_-]?author|post[_-]?author|entry[_-]?author|contributors?|byname|writer[_-]?name)(?:$|[\s_-])"
)
_NOT_AUTHOR = re.compile(
    r"(?:bio|avatar|image|photo|desc|info|social|box|list|more|related|comment|card__?img|email|follow|date|time)"
)
_CREDIT_MARKS = re.compile(r"(?:caption|credit|photo-?(?:by|source)|img_?desc|img_?txt|copyright)")
MOST_ELEMENTS = 30_000


@dataclass(slots=True)
class Outline:
    """The visible lines of a page, and which of its elements said who wrote it and who took the picture."""

    lines: list[str]
    main: list[str]  # the lines outside navigation, comments and lists of other stories
    authors: list[str]
    credits: list[str]
    linked: set[str]  # lines that are nothing but links
    scripts: int = 0  # characters of script

    @property
    def length(self) -> int:
        return sum(map(len, self.lines))


def outline_of(tree: HtmlElement) -> Outline:
    """Return the outline of a parsed page."""
    walker = _Walker()
    body = tree.find("body")
    walker.walk(tree if body is None else body)
    return Outline(walker.lines, walker.main, walker.authors, walker.credits, walker.linked, walker.scripts)


class _Walker:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.main: list[str] = []
        self.authors: list[str] = []
        self.credits: list[str] = []
        self.scripts = 0
        self.linked: set[str] = set()
        self._parts: list[str] = []
        self._aside = 0
        self._links = 0  # how many links we are inside of
        self._link_length = 0  # characters of the line so far that are inside a link

    def walk(self, root: HtmlElement) -> None:
        """Visit every element once, without recursion: pages nest as deep as they like."""
        stack: list[tuple[HtmlElement, bool, bool]] = [(root, False, False)]
        seen = 0
        while stack:
            element, leaving, aside = stack.pop()
            if leaving:
                self._leave(element, aside)
                continue
            seen += 1
            if seen > MOST_ELEMENTS:
                break
            tag = element.tag
            if not isinstance(tag, str) or tag in _UNSEEN:
                self._skip(element, tag)
                continue
            aside = self._enter(element, tag)
            stack.append((element, True, aside))
            stack.extend((child, False, False) for child in reversed(element))
        self._flush()

    def _skip(self, element: HtmlElement, tag: object) -> None:
        if tag == "script":
            self.scripts += len(element.text or "")
        if element.tail:
            self._add(element.tail)

    def _enter(self, element: HtmlElement, tag: str) -> bool:
        if tag in _BLOCKS:
            self._flush()
        get = element.get
        marks = get("class")
        own = get("id")
        marks = f"{marks or ''} {own or ''}".lower() if marks or own else ""
        aside = tag in _ASIDE or bool(marks and len(marks) < 300 and _ASIDE_MARKS.search(marks))
        self._aside += aside
        if not self._aside:
            self._note(element, tag, marks)
        self._links += tag == "a"
        if element.text:
            self._add(element.text)
        return aside

    def _note(self, element: HtmlElement, tag: str, marks: str) -> None:
        if len(self.authors) < 12 and _names_author(element, marks):
            self.authors.append(_short(element, 200))
        if len(self.credits) < 12 and (tag == "figcaption" or (marks and _CREDIT_MARKS.search(marks))):
            self.credits.append(_short(element, 400))

    def _leave(self, element: HtmlElement, aside: bool) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        self._aside -= aside
        self._links -= element.tag == "a"
        if element.tail:
            self._add(element.tail)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._links:
            self._link_length += len(text.strip())

    def _flush(self) -> None:
        if not self._parts:
            return
        line = " ".join("".join(self._parts).split())
        self._parts.clear()
        in_links, self._link_length = self._link_length, 0
        if line:
            self.lines.append(line)
            if in_links * 10 >= len(line) * 8:
                self.linked.add(line)
            if not self._aside:
                self.main.append(line)


def _names_author(element: HtmlElement, marks: str) -> bool:
    if "author" in (element.get("itemprop") or "") or "author" in (element.get("rel") or ""):
        return True
    return bool(marks and _AUTHOR_MARKS.search(marks) and not _NOT_AUTHOR.search(marks))


def _short(element: HtmlElement, limit: int) -> str:
    """Return the text of an element, or "" if it is too long to be a name or a credit."""
    parts: list[str] = []
    total = 0
    for text in element.itertext():
        parts.append(text)
        total += len(text.strip())
        if total > limit:
            return ""
    return "\n".join(" ".join(part.split()) for part in parts if part.strip())
