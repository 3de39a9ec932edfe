"""Does asking where commitments stand stay as fast when the record grows a hundredfold?

Two scratch databases, 1,000 and 100,000 commitments with five assessments each; every ministry leads a hundred. Timed
are a page of 50 with their standings, and the scoreboard of one ministry. Rows are multiplied by SQL with the triggers
off, for the load only.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import django

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "1000 100000").split())
LED_BY_ONE = 100
BAR = 1.5
ROUNDS = 6
REPEATS = 5
NOW = datetime(2026, 3, 1, tzinfo=UTC)

Questions = dict[str, Callable[[], Any]]


def main() -> None:
    """Print milliseconds and ratios; exit 1 above the bar."""
    django.setup()
    from tests.databases import drop_test_database, make_test_database

    names = {size: f"bench_standing_{size}_{os.getpid()}" for size in SIZES}
    try:
        asked = {}
        for size, name in names.items():
            make_test_database(name)
            asked[size] = questions(load(size))
        sys.exit(print_ratios(timings(names, asked)) > BAR)
    finally:
        for name in names.values():
            drop_test_database(name)


def timings(names: dict[int, str], asked: dict[int, Questions]) -> dict[str, dict[int, float]]:
    """Milliseconds (median) of each question at each size, the sizes in turn: what else runs here slows all alike."""
    took: dict[str, dict[int, list[float]]] = {}
    for _ in range(ROUNDS):
        for size, name in names.items():
            use_database(name)
            for ask in asked[size].values():
                ask()  # a new connection reads the catalog first
            for question, ask in asked[size].items():
                took.setdefault(question, {}).setdefault(size, []).extend(run(ask) for _ in range(REPEATS))
    return {
        question: {size: statistics.median(times) for size, times in by_size.items()}
        for question, by_size in took.items()
    }


def print_ratios(medians: dict[str, dict[int, float]]) -> float:
    """One line a question; the worst ratio of the largest size to the smallest."""
    small, large = SIZES[0], SIZES[-1]
    for question, by_size in medians.items():
        ratio = by_size[large] / by_size[small]
        print(
            f"{question}: {by_size[small]:.1f} ms at {small:,}, {by_size[large]:.1f} ms at {large:,}: ratio {ratio:.2f}"
        )
    return max(by_size[large] / by_size[small] for by_size in medians.values())


def run(ask: Callable[[], Any]) -> float:
    """Milliseconds of one answer."""
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def use_database(name: str) -> None:
    """Point the default connection at a database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def questions(ministry: int) -> Questions:
    """What is asked, for today and for a day in the past."""
    from policytracker.government.models import Commitment
    from policytracker.tracking.moments import Moment, present
    from policytracker.tracking.rates import tally_at
    from policytracker.tracking.standing import with_standing

    today, then = present(now=NOW, zone=UTC), Moment(date(2024, 6, 1), datetime(2024, 6, 1, tzinfo=UTC))
    asked: Questions = {}
    for words, moment in (("today", today), ("in 2024", then)):
        known = Commitment.objects.known(moment.known_at)
        page = with_standing(known.order_by("-made_on", "-id"), moment)
        asked[f"page of 50, {words}"] = lambda page=page: list(page.all()[:50])
        led = known.filter(lead_ministry=ministry)
        asked[f"scoreboard of a ministry, {words}"] = lambda led=led, moment=moment: tally_at(led.all(), moment)
    return asked


def load(size: int) -> int:
    """Fill the database; the number of a ministry in the middle of it."""
    from django.db import connection, transaction

    from tests.factories import make_assessment, make_commitment

    commitment = make_commitment(due_on=date(2024, 12, 31), due_precision="year")
    make_assessment(commitment=commitment)
    ministries = max(1, size // LED_BY_ONE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        multiply(cursor, "government_ministry", ministries, slug="'m' || n")
        multiply(
            cursor,
            "government_commitment",
            size,
            slug="'c' || n",
            lead_ministry_id=f"(SELECT min(id) FROM government_ministry) + 1 + n % {ministries}",
            made_on="made_on + (n % 400)",
        )
        first = "(SELECT min(id) FROM government_commitment) + 1"
        multiply(cursor, "tracking_evidence", size, commitment_id=f"{first} + n % {size}", annotation_id="NULL")
        multiply(
            cursor,
            "tracking_assessment",
            5 * size,
            commitment_id=f"{first} + n % {size}",
            effective_from=f"effective_from + (n / {size} * 90)::int",
            recorded_at=f"recorded_at + n / {size} * interval '90 days'",
            status="(ARRAY['in_progress', 'stalled', 'fulfilled', 'not_fulfilled', 'partly_fulfilled'])[1 + n % 5]",
            submission_key="NULL",
        )
        multiply(
            cursor,
            "tracking_assessmentevidence",
            5 * size,
            assessment_id="(SELECT min(id) FROM tracking_assessment) + 1 + n",
            evidence_id=f"(SELECT min(id) FROM tracking_evidence) + 1 + n % {size}",
        )
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT min(id) + 1 + %s FROM government_ministry", [ministries // 2])
        [ministry] = cursor.fetchone()
    return ministry


def multiply(cursor: Any, table: str, count: int, **instead: str) -> None:
    """Add `count` copies of the table's first row, with some columns given in SQL over `n`, counted from 0."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attname <> 'id' AND attgenerated = ''",
        [table],
    )
    names = [name for (name,) in cursor.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(instead.get(name, f'r."{name}"') for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM "
        f"(SELECT * FROM {table} ORDER BY id LIMIT 1) r, generate_series(0, {count} - 1) n ORDER BY n"
    )
