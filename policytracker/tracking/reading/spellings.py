"""One way to write a name, and where in a text it may stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from policytracker.tracking.reading.folding import compose, fold, separators
from policytracker.tracking.reading.particles import is_hangul
from policytracker.tracking.reading.words import words

if TYPE_CHECKING:
    from policytracker.tracking.matching import Sense

NAMES_OF_THEIR_OWN = frozenset({"ministry", "official", "post", "initiative"})
WORDS_TOO = words(
    "act aid aids all and any are art ban can end for get has how id it may met new no not now off on one our out own"
    " pact put red sea see so start the top two up us use was way we who why will yes you"
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A surface form with its rules of case and of the spaces within, for one or several senses."""

    key: str
    written: str
    senses: tuple[Sense, ...]
    gaps: dict[int, str]
    keeps_case: bool
    starts_with_capital: bool

    @classmethod
    def of(cls, name: str, sense: Sense) -> Self:
        """The rules that the form of the name itself gives: MOU keeps its case, Kwon its capital."""
        name = compose(name).text
        folded = fold(name)
        letters = re.sub(r"[^A-Za-z]", "", name)
        is_acronym = " " not in name.strip() and 2 <= len(letters) <= 8 and sum(c.isupper() for c in letters) >= 2
        is_one_word = not re.search(r"\s", name.strip())
        capital = name[:1].isupper() and (
            sense.kind == "official" or (is_one_word and sense.kind in NAMES_OF_THEIR_OWN)
        )
        return cls(folded.text, name, (sense,), separators(name, folded.starts, folded.ends), is_acronym, capital)

    @property
    def identity(self) -> str:
        """Spellings of one key with the same rules are one."""
        return f"{self.keeps_case and _bare(self.written)}|{self.starts_with_capital}|{sorted(self.gaps)}"

    def joined_with(self, other: Self | None) -> Self:
        """This spelling with the other's senses too."""
        if other is None:
            return self
        senses = {sense.key: sense for sense in (*other.senses, *self.senses)}
        return type(self)(
            self.key, self.written, tuple(senses.values()), self.gaps, self.keeps_case, self.starts_with_capital
        )

    def fits(self, text: str, start: int, end: int, gaps: dict[int, str]) -> bool:
        """Whether these words of the text are this spelling: its case and its spaces agree."""
        surface = text[start:end]
        if self.keeps_case:
            if _bare(surface) != _bare(self.written) or _is_an_agreement(text, start, surface):
                return False
            return not (surface.lower() in WORDS_TOO and is_in_capitals(text, start, end))
        if self.starts_with_capital and not surface[:1].isupper():
            return False
        return self._gaps_agree(gaps)

    def _gaps_agree(self, gaps: dict[int, str]) -> bool:
        for position in self.gaps.keys() | gaps.keys():
            if is_hangul(self.key[position - 1]) and is_hangul(self.key[position]):
                continue
            ours, theirs = self.gaps.get(position), gaps.get(position)
            if ours is None and theirs is not None and theirs.isspace():
                return False
            if theirs is None and ours is not None and ours.isspace():
                return False
        return True


def _bare(written: str) -> str:
    return re.sub(r"[^\w]", "", written)


def _is_an_agreement(text: str, start: int, surface: str) -> bool:
    """ "an MOU" is a memorandum: a body has no indefinite article."""
    return surface.lower() == "mou" and bool(
        re.search(r"\b(?:an?|signed|this|new)\s+$", text[max(0, start - 10) : start], re.I)
    )


def is_in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the words around are written in capitals throughout."""
    around = text[max(0, start - 30) : start] + text[end : end + 30]
    letters = [c for c in around if c.isalpha()]
    return len(letters) >= 6 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
