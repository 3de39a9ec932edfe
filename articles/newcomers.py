"""Which of many drafts are surely new: nothing of them is stored, and no two of them are one. Reads only.

Two queries for any number of drafts. Whatever is not surely new is to be decided one by one, see `decisions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from articles.decisions import Decision, newly
from articles.identity import addresses_of, sha, words_key
from articles.importing.documents import ArticleDraft
from articles.importing.duplicates import SAME_STORY, fingerprint, is_same_story


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What a draft could be recognised by."""

    keys: frozenset[str]  # of its addresses, of its headline and day, of its very text
    prints: list[int]


class Newcomers:
    """Drafts that may be new, by their place; what they are known by is worked out once, however often one asks."""

    def __init__(self, drafts: Mapping[int, ArticleDraft]) -> None:
        self._drafts = drafts
        self._apart = _apart({place: _marks(draft) for place, draft in drafts.items()})

    def decisions(self) -> dict[int, Decision]:
        """Return, by place, what importing those does now that are surely new."""
        known = _known({key for marks in self._apart.values() for key in marks.keys})
        new = {place: marks for place, marks in self._apart.items() if marks.keys.isdisjoint(known)}
        alike = _alike({place: marks.prints for place, marks in new.items() if marks.prints})
        return {
            place: newly(self._drafts[place], prints=marks.prints) for place, marks in new.items() if place not in alike
        }


def _marks(draft: ArticleDraft) -> _Marks:
    keys = {*addresses_of(draft), sha(draft.text.encode())}
    if draft.published_on:
        keys.add(words_key(draft))
    return _Marks(keys=frozenset(keys), prints=fingerprint(draft.text))


def _apart(marks: dict[int, _Marks]) -> dict[int, _Marks]:
    """Return those that are like none before them."""
    found: dict[int, _Marks] = {}
    keys: set[str] = set()
    prints: set[int] = set()
    for place, each in marks.items():
        if keys.isdisjoint(each.keys) and (prints.isdisjoint(each.prints) or not _is_told(each, marks, place)):
            found[place] = each
        keys |= each.keys
        prints.update(each.prints)
    return found


def _is_told(each: _Marks, marks: dict[int, _Marks], place: int) -> bool:
    """Is one before it the same story?"""
    return any(is_same_story(each.prints, other.prints) for at, other in marks.items() if at < place)


def _known(keys: set[str]) -> set[str]:
    """Return those of the keys under which something is stored."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"keys": list(keys)})
        return {row[0] for row in cursor.fetchall()}


def _alike(prints: dict[int, list[int]]) -> set[int]:
    """Return the places of texts of which a copy may be stored."""
    if not prints:
        return set()
    values: dict[str, Any] = {
        "places": list(prints),
        # An array of arrays would have to be square.
        "prints": [f"{{{','.join(map(str, each))}}}" for each in prints.values()],
        "share": SAME_STORY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, values)
        return {row[0] for row in cursor.fetchall()}


_KNOWN = """
SELECT key FROM articles_articleaddress WHERE key = ANY(%(keys)s::varchar[])
UNION ALL SELECT identity_key FROM articles_article WHERE identity_key = ANY(%(keys)s::varchar[])
UNION ALL SELECT text_sha256 FROM articles_snapshot WHERE text_sha256 = ANY(%(keys)s::varchar[])
"""
_ALIKE = """
SELECT draft.place FROM unnest(%(places)s::integer[], %(prints)s::text[]) AS draft (place, prints)
WHERE EXISTS (SELECT FROM articles_alike(draft.prints::bigint[], %(share)s, 0, 1))
"""
