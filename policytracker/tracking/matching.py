"""Which names of the record stand in a text: a gazetteer in, mentions out.

Names are matched by one automaton over a folded text (see `reading/folding.py`), then checked where they stand: words
must begin and end there, Korean names may carry particles, acronyms keep their case, a foreign ministry of the same name
is not ours. A name with several senses is offered with all of them and never guessed. A post names whoever held it on
the day of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from ahocorasick_rs import AhoCorasick, MatchKind

from policytracker.tracking.reading import surroundings
from policytracker.tracking.reading.folding import Folded, compose, fold
from policytracker.tracking.reading.names import variants
from policytracker.tracking.reading.spellings import Spelling
from policytracker.tracking.reading.surnames import find_by_surname

__all__ = ["Found", "Gazetteer", "Sense", "Tenure"]


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody holds a post from `first` to `last`, both included; None where that end is open or unknown."""

    slug: str
    name: str
    first: date | None = None
    last: date | None = None
    country: str = ""
    row: int = 0
    """Whatever the caller knows the holder by."""

    def covers(self, on: date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Sense:
    """One subject of the record that a name can mean. `kind` is ministry, official, post, initiative or topic."""

    kind: str
    slug: str
    name: str = ""
    country: str = ""
    classification: str = ""
    tenures: tuple[Tenure, ...] = ()
    row: int = 0
    """Whatever the caller knows the subject by."""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.slug


@dataclass(frozen=True, slots=True)
class Found:
    """A name at its offsets (code points), with every sense it can have. `post` is set where a post named its holder."""

    start: int
    end: int
    surface: str
    senses: tuple[Sense, ...]
    post: Sense | None = None

    @property
    def is_ambiguous(self) -> bool:
        return len(self.senses) > 1

    @property
    def slug(self) -> str | None:
        """The subject meant, or None where there is a choice."""
        return None if self.is_ambiguous else self.senses[0].slug

    @property
    def kind(self) -> str:
        kinds = {sense.kind for sense in self.senses}
        return kinds.pop() if len(kinds) == 1 else "ambiguous"


class Gazetteer:
    """All names and aliases, made once and asked for many texts."""

    def __init__(self, names: Iterable[tuple[str, Sense]]) -> None:
        """Each name with the sense it stands for; the same name may be given for several senses."""
        spellings: dict[str, dict[str, Spelling]] = {}
        for name, sense in names:
            for variant in variants(name, sense.kind):
                spelling = Spelling.of(variant, sense)
                if spelling.key:
                    same = spellings.setdefault(spelling.key, {})
                    same[spelling.identity] = spelling.joined_with(same.get(spelling.identity))
        self._keys = tuple(spellings)
        self._spellings = tuple(tuple(same.values()) for same in spellings.values())
        self._automaton = AhoCorasick(list(self._keys), matchkind=MatchKind.Standard) if self._keys else None

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, text: str, *, on: date | None = None) -> tuple[Found, ...]:
        """Every mention in the text, in order, none inside another. `on` is the day of the text: it settles who held a post."""
        if self._automaton is None or not text:
            return ()
        composed = compose(text)
        kept = list(_longest(self._occurrences(composed.text, fold(composed.text))))
        found = _name_holders(composed.text, kept, on)
        found += find_by_surname(composed.text, found, Sense, Found)
        found.sort(key=lambda each: each.start)
        return tuple(found if composed.text is text else (_in_original(text, composed, each) for each in found))

    def _occurrences(self, text: str, folded: Folded) -> Iterator[Found]:
        if self._automaton is None:
            return
        for pattern, first, after in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            start, end = folded.starts[first], folded.ends[after - 1]
            if not surroundings.is_whole_word(text, start, end):
                continue
            gaps = surroundings.gaps_within(text, folded, first, after)
            fitting = [each for each in self._spellings[pattern] if each.fits(text, start, end, gaps)]
            senses = {sense.key: sense for spelling in fitting for sense in spelling.senses}
            allowed = [sense for sense in senses.values() if surroundings.allows(text, start, end, sense)]
            if allowed:
                yield Found(start, end, text[start:end], tuple(allowed))


def _in_original(text: str, composed: Folded, each: Found) -> Found:
    start, end = composed.starts[each.start], composed.ends[each.end - 1]
    return replace(each, start=start, end=end, surface=text[start:end])


def _longest(found: Iterable[Found]) -> Iterator[Found]:
    """Of overlapping mentions the longest; equal spans were one spelling key and are already joined."""
    reached = -1
    ordered = sorted(found, key=lambda each: (each.start, -each.end))
    for _, group in groupby(ordered, key=lambda each: each.start):
        best = next(group)
        if best.start < reached:
            continue
        reached = best.end
        yield best


def _name_holders(text: str, found: list[Found], on: date | None) -> list[Found]:
    """A post next to a person's name is that person; elsewhere it is whoever held it on the day, if that is known."""
    named = []
    for index, each in enumerate(found):
        post = each.senses[0]
        if each.is_ambiguous or post.kind != "post":
            named.append(each)
            continue
        beside = _person_beside(text, found, index)
        if beside:
            named.append(replace(each, senses=beside.senses, post=post))
        elif on is None or surroundings.is_not_the_present_holder(text, each.start, each.end):
            named.append(each)
        else:
            named.append(_held_by(text, each, post, on))
    return named


def _person_beside(text: str, found: list[Found], index: int) -> Found | None:
    """The person named right after the post, or right before it as in Korean: "Minister Kwon Young-se", 권영세 장관."""
    each = found[index]
    following = found[index + 1] if index + 1 < len(found) else None
    if following and following.kind == "official" and surroundings.stands_beside(text, each.end, following.start):
        return following
    before = found[index - 1] if index else None
    if before and before.kind == "official" and surroundings.stands_close(text, before.end, each.start):
        return before
    return None


def _held_by(text: str, each: Found, post: Sense, on: date) -> Found:
    holders = {t.slug: t for t in post.tenures if t.covers(on)}
    surname = surroundings.name_right_after(text, each.end)
    if surname:
        holders = {
            slug: t for slug, t in holders.items() if surname.lower() in t.name.lower().replace("-", " ").split()
        }
    if not holders:
        return each
    senses = tuple(Sense("official", t.slug, t.name, t.country or post.country, row=t.row) for t in holders.values())
    return replace(each, senses=senses, post=post)
