"""What changed between two readings of an article, and whether it is worth a word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# The matcher's time grows with the square of the length; beyond this, whole pieces are compared.
_MOST_PARAGRAPHS = 1500
_MOST_WORDS = 1200

_PASSING = re.compile(
    r"""(?:last\s+)?(?:updated?|modified|retrieved|accessed|printed|viewed)\s*(?:on|at)?\s*:?\s*[\d\w ,.:/+-]{4,40}(?=$|[.|;)])
    | (?:최종\s?)?(?:수정|업데이트|검색|출력|조회)(?:일시|일|시간)?\s*:?\s*[\d.\-: 년월일오전후시분]{4,40}
    | \b(?:views?|hits|reads|comments?|shares?|조회(?:수)?|댓글|추천)\s*:?\s*[\d,]+ | \b[\d,]+\s*(?:views?|hits|comments?|shares?)\b""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


class ChangeKind(StrEnum):
    """What happened to a paragraph."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class WordKind(StrEnum):
    """What happened to some words of a changed paragraph."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words with one fate."""

    kind: WordKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One paragraph that is not as it was; `number` counts from 1 in the text it stands in."""

    kind: ChangeKind
    number: int
    old: str = ""
    new: str = ""
    words: tuple[Words, ...] = ()


def is_trivial(old: str, new: str) -> bool:
    """Do two texts differ in nothing a reader would call a change: spaces, commas, counters, retrieval dates?"""
    return old == new or _substance(old) == _substance(new)


def compare(old: str, new: str) -> list[Change]:
    """Return the paragraphs that were added, removed or changed, in reading order."""
    before, after = old.split("\n"), new.split("\n")
    if max(len(before), len(after)) > _MOST_PARAGRAPHS:
        return _by_sets(before, after)
    changes: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            changes.extend(_replaced(before, i1, i2, after, j1, j2))
    return changes


def _substance(text: str) -> str:
    return "".join(re.findall(r"\w+", _PASSING.sub(" ", text).casefold()))


def _replaced(before: Sequence[str], i1: int, i2: int, after: Sequence[str], j1: int, j2: int) -> list[Change]:
    """Pair the paragraphs of a replaced stretch that resemble each other; the rest came or went."""
    changes: list[Change] = []
    old, new = i1, j1
    while old < i2 and new < j2:
        if _resemble(before[old], after[new]):
            changes.append(_changed(before[old], after[new], new + 1))
            old, new = old + 1, new + 1
        elif any(_resemble(before[old], later) for later in after[new + 1 : min(j2, new + 4)]):
            changes.append(Change(kind=ChangeKind.ADDED, number=new + 1, new=after[new]))
            new += 1
        else:
            changes.append(Change(kind=ChangeKind.REMOVED, number=old + 1, old=before[old]))
            old += 1
    changes += [Change(kind=ChangeKind.REMOVED, number=i + 1, old=before[i]) for i in range(old, i2)]
    changes += [Change(kind=ChangeKind.ADDED, number=j + 1, new=after[j]) for j in range(new, j2)]
    return changes


def _resemble(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return len(first & second) * 5 >= 2 * max(len(first), len(second)) if first and second else False


def _changed(old: str, new: str, number: int) -> Change:
    return Change(kind=ChangeKind.CHANGED, number=number, old=old, new=new, words=_word_runs(old, new))


def _word_runs(old: str, new: str) -> tuple[Words, ...]:
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return (Words(WordKind.REMOVED, old), Words(WordKind.ADDED, new))
    runs: list[Words] = []
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Words(WordKind.SAME, "".join(after[j1:j2])))
            continue
        if i2 > i1:
            runs.append(Words(WordKind.REMOVED, "".join(before[i1:i2])))
        if j2 > j1:
            runs.append(Words(WordKind.ADDED, "".join(after[j1:j2])))
    return tuple(runs)


def _by_sets(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """Compare very long texts by which paragraphs they have at all."""
    old, new = set(before), set(after)
    removed = [Change(kind=ChangeKind.REMOVED, number=n, old=p) for n, p in enumerate(before, 1) if p not in new]
    added = [Change(kind=ChangeKind.ADDED, number=n, new=p) for n, p in enumerate(after, 1) if p not in old]
    return removed + added
