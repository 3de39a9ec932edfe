"""Reading texts in the background: new ones, those that a new name may stand in, and those that were missed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, QuerySet, Value

from articles.models import Article
from articles.queue import enqueue
from policytracker.tracking.names import record_gazetteer
from policytracker.tracking.reading.names import variants
from policytracker.tracking.reading.particles import is_hangul

from .suggesting import suggest

AT_ONCE = 50
READ_TEXTS = "tracking.read_texts"
READ_FOR_NAMES = "tracking.read_for_names"


def queue_reading(article_ids: Sequence[int]) -> None:
    """Have these articles read in the background, in the transaction of the caller."""
    for first in range(0, len(article_ids), AT_ONCE):
        enqueue(READ_TEXTS, article_ids=list(article_ids[first : first + AT_ONCE]))


def queue_reading_for_name(*, name: str, kind: str) -> None:
    """Have old articles read again that a new name may stand in."""
    if name.strip():
        enqueue(READ_FOR_NAMES, once=f"{READ_FOR_NAMES}:{kind}:{name[:150]}", name=name, kind=kind, after=0)


def read_articles(*, article_ids: Iterable[int], at: datetime) -> int:
    """Read these articles; how many gave something new to decide."""
    gazetteer = record_gazetteer()
    rows = Article.objects.filter(pk__in=list(article_ids)).select_related("current_snapshot")
    return sum(suggest(article=row, at=at, gazetteer=gazetteer).is_news for row in rows)


def read_for_name(*, name: str, kind: str, after: int, at: datetime) -> None:
    """Read the next articles that hold the name, and leave the rest to a further job."""
    ids = list(holding(name, kind).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    read_articles(article_ids=ids, at=at)
    if len(ids) == AT_ONCE:
        enqueue(READ_FOR_NAMES, name=name, kind=kind, after=ids[-1])


def read_what_is_unread(*, at: datetime, most: int = AT_ONCE) -> int:
    """Read texts that nobody queued, the newest first; how many were read."""
    ids = list(unread().values_list("pk", flat=True)[:most])
    read_articles(article_ids=ids, at=at)
    return len(ids)


def unread() -> QuerySet[Article]:
    """Articles whose current text the machine has not read."""
    missing = Q(current_snapshot__isnull=False, current_snapshot__machine_reading__isnull=True)
    return Article.objects.filter(missing).order_by(F("published_on").desc(nulls_last=True), "-pk")


def holding(name: str, kind: str) -> QuerySet[Article]:
    """Articles in which the name may stand, found by the words of the full-text index."""
    condition = Q()
    for spelling in variants(name, kind):
        condition |= Q(search=_query(spelling))
    return Article.objects.filter(condition, current_snapshot__isnull=False)


def _query(spelling: str) -> SearchQuery:
    if any(map(is_hangul, spelling)):
        bigrams = Func(Value(spelling), function="hangul_bigrams")
        return SearchQuery(bigrams, config="simple", search_type="plain")
    return SearchQuery(spelling, config="english", search_type="phrase")
