"""How a search of articles is put to PostgreSQL. Words by stem, Hangul by pairs of syllables.

A reader of English types words, a reader of Korean types parts of words ("통일부" meets "통일부는"): Hangul is
therefore indexed as bigrams, and the hits are checked for the very string. `Article.search` is kept by a trigger.
"""

import re
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from django.db import connection, models

MAX_QUERY = 400  # code points; more is cut, and the page says so
COMMON = 5_000  # an estimate of matches above which walking the date index beats collecting them
CONFIG = "english"

_HANGUL = re.compile("[가-힣]+")
_MINUSES = re.compile(r"-(?:[^\w\"]*-)+")  # each would be another "not" to PostgreSQL, which bears thirty of them


@dataclass(frozen=True)
class Words:
    """A visitor's query, taken apart: `latin` in websearch syntax, `hangul` as the runs that must occur."""

    latin: str
    hangul: tuple[str, ...] = ()
    is_cut: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.latin or self.hangul)


def parse_query(text: str) -> Words:
    """Take a query apart. NUL and lone surrogates are dropped, runs of one Hangul syllable are kept as they are."""
    clean = "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
    short = clean[:MAX_QUERY]
    latin = " ".join(_MINUSES.sub("-", _HANGUL.sub(" ", short)).split())
    return Words(latin, tuple(_HANGUL.findall(short)), is_cut=len(clean) > MAX_QUERY)


def bigrams(run: str) -> list[str]:
    """Pairs of neighbouring syllables: 통일부 -> 통일, 일부."""
    return [run[i : i + 2] for i in range(len(run) - 1)]


def tsquery(words: Words) -> SearchQuery | None:
    """The query on `Article.search`, or None where only single syllables or punctuation were typed."""
    parts = [SearchQuery(words.latin, search_type="websearch", config=CONFIG)] if words.latin else []
    parts += [SearchQuery(pair, search_type="plain", config="simple") for run in words.hangul for pair in bigrams(run)]
    if not parts:
        return None
    combined = parts[0]
    for part in parts[1:]:
        combined &= part
    return combined


def estimated_rows(queryset: models.QuerySet) -> int:
    """How many rows the planner expects; nothing is read."""
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)  # the ORM's own SQL, with parameters
        plan = cursor.fetchone()[0]
    return int(plan[0]["Plan"]["Plan Rows"])
