"""What stands around a name decides whether it is one, and whose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policytracker.tracking.reading.countries import COUNTRIES, countries_named
from policytracker.tracking.reading.folding import Folded
from policytracker.tracking.reading.particles import HANGUL_RUN, ends_a_name, is_hangul

if TYPE_CHECKING:
    from policytracker.tracking.matching import Sense

ANOTHER_POST = re.compile(
    r"(?:\b(?:vice|deputy|assistant|shadow|junior|under|associate)[\s-]+|(?:\b부))$", re.IGNORECASE
)
NOT_PRESENT_BEFORE = re.compile(
    r"(?:\b(?:former|ex|then|late|previous|outgoing|ousted|incoming|next|future|a)[\s-]+|(?:^|[\s(])(?:전|전임|차기|당시|옛)\s*)$",
    re.IGNORECASE,
)
NOT_PRESENT_AFTER = re.compile(r"[\s-]*(?:nominee|designate|elect|candidate|후보|내정|지명)", re.IGNORECASE)
DAYS_AND_MONTHS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
)
OWNER_BEFORE = re.compile(r"([\w.]+(?:\s[\w.]+)?)(?:['’]s?)?\s+(?:the\s+)?$")
COMBINING_TAIL = re.compile("[\u0300-\u036f\u1160-\u11ff]")
GAPS = re.compile(r"\n\s*\n|[.]\s")


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether the name begins and ends at word borders; behind a Korean name only particles may follow."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    first, last = text[start], text[end - 1]
    if before.isalnum() and not (is_hangul(before) and not is_hangul(first) and first.isupper()):
        return False
    if COMBINING_TAIL.match(after):
        return False
    if is_hangul(after):
        return ends_a_name(last, _hangul_after(text, end))
    return not after.isalnum()


def _hangul_after(text: str, end: int) -> str:
    match = HANGUL_RUN.match(text, end, end + 12)
    return match.group() if match else ""


def gaps_within(text: str, folded: Folded, first: int, after: int) -> dict[int, str]:
    """What the text has between the letters of a match, by the position in the match."""
    starts, ends = folded.starts, folded.ends
    if isinstance(starts, range):
        return {}
    return {
        position - first: text[ends[position - 1] : starts[position]]
        for position in range(first + 1, after)
        if ends[position - 1] < starts[position]
    }


def allows(text: str, start: int, end: int, sense: Sense) -> bool:
    """Whether what stands before lets the name mean this subject."""
    inner = GAPS.search(text, start, end)
    if inner and (inner.group().startswith("\n") or inner.start() - start > 3):
        return False
    before = text[max(0, start - 32) : start]
    if sense.kind == "post" and ANOTHER_POST.search(before):
        return False
    return not (sense.country and sense.kind in {"ministry", "post"} and _belongs_to_another_country(before, sense))


def _belongs_to_another_country(before: str, sense: Sense) -> bool:
    """ "Japan's foreign ministry" is not the Korean one."""
    owner = OWNER_BEFORE.search(before)
    if not owner or sense.country not in COUNTRIES:
        return False
    named = countries_named(owner.group(1))
    return bool(named) and sense.country not in named


def stands_beside(text: str, end: int, start: int) -> bool:
    """Whether nothing but a space (or a comma) lies between: "Unification Minister Kwon Young-se"."""
    return 0 <= start - end <= 3 and not text[end:start].strip(" ,\u00a0")


def stands_close(text: str, end: int, start: int) -> bool:
    """Whether at most one space lies between: 권영세 통일부 장관. A comma would begin a list."""
    return is_hangul(text[start]) and 0 <= start - end <= 1 and not text[end:start].strip()


def is_not_the_present_holder(text: str, start: int, end: int) -> bool:
    """ "former unification minister", "minister-designate", 전 통일부 장관."""
    before = NOT_PRESENT_BEFORE.search(text[max(0, start - 14) : start])
    return bool(before or NOT_PRESENT_AFTER.match(text, end))


def name_right_after(text: str, end: int) -> str:
    """The capitalised word that follows a title directly, unless it is a day or a month: "Minister Kwon"."""
    match = re.compile(r"\s([A-Z][\w’'-]+)").match(text, end)
    if not match or DAYS_AND_MONTHS.fullmatch(match.group(1)):
        return ""
    return re.sub(r"['’]s?$", "", match.group(1)).replace("-", " ").split()[0]
