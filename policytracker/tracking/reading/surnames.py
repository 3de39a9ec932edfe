"""People who were named in full once and by their family name afterwards: "Kwon also vowed", 권 장관은."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from policytracker.tracking.reading.names import family_name
from policytracker.tracking.reading.particles import HANGUL_RUN, TITLES, ends_a_name
from policytracker.tracking.reading.words import words

if TYPE_CHECKING:
    from policytracker.tracking.matching import Found, Sense

TITLE_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|President|Minister|Secretary|Senator|Premier|Chancellor|CS|Governor|Ambassador"
    r"|Vice|Deputy|Prime|Hon|Shri|Smt|Commissioner|Taoiseach)\.?\s$"
)
GIVEN_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+)\s$")
GIVEN_NAME_AFTER = re.compile(r"\s(?:[A-Z][a-z]+-[a-z]+|[A-Z][a-z]+\s[A-Z][a-z]+)\b")
ORDINARY_WORDS = words(
    "may will price long young hope day case cash ball park moon song brown green white black king west north hill field"
    " may law rice wood stone bush best power cook may ban an no so do go pa ha ma min won min oh"
)


def find_by_surname(
    text: str, found: Iterable[Found], sense_type: type[Sense], found_type: type[Found]
) -> Iterator[Found]:
    """Further mentions of officials already named in the text, by family name; none where two of them share it."""
    taken = [(each.start, each.end) for each in found]
    people: dict[str, dict[str, Sense]] = {}
    for each in found:
        for sense in each.senses if not each.is_ambiguous else ():
            if sense.kind == "official" and sense.name:
                for name in {sense.name, each.surface if not each.post else sense.name}:
                    people.setdefault(family_name(name), {})[sense.slug] = sense
    for surname, senses in people.items():
        if surname and len(senses) == 1:
            for start, end in _places(text, surname):
                if all(end <= first or last <= start for first, last in taken):
                    yield found_type(start, end, text[start:end], tuple(senses.values()))


def _places(text: str, surname: str) -> Iterator[tuple[int, int]]:
    if re.fullmatch("[가-힣]+", surname):
        pattern = re.compile(rf"(?<![가-힣\w]){surname}\s?(?:{TITLES})")
        for match in pattern.finditer(text):
            following = HANGUL_RUN.match(text, match.end())
            if following and ends_a_name(text[match.end() - 1], following.group()):
                yield match.span()
        return
    for match in re.finditer(rf"(?<![\w’'-]){re.escape(surname)}(?![\w-])", text):
        if _stands_alone(text, *match.span()):
            yield match.span()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the family name is not part of somebody else's full name, nor an ordinary word."""
    before, surname = text[max(0, start - 24) : start], text[start:end]
    titled = TITLE_BEFORE.search(before)
    if GIVEN_NAME_AFTER.match(text, end):
        return False
    if titled:
        return True
    given = GIVEN_NAME_BEFORE.search(before)
    if given and not re.search(r"(?:^|[.!?”\"]\s)$", before[: given.start()]):
        return False
    return surname.lower() not in ORDINARY_WORDS or bool(re.match(r"['’]s\b", text[end : end + 2]))
