"""A text with its highlights as HTML. Written as strings: a long article has thousands of pieces, and a template would
take most of the page's time over them. Everything that is not ours is escaped.
"""

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from operator import attrgetter

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from policytracker.tracking.highlights import Highlight, Layer, Paragraph, Piece, paragraphs_of

SENTENCE = attrgetter("sentence")


@lru_cache(maxsize=32)
def drawn_text(
    text: str, highlights: tuple[Highlight, ...], sentences: tuple[tuple[int, int], ...], language: str
) -> SafeString:
    """A text with its highlights, for readers of a language. The last few drawn are kept: most visits add nothing."""
    return marked_text(paragraphs_of(text, highlights, sentences))


def marked_text(paragraphs: Iterable[Paragraph]) -> SafeString:
    """Paragraphs with their sentences, marks over what notes, proposals and mentions cover, and links to the notes."""
    note = escape(_("Annotation %s"))
    lines = []
    for number, paragraph in enumerate(paragraphs, 1):
        words = "".join(
            [
                _sentence(sentence, "".join([_piece(piece, note) for piece in pieces]))
                for sentence, pieces in groupby(paragraph, key=SENTENCE)
            ]
        )
        lines.append(f'<p data-p="{number}" id="p{number}">{words}</p>')
    return mark_safe("\n".join(lines))  # noqa: S308 - each piece of text is escaped


def pickable_text(paragraphs: Iterable[Paragraph], picked: Collection[int] = ()) -> SafeString:
    """The same paragraphs with a box to tick before each sentence, and without marks."""
    lines = []
    seen: set[int] = set()
    for number, paragraph in enumerate(paragraphs, 1):
        words = []
        for sentence, pieces in groupby(paragraph, key=SENTENCE):
            text = "".join(escape(piece.text) for piece in pieces)
            words.append(_pickable(sentence, text, is_picked=sentence in picked, is_first=sentence not in seen))
            if sentence is not None:
                seen.add(sentence)
        lines.append(f'<p data-p="{number}" id="p{number}">{"".join(words)}</p>')
    return mark_safe("\n".join(lines))  # noqa: S308 - each piece of text is escaped


def _sentence(number: int | None, words: str) -> str:
    return words if number is None else f'<span class="s" data-s="{number}">{words}</span>'


def _pickable(number: int | None, text: str, *, is_picked: bool, is_first: bool) -> str:
    if number is None:
        return text
    words = f'<span class="s" data-s="{number}">{text}</span>'
    if not is_first:  # a sentence that runs on over a line break has one box
        return words
    checked = " checked" if is_picked else ""
    return f'<label class="s-pick"><input type="checkbox" name="s" value="{number}"{checked}>{words}</label>'


def _piece(piece: Piece, note: str) -> str:
    words = escape(piece.text)
    if not piece.covering:
        return words
    element, kinds = _element(frozenset([highlight.layer for highlight in piece.covering]))
    if not piece.beginning and not piece.ending:
        return f"<{element}{kinds}>{words}</{element}>"
    names = [_identifier(highlight) for highlight in piece.beginning]
    for name in names[1:]:  # an element has one name; further ones go inside
        words = f'<span id="{name}">{words}</span>'
    name = f' id="{names[0]}"' if names else ""
    ends = "".join([_reference(highlight, note) for highlight in piece.ending if highlight.layer == Layer.NOTE])
    return f"<{element}{name}{kinds}>{words}</{element}>{ends}"


@cache
def _element(layers: frozenset[Layer]) -> tuple[str, str]:
    """What is drawn over words that these layers cover: the element, and its class."""
    kinds = " ".join(f"in-{layer}" for layer in sorted(layers) if layer != Layer.NOTE)
    return "mark" if Layer.NOTE in layers else "span", f' class="{kinds}"' if kinds else ""


PREFIX = {Layer.NOTE: "q", Layer.CANDIDATE: "c", Layer.MENTION: "m"}


def _identifier(highlight: Highlight) -> str:
    return PREFIX[highlight.layer] + highlight.key.partition(":")[0]


def _reference(highlight: Highlight, note: str) -> str:
    """The number after a highlight; it is generated content, so that it adds nothing to the text."""
    key, _colon, number = highlight.key.partition(":")
    return f'<a class="ref" href="#n{key}" data-n="{number}" aria-label="{note.replace("%s", number)}"></a>'
