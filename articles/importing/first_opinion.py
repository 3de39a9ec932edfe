"""The text that trafilatura takes from a page, by a shorter way where it leads to the same. Pure.

The library copies the whole page several times, searches all of it, and asks two other extractors for theirs. Menus and
columns outweigh an ordinary article many times over, and are thrown away in the end. So they are first taken out of the
one copy that is searched, and nobody else is asked where they could not have found much more. Wherever any of that
could change the answer, the library is asked as a whole.
"""

from copy import copy

from lxml.etree import _Element, strip_elements
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import MANUALLY_CLEANED, Document, Extractor
from trafilatura.xml import xmltotxt
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from articles.importing.outline import Outline

# What it throws away with all that is inside, whatever that is: of these three it may keep something.
_THROWN_AWAY = tuple(tag for tag in MANUALLY_CLEANED if tag not in ("form", "figure", "math"))
# What it leaves out when it measures how much of a page its text covers.
_NOT_MEASURED = ("aside", "fencedframe", "footer", "script", "style", "svg", "template")
# Left in a text, one of these has it look for another.
_UNCLEAN = (
    "aside", "audio", "button", "fencedframe", "fieldset", "figure", "footer", "iframe", "input", "label", "link", "nav", "noindex",
    "noscript", "object", "option", "select", "source", "svg", "time",
)  # fmt: skip
# Searches of the tree, each with what must stand in the page if it is to find anything.
_PRUNED = (
    (RAW_TREE_PRUNE_XPATH, ("infinite", "mvp-post-add", "elementor-share-buttons")),
    (REMOVE_COMMENTS_AND_LISTS_XPATH, ("omment", "comol", "disqus_thread", "dsq-comments")),
)
_FORUM = "DiscussionForumPosting"  # on a page that says so, comments are the text
_OPTIONS = Extractor(output_format="python", comments=False)


def first_opinion(tree: HtmlElement, html: str, outline: Outline) -> str:
    """Return the text of a parsed page, a paragraph a line; "" if there is none."""
    return _by_short_way(tree, html, outline) or _as_a_whole(tree)


def _as_a_whole(tree: HtmlElement) -> str:
    document = bare_extraction(tree, include_comments=False)
    return document.text if isinstance(document, Document) and document.text else ""


def _by_short_way(tree: HtmlElement, html: str, outline: Outline) -> str:
    """Return the text of the library's own extractor if none of its others would be preferred, else ""."""
    if _FORUM in html:
        return ""
    lean = copy(tree)
    strip_elements(lean, *_THROWN_AWAY, with_tail=False)
    for expressions, words in _PRUNED:
        if any(word in html for word in words):
            lean = prune_unwanted_nodes(lean, expressions)
    try:
        body, text = extract_content(convert_tags(tree_cleaning(lean, _OPTIONS), _OPTIONS), _OPTIONS)
    except (TypeError, ValueError):
        return ""
    is_final = _is_sound(body, text) and _is_most(text, outline) and _covers_page(text, tree, outline)
    return xmltotxt(body, False) if is_final else ""


def _is_sound(body: _Element, text: str) -> bool:
    """Is it long enough, in paragraphs, and free of parts of the page?"""
    paragraphs = list(body.iter("p"))
    return (
        len(text) >= 2 * _OPTIONS.min_extracted_size
        and any("".join(paragraph.itertext()) for paragraph in paragraphs)
        and len(list(body.iter("table"))) <= len(paragraphs)
        and next(body.iter(*_UNCLEAN), None) is None
    )


def _is_most(text: str, outline: Outline) -> bool:
    """Is it two thirds of what the page shows outside of menus, columns and links? One twice as long would be preferred."""
    return 3 * len(text) >= 2 * sum(len(line) + 1 for line in outline.main if line not in outline.linked)


def _covers_page(text: str, tree: HtmlElement, outline: Outline) -> bool:
    """Is it long, or so much of the page that the library does not look for more?"""
    if len(text) >= ESCALATION_MAX_LENGTH:
        return True
    enough = len(text) / ESCALATION_PAGE_SHARE
    return outline.length + len(outline.lines) < 0.8 * enough or _measured(tree) <= enough


def _measured(tree: HtmlElement) -> int:
    """Return at least the length that the library takes a page to be of."""
    body = tree.find(".//body")
    rest = copy(tree if body is None else body)
    strip_elements(rest, *_NOT_MEASURED, with_tail=False)
    return len(" ".join(" ".join(rest.itertext()).split()))
