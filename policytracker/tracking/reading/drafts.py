"""What reading one sentence gives, before it has its place in a text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from policytracker.tracking.reading.actors import Actor
from policytracker.tracking.reading.phrases import Bound, DuePhrase


class Apart(StrEnum):
    """Why a sentence that promises something is kept apart from the government's own commitments."""

    FOREIGN = "foreign"
    PARTY = "party"
    OTHERS = "others"
    HISTORY = "history"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Reason:
    """One visible ground of a proposal: a code with a fixed meaning and the words it rests on."""

    code: str
    words: str = ""
    weight: float = 0.0

    def __str__(self) -> str:
        return f"{REASONS[self.code]}: {self.words}" if self.words else REASONS[self.code]


REASONS = {
    "promise_words": "promising words",
    "weak_words": "words that promise little",
    "actor_state": "actor is a government body or official",
    "actor_known": "actor is in the record",
    "actor_first_person": "the government speaks itself",
    "actor_instrument": "a policy of the government is the subject",
    "actor_receiver": "somebody is to receive something",
    "actor_unnamed": "nobody named as the actor",
    "actor_unclear": "the actor is unclear",
    "actor_earlier": "actor named in an earlier sentence",
    "actor_not_ours": "the actor is not the government",
    "speaker_state": "reported by a government body or official",
    "speaker_not_ours": "said by somebody else",
    "deadline": "a time is named",
    "action": "names a concrete act",
    "money": "names a sum",
    "number": "names a number",
    "consequence": "tells a consequence",
    "itinerary": "tells an appointment",
    "forecast": "reads like a forecast",
    "item": "item of a list that promises",
    "negative": "promises not to do something",
    "in_progress": "already under way",
    "continues": "goes on with what is done",
    "model": "found by the language model",
    "by_hand": "put into the queue by a person",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the sentence, and a code where it means one of a fixed list."""

    start: int
    end: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence read as a promise. Offsets count from the start of the sentence."""

    trigger: Part
    actor: Actor
    reasons: tuple[Reason, ...]
    kind: str = "action"
    specificity: str = "vague"
    apart: Apart | None = None
    condition: Part | None = None
    recurrence: Part | None = None

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.reasons)

    @property
    def score(self) -> float:
        """How likely this is a commitment, between 0 and 1, as far as the rules can tell."""
        return round(1 / (1 + math.exp(-self.weight)), 3)


def best_deadline(phrases: Iterable[DuePhrase], trigger: Part) -> DuePhrase | None:
    """Of the phrases of time in a sentence the one that is its deadline: an end before a start, near before far."""

    def rank(phrase: DuePhrase) -> tuple[int, bool, int]:
        strength = {Bound.BY: 3, Bound.IN: 2, Bound.FROM: 2, Bound.OVER: 1}[phrase.bound]
        after = phrase.start >= trigger.start
        return strength, after, -abs(phrase.start - trigger.end)

    return max(phrases, key=rank, default=None)
