"""Who a sentence is about: kinds of actor, and what the text so far has told about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Who(StrEnum):
    """What kind of actor a phrase names, as far as words can tell."""

    STATE = "state"
    OURSELVES = "ourselves"
    INSTRUMENT = "instrument"
    RECEIVER = "receiver"
    PRONOUN = "pronoun"
    PARTY = "party"
    FOREIGN = "foreign"
    FORMER = "former"
    OTHER = "other"
    UNKNOWN = "unknown"
    NOBODY = "nobody"

    @property
    def may_promise(self) -> bool:
        """Whether a promise of this actor is the government's own."""
        return self in {Who.STATE, Who.OURSELVES}

    @property
    def speaks_for_itself(self) -> bool:
        """Whether a promise of this actor is reported but not the government's."""
        return self in {Who.PARTY, Who.FOREIGN, Who.FORMER, Who.OTHER}


@dataclass(frozen=True, slots=True)
class Actor:
    """A phrase and what it names."""

    text: str
    who: Who
    known_as: str = ""
    """The record's subject as "kind:slug", where the gazetteer knows it."""


NOBODY = Actor("", Who.NOBODY)


@dataclass(slots=True)
class Context:
    """What earlier sentences of one text have settled. Grows while the text is read from top to bottom."""

    home: frozenset[str] = frozenset()
    """Countries whose government is tracked; empty where that is not known."""
    people: dict[str, Who] = field(default_factory=dict)
    """Family names met with a title, and what their bearers are."""
    last: Actor = NOBODY
    """The last government actor: whom "it" and "the ministry" mean."""
    speaker: Actor = NOBODY
    """Whoever was speaking last."""
    names_state: bool = False
    """Whether the text has named any government actor."""

    def note(self, actor: Actor) -> None:
        """Remember an actor that later pronouns may mean."""
        if actor.who.may_promise and actor.text:
            self.last, self.names_state = actor, True


@dataclass(frozen=True, slots=True)
class Known:
    """A mention within a sentence: where it stands and what kind of actor the record says it is."""

    start: int
    end: int
    who: Who
    key: str
    """The record's subject as "kind:slug"."""


def known_within(known: Iterable[Known], start: int, end: int) -> Known | None:
    """The last mention inside a stretch of the sentence."""
    inside = [each for each in known if start <= each.start and each.end <= end]
    return inside[-1] if inside else None
