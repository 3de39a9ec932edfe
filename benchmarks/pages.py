"""Does every page kind stay as fast when the record grows a hundredfold?

Two scratch databases, 1,000 and 100,000 commitments: with five assessments each, as many pieces of evidence, twice as
many articles, 50 initiatives and more by the thousand, and one ministry, initiative and official that keep two in a
hundred of everything. Each address of the public door is asked of both, nothing kept; rows are multiplied by SQL.

Most pages show fifty rows of many: they may take `BAR` times as long. A page that tells of a subject counts all that
is the subject's, which grew a hundredfold as well; one that tells of all commitments counts these. Their bars are a
time: what a reader waits for once, before the page is kept.
"""

from __future__ import annotations

import os
import sys
import time
from types import SimpleNamespace
from typing import Any

import django

SIZES = tuple(int(size) for size in os.environ.get("BENCH_SIZES", "1000 100000").split())
BAR = 3.0
READER_MS = 1000  # what a page should take at most
BAR_MS = float(os.environ.get("BENCH_BAR_MS", "5000"))  # on two busy cores
ROUNDS = 3
ENOUGH_MS = 4000  # of rounds; a slow page need not be asked three times to be called slow
PAST = "as_of=2024-06-01&known_at=2025-01-01"
# What each record holds of a kind, as a share of its commitments.
SHARES = {
    "government_ministry": 0.0005,
    "government_post": 0.0005,
    "articles_article": 2,
    "tracking_assessment": 5,
    "tracking_assessmentevidence": 5,
    "tracking_correction": 0.05,
}


def main() -> None:
    """Print milliseconds and ratios, the slowest last; exit 1 where a page is above both bars."""
    django.setup()
    from tests.databases import drop_test_database, make_test_database

    names = {size: f"bench_pages_{size}_{os.getpid()}" for size in SIZES}
    try:
        took: dict[str, dict[int, float]] = {}
        for size, name in names.items():
            make_test_database(name)
            for page, milliseconds in timings(load(size)).items():
                took.setdefault(page, {})[size] = milliseconds
        sys.exit(1 if print_ratios(took) else 0)
    finally:
        for name in names.values():
            drop_test_database(name)


def load(size: int) -> Any:
    """Fill the database; what was there before it grew, by name."""
    from django.db import connection

    from tests.public.conftest import make_record
    from tests.public.growth import grow

    record = make_record()
    grow(size, shares=SHARES)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return record


def timings(record: Any) -> dict[str, float]:
    """Milliseconds of each address, at its best: whatever else runs on the machine only ever slows a page."""
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    asked = addresses(record)
    return {address: _milliseconds(client, address) for address in asked}


def addresses(record: SimpleNamespace) -> list[str]:
    """One of every kind of answer; those that tell most as of an earlier moment too."""
    from tests.public.door import SLUGS, names, path_of

    plain = [path_of(name, record) for name in names()]
    subjects = [path_of(f"{kind}_detail") for kind in SLUGS]
    past = ["/", "/timeline/", "/commitments/", "/ministries/", "/deadlines/", *subjects]
    filtered = ["/commitments/?status=stalled&sort=due", "/commitments/?ministry=mou&late=1", "/articles/?q=report"]
    return [*plain, *filtered, *(f"{path}?{PAST}" for path in past), *(f"{path}?format=json" for path in subjects)]


def _milliseconds(client: Any, address: str) -> float:
    times: list[float] = []
    while len(times) < 2 or (len(times) < ROUNDS and sum(times) < ENOUGH_MS):
        began = time.perf_counter()
        response = client.get(address)
        times.append(1000 * (time.perf_counter() - began))
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
    return min(times)


def print_ratios(took: dict[str, dict[int, float]]) -> list[str]:
    """One line a page; the pages that grew beyond the ratio and take longer than the time."""
    small, large = SIZES[0], SIZES[-1]
    slow = []
    for page, by_size in sorted(took.items(), key=lambda pair: pair[1][large]):
        ratio = by_size[large] / by_size[small]
        print(f"{page}: {by_size[small]:.0f} ms at {small:,}, {by_size[large]:.0f} ms at {large:,}: ratio {ratio:.1f}")
        if ratio > BAR and by_size[large] > BAR_MS:
            slow.append(page)
    beyond = [page for page, by_size in took.items() if by_size[large] > READER_MS]
    print(
        f"{len(took)} kinds of answers; {len(beyond)} take a first reader more than {READER_MS / 1000:g} s at {large:,}"
    )
    print(f"beyond {BAR} times and {BAR_MS:.0f} ms: {', '.join(slow) or 'none'}")
    return slow
