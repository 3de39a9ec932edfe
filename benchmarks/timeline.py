"""Does a timeline stay as fast at any depth and size, and what does keeping it cost a write?

A scratch database with BENCH_ARTICLES articles, all naming one ministry and each one of a thousand others. Ratios only:
the biggest timeline deep down against its first page, the biggest against a small one, fifty followed timelines against
one, and a write with the timelines kept against the same without. The rebuild is told in lines a second.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

ARTICLES = int(os.environ.get("BENCH_ARTICLES", "50000"))
OTHERS = 1000
NOW = datetime(2026, 3, 1, tzinfo=UTC)
BARS = {"depth": 2.0, "size": 3.0}


def main() -> None:
    """Print ratios; exit 1 above a bar."""
    django.setup()
    from tests.databases import drop_test_database, make_test_database

    name = f"bench_timeline_{os.getpid()}"
    make_test_database(name)
    try:
        ratios = measure(*load())
    finally:
        drop_test_database(name)
    for question, ratio in ratios.items():
        print(f"{question}: {ratio:.2f}")
    sys.exit(any(ratios[question] > bar for question, bar in BARS.items()))


def measure(big: Any, small: Any, followed: list[Any]) -> dict[str, float]:
    """The ratios, by what they compare."""
    from policytracker.tracking.moments import present
    from policytracker.tracking.timeline import timeline_of

    moment = present(now=NOW, zone=UTC)

    def page(subject: Any, page: str = "") -> Callable[[], Any]:
        return lambda: timeline_of(subject, moment, page=page or None, with_years=False)

    years = timeline_of(big, moment).years
    first, deep = median_ms(page(big)), median_ms(page(big, years[-1].page))
    print(f"first page of {ARTICLES:,} lines: {first:.1f} ms")
    return {
        "depth": deep / first,
        "size": first / median_ms(page(small)),
        "with the years": median_ms(lambda: timeline_of(big, moment)) / first,
        "fifty followed": median_ms(page(followed)) / first,
        "publishing one article, kept": writing(1),
        "publishing a thousand, kept": writing(1000),
    }


def writing(articles: int) -> float:
    """A write of that many rows with the timelines kept, against the same with only their triggers off."""
    from django.db import connection, transaction

    def publish(state: str) -> Callable[[], Any]:
        def write() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"ALTER TABLE articles_article {state} TRIGGER timeline_follows_insert")
                cursor.execute(
                    """INSERT INTO articles_article (headline, is_headline_ours, byline, section, language, published_on,
                        published_precision, published_words, image_credit, url, is_summary, note, shingles,
                        edited_fields, source_state, is_search_cut, imported_at, recorded_at)
                    SELECT 'Headline ' || n, false, '', '', 'en', '2025-01-01', 'day', '', '', '', false, '', '{}', '{}',
                        'unchecked', false, now(), now() FROM generate_series(1, %s) n""",
                    [articles],
                )
                transaction.set_rollback(True)

        return write

    return median_ms(publish("ENABLE"), 7) / median_ms(publish("DISABLE"), 7)


def median_ms(ask: Callable[[], Any], times: int = 15) -> float:
    """The median of several runs after one to warm up."""
    ask()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def load() -> tuple[Any, Any, list[Any]]:
    """Fill the database by SQL with the triggers off, then write the timelines; the subjects to ask for."""
    from django.db import connection, transaction

    from policytracker.tracking.timeline_keeping import rebuild
    from tests.factories import make_article, make_ministry, make_user

    model = make_article()
    user = make_user()
    big = make_ministry()
    others = [make_ministry() for _ in range(OTHERS)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            """INSERT INTO articles_article (headline, is_headline_ours, byline, section, language, published_on,
                published_precision, published_words, image_credit, url, is_summary, note, shingles, edited_fields,
                source_state, is_search_cut, imported_at, recorded_at)
            SELECT 'Headline ' || n, false, '', '', 'en', '2015-01-01'::date + mod(n, 4000), 'day', '', '', '', false, '',
                '{}', '{}', 'unchecked', false, '2026-01-01', '2026-01-01' FROM generate_series(1, %s) n""",
            [ARTICLES],
        )
        cursor.execute(
            """INSERT INTO tracking_mention (article_id, snapshot_id, start, "end", surface, occurrences, ministry_id,
                is_ambiguous, state, proposed_at, decided_by_id, decided_at, recorded_at)
            SELECT a.id, %s, 0, 5, 'it', 1, named.id, false, 'confirmed', '2026-01-01', %s, '2026-01-01', '2026-01-01'
            FROM articles_article a CROSS JOIN LATERAL (VALUES (%s), (%s + mod(a.id, %s))) named (id)
            WHERE a.id <> %s""",
            [model.current_snapshot_id, user.pk, big.pk, others[0].pk, OTHERS, model.pk],
        )
    began = time.perf_counter()
    lines = rebuild()
    print(f"rebuild: {lines:,} lines, {lines / (time.perf_counter() - began):,.0f} a second")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tracking_timelineevent")
    return big, others[1], others[:50]
