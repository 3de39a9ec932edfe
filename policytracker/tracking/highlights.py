"""A text cut into pieces along its highlights: text and spans in, paragraphs of pieces out.

Highlights may overlap. Each piece knows what covers it, what begins with it and what ends with it, so that a page can
draw several marks over the same words and still link each of them to its own note.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Layer(StrEnum):
    """What a highlight stands for."""

    NOTE = "note"
    CANDIDATE = "candidate"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words from `start` to `end`, in code points; `key` names the note or proposal they lead to."""

    start: int
    end: int
    key: str
    layer: Layer = Layer.NOTE


@dataclass(slots=True)
class Piece:
    """Words that no boundary cuts. `sentence` is the number of the sentence they belong to, if any."""

    text: str
    sentence: int | None
    covering: tuple[Highlight, ...] = ()
    beginning: tuple[Highlight, ...] = ()
    ending: tuple[Highlight, ...] = ()


Paragraph = list[Piece]
Span = tuple[int, int]


def paragraphs_of(text: str, highlights: Iterable[Highlight], sentences: Sequence[Span] = ()) -> list[Paragraph]:
    """The lines of `text`, each as its pieces in order; joined again by line feeds they are the text.

    An empty line is an empty paragraph. What reaches beyond the text is cut off; an empty highlight is left out.
    """
    spans = sorted(
        (h for h in highlights if 0 <= h.start < min(h.end, len(text))), key=lambda h: (h.start, -h.end, h.key)
    )
    cuts = _boundaries(text, spans, sentences)
    paragraphs = _cut(text, cuts, spans, sentences)
    _tell_ends([piece for paragraph in paragraphs for piece in paragraph])
    return paragraphs


def _boundaries(text: str, highlights: Sequence[Highlight], sentences: Sequence[Span]) -> list[int]:
    cuts = {0, len(text)}
    for highlight in highlights:
        cuts.update((highlight.start, min(highlight.end, len(text))))
    for start, end in sentences:
        cuts.update((start, end))
    position = text.find("\n")
    while position >= 0:
        cuts.update((position, position + 1))
        position = text.find("\n", position + 1)
    return sorted(cuts)


def _cut(text: str, cuts: Sequence[int], highlights: Sequence[Highlight], sentences: Sequence[Span]) -> list[Paragraph]:
    starting = defaultdict(list)
    for highlight in highlights:
        starting[highlight.start].append(highlight)
    turning = {*starting, *(highlight.end for highlight in highlights)}
    sentence_at = {start: number for number, (start, _) in enumerate(sentences)}
    active: tuple[Highlight, ...] = ()
    sentence: int | None = None
    paragraphs: list[Paragraph] = [[]]
    for start, end in pairwise(cuts):
        if start in turning:
            active = (*[h for h in active if h.end > start], *starting.get(start, ()))
        if start in sentence_at:
            sentence = sentence_at[start]
        elif sentence is not None and start >= sentences[sentence][1]:
            sentence = None
        if text[start:end] == "\n":
            paragraphs.append([])
        else:
            paragraphs[-1].append(Piece(text[start:end], sentence, active))
    return paragraphs


def _tell_ends(pieces: Sequence[Piece]) -> None:
    """Note with which piece each highlight begins and ends. A line feed is no piece, so ends are where words are."""
    first: dict[int, tuple[Highlight, Piece]] = {}  # by identity: hashing every field takes most of the time
    last: dict[int, tuple[Highlight, Piece]] = {}
    for piece in pieces:
        for highlight in piece.covering:
            met = (highlight, piece)
            first.setdefault(id(highlight), met)
            last[id(highlight)] = met
    for highlight, piece in first.values():
        piece.beginning = (*piece.beginning, highlight)
    for highlight, piece in last.values():
        piece.ending = (*piece.ending, highlight)
