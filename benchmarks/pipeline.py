"""How fast files become articles: next to trafilatura alone, and with two workers next to one.

Pages as heavy as those of real sites (`weighty_pages`). The whole pipeline is fetching from the queue, reading in the
bounded child process, canonicalisation, near-duplicates, snapshot and database, by a worker process as in production.
Rounds alternate, and the median of their ratios is told: the machine may have other work.
"""

import itertools
import os
import statistics
import sys
import time
from collections.abc import Iterator

from benchmarks.weighty_pages import weighty_page
from benchmarks.workers import Worker, files_batch, scratch_database

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
PAGES = int(os.environ.get("BENCH_PAGES", "100"))
BARS = {"pipeline / trafilatura": 0.7, "two workers / one": 1.7}
_numbers = itertools.count()


def main() -> None:
    """Print both ratios; exit 1 below a bar."""
    with scratch_database() as database:
        _round(database, workers=1)
        ratios = {
            "pipeline / trafilatura": against_trafilatura(database),
            "two workers / one": two_against_one(database),
        }
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f}   (bar {BARS[name]})")
    sys.exit(any(ratio < BARS[name] for name, ratio in ratios.items()))


def against_trafilatura(database: str) -> float:
    """Return pages a second of one worker by those of bare_extraction in one process."""
    ratios: list[float] = []
    for _round_number in range(ROUNDS):
        pages = [weighty_page(next(_numbers)) for _ in range(PAGES)]
        alone = PAGES / _seconds_alone(pages)
        whole = _round(database, workers=1, pages=pages)
        ratios.append(whole / alone)
        print(f"  trafilatura {alone:.0f} pages a second, pipeline {whole:.0f}")
    return statistics.median(ratios)


def two_against_one(database: str) -> float:
    """Return pages a second of two workers on one batch by those of one."""
    ratios: list[float] = []
    for _round_number in range(ROUNDS):
        one, two = _round(database, workers=1), _round(database, workers=2)
        ratios.append(two / one)
        print(f"  one worker {one:.0f} pages a second, two {two:.0f}")
    return statistics.median(ratios)


def _seconds_alone(pages: list[str]) -> float:
    from trafilatura import bare_extraction

    start = time.monotonic()
    for page in pages:
        bare_extraction(page)
    return time.monotonic() - start


def _round(database: str, *, workers: int, pages: list[str] | None = None) -> float:
    """Return the pages a second of so many workers on a batch of new pages."""
    batch = files_batch(_named(pages or [weighty_page(next(_numbers)) for _ in range(PAGES * workers)]))
    running = [Worker(database, batch.pk) for _ in range(workers)]
    start = time.monotonic()
    for worker in running:
        worker.begin()
    count = sum(worker.result()["items"] for worker in running)
    return count / (time.monotonic() - start)


def _named(pages: list[str]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        yield f"{next(_numbers)}.html", page.encode()


if __name__ == "__main__":
    main()
