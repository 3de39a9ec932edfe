"""Which proposals say the same, and which restate a promise already known: texts in, pairs out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from policytracker.tracking.reading.words import words

SAME = 0.62
"""How much of the shorter text's content the longer must hold to be the same promise."""
SAME_WITH_CONTEXT = 0.4
"""The same where actor and initiative agree as well."""
SAME_BY_WORDS = 0.75
"""The same where nothing else is known of one of them."""
SAME_BY_OTHERS = 0.9
"""The same where both actors are known and differ."""

EMPTY = words(
    "the a an of to in on for and or by with at from as is are be been will shall would was were it its this that these those"
    " they their he she we our has have had also said says ministry government minister plans plan planned pledged vowed"
    " promised aims intends set year new which who not more than into over under up out about after before when if"
)
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+|\d[\d,.]*")
HANGUL = re.compile(r"[가-힣]+")
KOREAN_ENDING = re.compile(
    r"(?:할|될)?\s?(?:계획|방침|예정)(?:이다|이라고|입니다).*$|기로\s?(?:했|결정).*$|겠다.*$|(?:밝혔|말했|전했|설명했|강조했)다.*$"
)
SUFFIXES = (
    "ingly",
    "ments",
    "ment",
    "tions",
    "tion",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "s",
    "e",
    "y",
)


class Promise(Protocol):
    """What is compared: the words of a promise, who makes it, and the initiative it belongs to."""

    @property
    def text(self) -> str: ...
    @property
    def actor(self) -> str: ...
    @property
    def initiative(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A promise as plain values. `key` is whatever the caller knows it by."""

    key: int
    text: str
    actor: str = ""
    initiative: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a text is to a known promise, between 0 and 1, and whether actor and initiative agree."""

    key: int
    share: float
    same_actor: bool
    same_initiative: bool


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """What a sentence is about: its telling words without endings, and pairs of syllables where it is Korean."""
    english = {_stem(word.lower()) for word in WORD.findall(text) if word.lower() not in EMPTY}
    korean: set[str] = set()
    for run in HANGUL.findall(KOREAN_ENDING.sub("", text)):
        korean.update(run[index : index + 2] for index in range(max(1, len(run) - 1)))
    return frozenset(english | korean)


def _stem(word: str) -> str:
    word = re.sub(r"['’]s?$", "", word)
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set found in the larger. Very short texts count as long ones, so that one word is no proof."""
    if not one or not other:
        return 0.0
    return len(one & other) / max(4, min(len(one), len(other)))


def find_restated(proposal: Promise, known: Iterable[Said]) -> Likeness | None:
    """The known promise that this one restates, or None. Wording must be near; less near where actor and initiative agree."""
    mine = content(proposal.text)
    best: Likeness | None = None
    for each in known:
        same_actor = bool(proposal.actor) and proposal.actor == each.actor
        same_initiative = bool(proposal.initiative) and proposal.initiative == each.initiative
        share = shared(mine, content(each.text))
        needed = _needed(proposal, each, same_actor, same_initiative)
        likeness = Likeness(each.key, round(share, 3), same_actor, same_initiative)
        if share >= needed and (best is None or share > best.share):
            best = likeness
    return best


def _needed(proposal: Promise, known: Said, same_actor: bool, same_initiative: bool) -> float:
    """How near the wording must be: the less, the more else agrees."""
    if same_actor and same_initiative:
        return SAME_WITH_CONTEXT
    if same_actor or same_initiative:
        return SAME
    return SAME_BY_OTHERS if proposal.actor and known.actor else SAME_BY_WORDS


def fold(promises: Sequence[Promise]) -> dict[int, int]:
    """Which promises of one text repeat an earlier or fuller one: index of the repeat → index of the one it folds into.

    The fullest wording stands for the others; of equally full ones the first.
    """
    contents = [content(promise.text) for promise in promises]
    order = sorted(range(len(promises)), key=lambda index: (-len(contents[index]), index))
    standing: list[int] = []
    folded: dict[int, int] = {}
    for index in order:
        same = next((other for other in standing if is_same(promises[index].text, promises[other].text)), None)
        if same is None:
            standing.append(index)
        else:
            folded[index] = same
    return folded


def is_same(text: str, fuller: str) -> bool:
    """Whether the text promises what the fuller one promises, figures included."""
    if numbers(text) - numbers(fuller):
        return False
    return shared(content(text), content(fuller)) >= SAME_BY_WORDS


def numbers(text: str) -> frozenset[str]:
    """The figures named in a text: two promises with different figures are two promises."""
    return frozenset(re.findall(r"\d[\d,.]*\d|\d", text))
