"""How the wording of a promise changed from one statement to the next. Pure; it proposes, an analyst confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from .drift_words import DROPPED, HEDGES, NARROW, WIDE, found, numbers_in
from .due_phrases import Bound, find_due_phrases
from .models import Statement

Drift = Statement.Drift
# A word with the marks that belong to it, or one mark; Hangul stays with its particle, as it is written.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*\S*|[^\W\d_]+(?:['’-][^\W\d_]+)*|\S", re.UNICODE)
LONGEST = 400  # words compared one by one; a longer passage is no sentence any more


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that both statements say ("same"), or only the later ("added") or earlier one ("removed")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a statement said: its words, its day and language (which settle what "this year" means)."""

    text: str
    said_on: date
    language: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A class of drift, with the words it is read from: before and after."""

    drift: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """From one statement to the next. `is_comparable` is false between two languages: nothing is read from that.

    `confirmed` is what an analyst made of it, empty while nobody did.
    """

    before: Any
    after: Any
    is_comparable: bool
    words: tuple[Words, ...]
    proposals: tuple[Proposal, ...]
    confirmed: str

    @property
    def is_same(self) -> bool:
        """Whether both say the same words."""
        return all(run.kind == "same" for run in self.words)

    @property
    def named_proposals(self) -> list[str]:
        """The proposals in words: “number lowered (3 → 2)”."""
        return [f"{Drift(each.drift).label}{_from_to(each)}" for each in self.proposals]

    @property
    def classes(self) -> list[tuple[str, Any]]:
        """What an analyst may say."""
        return list(Drift.choices)

    @property
    def suggested(self) -> str:
        """The class to begin with: what was said, else the gravest that is proposed."""
        return self.confirmed or (self.proposals[0].drift if self.proposals else "")


def steps_of(statements: Iterable[Any]) -> list[Step]:
    """The steps between a commitment's statements, in the order in which they were said.

    Each needs `exact`, `said_on`, `drift`, and `snapshot.article.language`.
    """
    in_order = sorted(statements, key=lambda statement: (statement.said_on, statement.pk))
    return [_step(before, after) for before, after in pairwise(in_order)]


def difference(before: str, after: str) -> tuple[Words, ...]:
    """The later text with what was added and removed, word by word; joined, "same" and "added" give its words."""
    old, new = TOKEN.findall(before)[:LONGEST], TOKEN.findall(after)[:LONGEST]
    matcher = SequenceMatcher(
        None, [word.casefold() for word in old], [word.casefold() for word in new], autojunk=False
    )
    runs = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Words("same", _text(new[j1:j2])))
            continue
        if i2 > i1:
            runs.append(Words("removed", _text(old[i1:i2])))
        if j2 > j1:
            runs.append(Words("added", _text(new[j1:j2])))
    return tuple(runs)


def proposals_of(before: Wording, after: Wording) -> tuple[Proposal, ...]:
    """The classes of drift the two wordings show, the gravest first; none where they say the same."""
    proposals = [
        *_dropped(before, after),
        *_deadline(before, after),
        *_numbers(before, after),
        *_scope(before, after),
        *_hedge(before, after),
    ]
    if not proposals and _substance(before.text) != _substance(after.text):
        proposals = [Proposal(Drift.REWORDED)]
    return tuple(proposals)


def _from_to(proposal: Proposal) -> str:
    if proposal.before and proposal.after:
        return f" ({proposal.before} → {proposal.after})"
    return f" ({proposal.before or proposal.after})" if proposal.before or proposal.after else ""


def _step(before: Any, after: Any) -> Step:
    old, new = _wording(before), _wording(after)
    is_comparable = old.language == new.language
    return Step(
        before=before,
        after=after,
        is_comparable=is_comparable,
        words=difference(old.text, new.text) if is_comparable else (),
        proposals=proposals_of(old, new) if is_comparable else (),
        confirmed=after.drift,
    )


def _wording(statement: Any) -> Wording:
    article = statement.snapshot.article
    language = (article.language or "")[:2] or _language_of(statement.exact)
    return Wording(statement.exact, statement.said_on, language)


def _language_of(text: str) -> str:
    return "ko" if re.search("[가-힣]", text) else "en"


def _dropped(before: Wording, after: Wording) -> list[Proposal]:
    new = found(DROPPED, after.text, after.language) - found(DROPPED, before.text, before.language)
    return [Proposal(Drift.DROPPED, "", _listed(new))] if new else []


def _deadline(before: Wording, after: Wording) -> list[Proposal]:
    """Another day than before, also where the words are the same: "this year", said a year later."""
    old, new = _due(before), _due(after)
    if old is None or (new is not None and new[0] == old[0]):
        return []
    return [Proposal(Drift.DEADLINE_MOVED, old[1], new[1] if new else "")]


def _due(wording: Wording) -> tuple[date, str] | None:
    phrases = [phrase for phrase in _phrases(wording) if phrase.bound >= Bound.IN]
    if not phrases:
        return None
    phrase = max(phrases, key=lambda each: (each.bound, each.date))
    return phrase.date, phrase.surface.strip(" .,")


def _phrases(wording: Wording) -> Sequence[Any]:
    return find_due_phrases(wording.text, on=wording.said_on, language=wording.language, country=wording.country)


def _numbers(before: Wording, after: Wording) -> list[Proposal]:
    """Numbers that stand at the same place in both, apart from those that are dates."""
    old, new = numbers_in(_without_dates(before)), numbers_in(_without_dates(after))
    if len(old) != len(new):
        return []
    changed = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
    lowered = [(was, now) for was, now in changed if now < was]
    raised = [(was, now) for was, now in changed if now > was]
    return [
        Proposal(drift, f"{pairs[0][0]:,}", f"{pairs[0][1]:,}")
        for drift, pairs in ((Drift.NUMBER_LOWERED, lowered), (Drift.NUMBER_RAISED, raised))
        if pairs
    ]


def _without_dates(wording: Wording) -> str:
    text = wording.text
    for phrase in sorted(_phrases(wording), key=lambda each: each.start, reverse=True):
        text = text[: phrase.start] + " " + text[phrase.end :]
    return text


def _scope(before: Wording, after: Wording) -> list[Proposal]:
    lost, gained = _gone_and_new(WIDE, before, after)
    freed, bound = _gone_and_new(NARROW, before, after)
    if (lost or bound) and not (gained or freed):
        return [Proposal(Drift.SCOPE_NARROWED, _listed(lost), _listed(bound))]
    if (gained or freed) and not (lost or bound):
        return [Proposal(Drift.SCOPE_WIDENED, _listed(freed), _listed(gained))]
    return []


def _hedge(before: Wording, after: Wording) -> list[Proposal]:
    _gone, new = _gone_and_new(HEDGES, before, after)
    return [Proposal(Drift.HEDGE_ADDED, "", _listed(new))] if new else []


def _gone_and_new(patterns: dict[str, tuple[str, ...]], before: Wording, after: Wording) -> tuple[set[str], set[str]]:
    old, new = found(patterns, before.text, before.language), found(patterns, after.text, after.language)
    return old - new, new - old


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _substance(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _text(words: Sequence[str]) -> str:
    """Words with their spaces; a mark that ends a phrase stands close to it."""
    return re.sub(r" ([.,;:!?)”’\]])", r"\1", " ".join(words))
