"""One search over everything public: articles, initiatives, commitments, ministries, officials.

Articles come by full text: the planner's own estimate decides whether to walk them by date and stop early (common
words) or to collect the few matches first (rare words); only the newest `RANKED` matches are ranked. The other kinds
are met by every word occurring in one of their names or texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Model, Q, QuerySet

from articles.models import Article
from articles.searching import COMMON, Words, estimated_rows, parse_query, tsquery
from policytracker.government.models import Commitment, Initiative, Ministry, Official

RANKED = 200
EXCERPT = 80  # code points shown on each side of a match

# Where a word may occur, kind by kind, beside the articles' full text.
FIELDS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "initiatives": (Initiative, ("name", "i18n", "description", "aliases__name")),
    "commitments": (Commitment, ("statement", "i18n")),
    "ministries": (Ministry, ("name", "i18n", "aliases__name")),
    "officials": (Official, ("name", "i18n", "aliases__name")),
}
KINDS = (*FIELDS, "articles")


@dataclass(frozen=True)
class Excerpt:
    """A match in its context; `match` is empty where only the headline met the query."""

    before: str
    match: str
    after: str


@dataclass(frozen=True)
class Hit:
    """A found row of the record."""

    kind: str
    row: Any
    excerpt: Excerpt


@dataclass(frozen=True)
class Found:
    """Hits of one kind, best first; `has_more` where the kind holds more than were asked for."""

    kind: str
    hits: tuple[Hit, ...]
    has_more: bool


@dataclass(frozen=True)
class Results:
    """What a query met; `words` is empty where nothing searchable was typed."""

    words: Words
    found: tuple[Found, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was met."""
        return not any(kind.hits for kind in self.found)


def search(text: str, *, known_at: datetime, kinds: Sequence[str] = KINDS, limit: int = 20) -> Results:
    """What the public record, as known at `known_at`, holds for a visitor's query; at most `limit` hits a kind."""
    words = parse_query(text)
    if not words:
        return Results(words, ())
    finders = {kind: _find_articles if kind == "articles" else _find_named for kind in kinds}
    return Results(words, tuple(find(kind, words, known_at, limit) for kind, find in finders.items()))


def _terms(words: Words) -> list[str]:
    latin = [term.strip('"') for term in words.latin.split() if term.casefold() != "or" and not term.startswith("-")]
    return [term for term in (*latin, *words.hangul) if term]


def _find_named(kind: str, words: Words, known_at: datetime, limit: int) -> Found:
    model, fields = FIELDS[kind]
    rows: QuerySet = model.objects.published().known(known_at)  # type: ignore[attr-defined]
    for term in _terms(words):
        rows = rows.filter(pk__in=_rows_with(model, fields, term))
    hits = [Hit(kind, row, excerpt_of(str(row), _terms(words))) for row in rows[: limit + 1]]
    return Found(kind, tuple(hits[:limit]), has_more=len(hits) > limit)


def _rows_with(model: type[Model], fields: Iterable[str], term: str) -> QuerySet:
    anywhere = Q()
    for field in fields:
        anywhere |= Q(**{f"{field}__icontains": term})
    return model._default_manager.filter(anywhere).values("pk")


def _find_articles(kind: str, words: Words, known_at: datetime, limit: int) -> Found:
    query = tsquery(words)
    if query is None:
        return Found(kind, (), has_more=False)
    newest = _newest_matches(Article.objects.published().known(known_at).filter(search=query), words)
    ranked = (
        Article.objects.filter(pk__in=newest)
        .annotate(rank=SearchRank(F("search"), query))
        .select_related("publisher", "current_snapshot")
        .defer("current_snapshot__raw", "shingles", "search")
        .order_by("-rank", F("published_on").desc(nulls_last=True), "-id")
    )
    hits = [Hit(kind, row, excerpt_of(_text(row), _terms(words))) for row in ranked[: limit + 1]]
    return Found(kind, tuple(hits[:limit]), has_more=len(hits) > limit)


def _newest_matches(matches: Any, words: Words) -> list[int]:
    """Ids of the newest matches that contain every Hangul run as typed; the plan fits the words' frequency."""
    for run in words.hangul:
        matches = matches.filter(Q(headline__contains=run) | Q(current_snapshot__text__contains=run))
    if estimated_rows(matches) < COMMON:
        few = list(matches.order_by().values_list("pk", flat=True)[:COMMON])
        matches = Article.objects.filter(pk__in=few)
    return list(matches.newest_first().values_list("pk", flat=True)[:RANKED])


def _text(article: Article) -> str:
    return article.current_snapshot.text if article.current_snapshot else article.headline


def excerpt_of(text: str, terms: Sequence[str]) -> Excerpt:
    """The first place where one of `terms` occurs, in its context; else how the text begins."""
    folded = text.casefold()
    places = [(place, term) for term in terms if (place := folded.find(term.casefold())) >= 0]
    if not places or len(folded) != len(text):
        return Excerpt("", "", text[: 2 * EXCERPT])
    start, term = min(places)
    end = start + len(term)
    return Excerpt(text[max(0, start - EXCERPT) : start], text[start:end], text[end : end + EXCERPT])
