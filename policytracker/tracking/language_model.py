"""The place where a language model may be plugged in, under the same contract as our own rules.

Off by default. What a model gives is text from outside: a suggestion counts only where its quote stands in the text, and
its deadline only where our own grammar reads the words it rests on. It ends as a proposal like any other, which a person
accepts or rejects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any, Protocol

from policytracker.tracking.candidates import LONGEST_SENTENCE, Passage, Proposal
from policytracker.tracking.due_phrases import DuePhrase, find_due_phrases
from policytracker.tracking.reading.drafts import Part, Reason, best_deadline

MOST_SUGGESTIONS = 200
KINDS = ("action", "outcome")
SPECIFICITIES = ("specific", "vague")


class LanguageModel(Protocol):
    """What a plug-in is: called with a text, it gives mappings with `quote` and, where it likes, `actor`, `kind`,
    `specificity`, `deadline` (the words), `condition` (the words) and `score`."""

    def __call__(self, text: str, *, on: date, language: str) -> Iterable[Mapping[str, Any]]: ...


def proposals_of_model(model: LanguageModel, text: str, *, on: date, language: str) -> tuple[Proposal, ...]:
    """What the model suggests and the text bears out, in the order of the text. Raises whatever the model raises."""
    suggestions = islice(model(text, on=on, language=language), MOST_SUGGESTIONS)
    found = (_borne_out(each, text, on, language) for each in suggestions if isinstance(each, Mapping))
    return tuple(sorted((each for each in found if each), key=lambda each: each.start))


def joined(rules: Iterable[Proposal], model: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The proposals of the rules, and those of the model that touch none of them."""
    kept = list(rules)
    for each in model:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))


def _borne_out(suggestion: Mapping[str, Any], text: str, on: date, language: str) -> Proposal | None:
    quote = suggestion.get("quote")
    if not isinstance(quote, str) or not quote.strip() or len(quote) > LONGEST_SENTENCE:
        return None
    start = text.find(quote)
    if start < 0:
        return None
    return Proposal(
        start=start,
        end=start + len(quote),
        quote=quote,
        actor=_words_within(suggestion.get("actor"), text),
        actor_key="",
        kind=_one_of(suggestion.get("kind"), KINDS, "action"),
        specificity=_one_of(suggestion.get("specificity"), SPECIFICITIES, "vague"),
        deadline=_deadline(suggestion.get("deadline"), text, start, quote, on, language),
        condition=_passage(suggestion.get("condition"), text, start, quote),
        recurrence=None,
        score=_score(suggestion.get("score")),
        reasons=(Reason("model"),),
    )


def _words_within(words: object, text: str) -> str:
    return words if isinstance(words, str) and words.strip() and words in text else ""


def _one_of(value: object, allowed: tuple[str, ...], otherwise: str) -> str:
    return value if isinstance(value, str) and value in allowed else otherwise


def _score(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return 0.5
    return round(float(value), 3)


def _passage(words: object, text: str, start: int, quote: str) -> Passage | None:
    if not isinstance(words, str) or not words.strip() or words not in quote:
        return None
    begin = start + quote.index(words)
    return Passage(begin, begin + len(words), text[begin : begin + len(words)])


def _deadline(words: object, text: str, start: int, quote: str, on: date, language: str) -> DuePhrase | None:
    """The date that our grammar reads in the model's words; a date of the model's own counts for nothing."""
    if not isinstance(words, str) or not words.strip() or words not in quote:
        return None
    begin = quote.index(words)
    within = [
        phrase
        for phrase in find_due_phrases(quote, on=on, language=language)
        if phrase.start < begin + len(words) and begin < phrase.end
    ]
    best = best_deadline(within, Part(begin, begin))
    if best is None:
        return None
    return DuePhrase(start + best.start, start + best.end, best.surface, best.period, best.bound)
