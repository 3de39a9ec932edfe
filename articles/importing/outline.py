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
_HEADINGS = {"h2", "h3", "h4", "h5"}
_WHOLES = {"html", "body", "main", "article"}
_ASIDE = {"nav", "footer", "aside"}
_EDGE, _TAIL = r"(?:^|[\s_-])(?:", r")(?:$|[\s_-])"
_ASIDE_MARKS = re.compile(
    _EDGE
    + r"comments?|disqus|related|recommend(?:ed|ation)?s?|sidebar|rail|popular|most-?(?:read|viewed)|trending|promos?|(?<!post-)(?<!entry-)(?<!article-)footer|"
    r"breadcrumbs?|gnb|lnb|snb|reply|rank(?:ing)?|aside|outbrain|taboola|recirc(?:ulation)?|teasers?|more-?(?:news|stories|articles)"
    r"|related-?(?:news|stories|articles)|next-?(?:story|article)|prev-?next|cookie|consent" + _TAIL
)
_BESIDE_MARKS = re.compile(
    _EDGE
    + r"share|sharing|social|sns|tags|tag-?list|keywords|newsletter|subscribe|subscription|sign-?up|advert(?:isement)?s?|ads?|"
    r"bio|author-?(?:bio|info|box|card|profile)|about-?(?:the-?)?author|tools?|toolbar|(?:img|image|photo)?[_-]?(?:caption|desc|txt)|(?:post|entry|article)-footer|credit|copyright|disclaimer|pull-?quote"
    r"|sponsored|print-?only|contact|rating|reporter|byline|timestamp|posted-?on|paywall|widget|jebo|nuri" + _TAIL
)
# Blog engines put a post's categories and tags among the classes of its wrapper.
_WRAPPER = re.compile(r"(?:^|\s)(?:category|type|tag|node|postid|hentry|status)-")
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
    beside: set[str]  # lines marked as something else than text: tags, captions, sign-up, about the author
    headings: set[str]
    scripts: int = 0  # characters of script

    @property
    def length(self) -> int:
        return sum(map(len, self.lines))


def outline_of(tree: HtmlElement) -> Outline:
    """Return the outline of a parsed page."""
    walker = _Walker(_cards(tree), sum(_is_long(paragraph) for paragraph in tree.iter("p")))
    body = tree.find("body")
    walker.walk(tree if body is None else body)
    return Outline(
        walker.lines,
        walker.main,
        walker.authors,
        walker.credits,
        walker.linked,
        walker.beside,
        walker.headings,
        walker.scripts,
    )


class _Walker:
    def __init__(self, cards: set[HtmlElement], paragraphs: int) -> None:
        self._cards = cards
        self._paragraphs = paragraphs  # long ones on the whole page
        self.lines: list[str] = []
        self.main: list[str] = []
        self.authors: list[str] = []
        self.credits: list[str] = []
        self.scripts = 0
        self.linked: set[str] = set()
        self.beside: set[str] = set()
        self.headings: set[str] = set()
        self._parts: list[str] = []
        self._aside = 0  # how many asides we are inside of
        self._beside = 0
        self._heading = 0
        self._links = 0  # how many links we are inside of
        self._link_length = 0  # characters of the line so far that are inside a link
        self._beside_length = 0

    def walk(self, root: HtmlElement) -> None:
        """Visit every element once, without recursion: pages nest as deep as they like."""
        stack: list[tuple[HtmlElement, bool, tuple[bool, bool]]] = [(root, False, (False, False))]
        seen = 0
        while stack:
            element, leaving, place = stack.pop()
            if leaving:
                self._leave(element, place)
                continue
            seen += 1
            if seen > MOST_ELEMENTS:
                break
            tag = element.tag
            if not isinstance(tag, str) or tag in _UNSEEN:
                self._skip(element, tag)
                continue
            stack.append((element, True, self._enter(element, tag)))
            stack.extend((child, False, (False, False)) for child in reversed(element))
        self._flush()

    def _skip(self, element: HtmlElement, tag: object) -> None:
        if tag == "script":
            self.scripts += len(element.text or "") + 1
        if element.tail:
            self._add(element.tail)

    def _enter(self, element: HtmlElement, tag: str) -> tuple[bool, bool]:
        """Go into an element; return whether it is an aside, and whether it is beside the text."""
        if tag in _BLOCKS:
            self._flush()
        get = element.get
        marks, own = get("class"), get("id")
        marks = f"{marks or ''} {own or ''}".lower() if marks or own else ""
        aside, beside = tag in _ASIDE or element in self._cards, tag == "figcaption"
        if marks and len(marks) < 300 and tag not in _WHOLES and not _WRAPPER.search(marks):
            aside = aside or (_ASIDE_MARKS.search(marks) is not None and not self._holds_most(element))
            beside = beside or (_BESIDE_MARKS.search(marks) is not None and not self._holds_most(element))
        self._aside += aside
        self._beside += beside
        self._heading += tag in _HEADINGS
        if not self._aside:
            self._note(element, tag, marks)
        self._links += tag == "a"
        if element.text:
            self._add(element.text)
        return aside, beside

    def _holds_most(self, element: HtmlElement) -> bool:
        """Does it hold most of the page's paragraphs? Then a name like "content-sidebar-wrap" means the layout."""
        if not self._paragraphs:
            return False
        return sum(_is_long(paragraph) for paragraph in element.iter("p")) * 2 > self._paragraphs

    def _note(self, element: HtmlElement, tag: str, marks: str) -> None:
        if len(self.authors) < 12 and _names_author(element, marks):
            self.authors.append(_short(element, 200))
        if len(self.credits) < 12 and (tag == "figcaption" or (marks and _CREDIT_MARKS.search(marks))):
            self.credits.append(_short(element, 400))

    def _leave(self, element: HtmlElement, place: tuple[bool, bool]) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        self._aside -= place[0]
        self._beside -= place[1]
        self._heading -= element.tag in _HEADINGS
        self._links -= element.tag == "a"
        if element.tail:
            self._add(element.tail)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._links:
            self._link_length += len(text.strip())
        if self._beside:
            self._beside_length += len(text.strip())

    def _flush(self) -> None:
        if not self._parts:
            return
        line = " ".join("".join(self._parts).split())
        self._parts.clear()
        in_links, beside = self._link_length, self._beside_length
        self._link_length = self._beside_length = 0
        if line:
            self.lines.append(line)
            if in_links * 10 >= len(line) * 8:
                self.linked.add(line)
            if beside * 10 >= len(line) * 8:
                self.beside.add(line)
            if self._heading:
                self.headings.add(line)
            if not self._aside:
                self.main.append(line)


def _is_long(paragraph: HtmlElement) -> bool:
    return len(paragraph.text or "") > 60 or (len(paragraph) > 0 and len(paragraph.text_content()) > 60)


def _cards(tree: HtmlElement) -> set[HtmlElement]:
    """Return the boxes that announce other stories: a linked heading each, and siblings of the same make."""
    found: set[HtmlElement] = set()
    for heading in tree.xpath("//*[self::h2 or self::h3 or self::h4][a or parent::a]"):
        box = heading.getparent()
        while box is not None and box.tag in ("a", "header", "span"):
            box = box.getparent()
        around = box.getparent() if box is not None else None
        if around is None or box.tag in _WHOLES - {"article"}:
            continue
        alike = [child for child in around if child.tag == box.tag and child.get("class") == box.get("class")]
        if len(alike) > 1 and len(box.text_content()) < 700:
            found.add(box)
    return found


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
