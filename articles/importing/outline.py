"""What a reader sees of a page, line by line, in one walk over its tree. Pure."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import iterwalk
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
_STRUCTURE = {"li", "dd", "dt", "blockquote", "pre", "td", "th"}
# What being inside of an element means for a line; several may hold at once.
_IS_BLOCK, _IN_ASIDE, _IN_BESIDE, _IN_HEADING, _IN_STRUCTURE, _IN_LINK = (1 << bit for bit in range(6))
# What else an element's class or id may say: the two above unless it holds most of the page, or whom it names.
_MARKED_ASIDE, _MARKED_BESIDE, _NAMES_AUTHOR, _NAMES_CREDIT = (1 << bit for bit in range(6, 10))
_BY_MARKS = _MARKED_ASIDE | _MARKED_BESIDE
_BESIDE_OR_LINK = _IN_BESIDE | _IN_LINK
_INHERITED = _IN_ASIDE | _IN_BESIDE | _IN_HEADING | _IN_STRUCTURE | _IN_LINK
# What manuals put behind a heading, to link to it.
ANCHOR = "¶"
_WHOLES = {"html", "body", "main", "article"}
_ASIDE = {"nav", "footer", "aside"}
_MEANING = {
    tag: _IS_BLOCK * (tag in _BLOCKS)
    | _IN_ASIDE * (tag in _ASIDE)
    | _IN_BESIDE * (tag == "figcaption")
    | _IN_HEADING * (tag in _HEADINGS)
    | _IN_STRUCTURE * (tag in _STRUCTURE)
    | _IN_LINK * (tag == "a")
    for tag in _BLOCKS | _ASIDE | _HEADINGS | _STRUCTURE | {"figcaption", "a"}
}
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
    r"bio|author-?(?:bio|info|box|card|profile)|about-?(?:the-?)?author|tools?|toolbar|(?:img|image|photo)?[_-]?(?:caption|desc)|(?:img|image|photo)[_-]?txt|(?:post|entry|article)-footer|credit|copyright|disclaimer|pull-?quote"
    r"|sponsored|print-?only|contact|rating|reporter|byline|timestamp|posted-?on|paywall|widget|jebo|nuri" + _TAIL
)
# Blog engines put a post's categories and tags among the classes of its wrapper.
_WRAPPER = re.compile(r"(?:^|\s)(?:category|type|tag|node|postid|hentry|status)-")
_AUTHOR_MARKS = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?(?:[_-]?name)?|authors?(?:[_-]?(?:name|names|link))?|writers?|reporters?|journalists?|"
    r"auteurs?|autor(?:en|in|es|e|i)?|verfasser(?:in)?|redacteur|article[_-]?author|post[_-]?author|entry[_-]?author|contributors?|byname|writer[_-]?name)(?:$|[\s_-])"
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
    signed: list[str]  # those of the authors that the markup says to be just that
    credits: list[str]
    linked: set[str]  # lines that are nothing but links
    beside: set[str]  # lines marked as something else than text: tags, captions, sign-up, about the author
    headings: set[str]
    structured: set[str]  # lines of lists, tables and quotations of the main part that are no links
    scripts: int = 0  # characters of script

    @property
    def length(self) -> int:
        return sum(map(len, self.lines))


@lru_cache(16_384)
def _meaning(tag: str, kind: str | None, name: str | None) -> int:
    """Return what an element's tag, class and id say. A page repeats them hundreds of times, a site on every page."""
    meaning = _MEANING.get(tag, 0)
    if not kind and not name:
        return meaning
    marks = f"{kind or ''} {name or ''}".lower()
    if tag not in _WHOLES and 1 < len(marks) < 300 and not _WRAPPER.search(marks):
        meaning |= _MARKED_ASIDE * (_ASIDE_MARKS.search(marks) is not None)
        meaning |= _MARKED_BESIDE * (_BESIDE_MARKS.search(marks) is not None)
    meaning |= _NAMES_AUTHOR * (_AUTHOR_MARKS.search(marks) is not None and not _NOT_AUTHOR.search(marks))
    return meaning | _NAMES_CREDIT * (_CREDIT_MARKS.search(marks) is not None)


def outline_of(tree: HtmlElement) -> Outline:
    """Return the outline of a parsed page."""
    walker = _Walker(_cards(tree), _long_paragraphs(tree))
    body = tree.find("body")
    walker.walk(tree if body is None else body)
    return Outline(
        walker.lines,
        walker.main,
        walker.authors,
        walker.signed,
        walker.credits,
        walker.linked,
        walker.beside,
        walker.headings,
        walker.structured - walker.linked - walker.beside,
        walker.scripts,
    )


class _Walker:
    def __init__(self, cards: set[HtmlElement], paragraphs: Counter[HtmlElement]) -> None:
        self._cards = cards
        self._paragraphs = paragraphs  # long ones, by each element that holds them
        self._most = max(paragraphs.values(), default=0)
        self.lines: list[str] = []
        self.main: list[str] = []
        self.authors: list[str] = []
        self.signed: list[str] = []
        self.credits: list[str] = []
        self.scripts = 0
        self.linked: set[str] = set()
        self.beside: set[str] = set()
        self.headings: set[str] = set()
        self.structured: set[str] = set()
        self._parts: list[str] = []
        self._link_length = 0  # characters of the line so far that are inside a link
        self._beside_length = 0
        # Lines that stand in the text somewhere: a quotation may also be pulled out of it.
        self._plain: set[str] = set()
        self._states = [0]  # what it means to be inside of each element that is open, and of all around it

    def walk(self, root: HtmlElement) -> None:
        """Visit every element once, without recursion: pages nest as deep as they like.

        Most of what reading a page costs in Python is spent here, so this is one loop over plain values.
        """
        steps = iterwalk(root, events=("start", "end"))
        states, parts, cards = self._states, self._parts, self._cards
        state = states[-1]
        seen = 0
        for event, element in steps:
            tag = element.tag
            if tag in _UNSEEN or not isinstance(tag, str):
                if event == "start":
                    steps.skip_subtree()
                    self.scripts += len(element.text or "") + 1 if tag == "script" else 0
                    continue
                text = element.tail
            elif event == "start":
                seen += 1
                if seen > MOST_ELEMENTS:
                    break
                meaning = _meaning(tag, element.get("class"), element.get("id"))
                if parts and meaning & _IS_BLOCK:
                    self._flush(state)
                if meaning & _BY_MARKS and not self._holds_most(element):
                    meaning |= _IN_ASIDE * (meaning & _MARKED_ASIDE > 0) | _IN_BESIDE * (meaning & _MARKED_BESIDE > 0)
                if element in cards:
                    meaning |= _IN_ASIDE
                state = state & _INHERITED | meaning
                states.append(state)
                if not state & _IN_ASIDE:
                    self._note(element, tag, meaning)
                text = element.text
            else:
                if parts and state & _IS_BLOCK:
                    self._flush(state)
                states.pop()
                state = states[-1]
                text = element.tail if element is not root else None
            # Space between two tags begins no line.
            if text and (parts or not text.isspace()):
                parts.append(text)
                if state & _BESIDE_OR_LINK:
                    length = len(text.strip())
                    self._link_length += length * (state & _IN_LINK > 0)
                    self._beside_length += length * (state & _IN_BESIDE > 0)
        self._flush(states[-1])
        self.beside -= self._plain

    def _holds_most(self, element: HtmlElement) -> bool:
        """Does it hold most of the page's paragraphs? Then a name like "content-sidebar-wrap" means the layout."""
        return self._paragraphs[element] * 2 > self._most

    def _note(self, element: HtmlElement, tag: str, meaning: int) -> None:
        claims = _claims_author(element) and not _is_of_reader(element)
        if (meaning & _NAMES_AUTHOR or claims) and len(self.authors) < 12:
            self.authors.append(_short(element, 200))
            self.signed += [self.authors[-1]] if claims else []
        if (meaning & _NAMES_CREDIT or tag == "figcaption") and len(self.credits) < 12:
            self.credits.append(_short(element, 400))

    def _flush(self, state: int) -> None:
        """End the line that stands in an element of this state."""
        if not self._parts:
            return
        line = " ".join("".join(self._parts).split()).removesuffix(ANCHOR)
        self._parts.clear()
        in_links, beside = self._link_length, self._beside_length
        self._link_length = self._beside_length = 0
        if not line:
            return
        self.lines.append(line)
        if in_links * 10 >= len(line) * 8:
            self.linked.add(line)
        if beside * 10 >= len(line) * 8:
            self.beside.add(line)
        else:
            self._plain.add(line)
        if state & _IN_HEADING:
            self.headings.add(line)
        if not state & _IN_ASIDE:
            self.main.append(line)
            if state & _IN_STRUCTURE:
                self.structured.add(line)


def _long_paragraphs(tree: HtmlElement) -> Counter[HtmlElement]:
    """Count the long paragraphs in every element that holds any; older sites part them by breaks, or use boxes for them."""
    found: Counter[HtmlElement] = Counter()
    for element in tree.iter("p", "br", "div", "td"):
        tag = element.tag
        length = len((element.tail if tag == "br" else element.text) or "")
        if length > 60 or (tag == "p" and len(element) > 0 and len(element.text_content()) > 60):
            found[element] += 1
            found.update(element.iterancestors())
    return found


def _cards(tree: HtmlElement) -> set[HtmlElement]:
    """Return the boxes that announce other stories: a linked heading each, and siblings of the same make."""
    boxes: set[HtmlElement] = set()
    for heading in tree.iter("h2", "h3", "h4"):
        box = heading.getparent()
        if box is None or not (box.tag == "a" or heading.find("a") is not None):
            continue
        while box is not None and box.tag in ("a", "header", "span"):
            box = box.getparent()
        if box is not None and box.getparent() is not None and box.tag not in _WHOLES - {"article"}:
            boxes.add(box)
    makes = {around: Counter(map(_make, around)) for around in {box.getparent() for box in boxes}}
    return {box for box in boxes if makes[box.getparent()][_make(box)] > 1 and len(box.text_content()) < 700}


def _make(element: HtmlElement) -> tuple[str, str | None]:
    return element.tag, element.get("class")


def _claims_author(element: HtmlElement) -> bool:
    return "author" in (element.get("itemprop") or "") or "author" in (element.get("rel") or "")


def _is_of_reader(element: HtmlElement) -> bool:
    """Does it stand in a customer's review or a comment?"""
    around = element.getparent()
    marks = "" if around is None else f"{around.get('class') or ''} {around.get('itemprop') or ''}".lower()
    return "review" in marks or "comment" in marks


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
