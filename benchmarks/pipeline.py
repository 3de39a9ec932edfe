"""How fast files become articles: next to trafilatura alone, and with two workers next to one.

Pages as heavy as those of real sites (`weighty_pages`). The whole pipeline is taking from the queue, reading in the
bounded child process, canonicalisation, near-duplicates, snapshot and database, by a worker process as in production.

"On one core" both sides have the same core and no other: trafilatura's process there, the worker, its child and its
database process here. That is what the bar asks. Left to themselves, a worker's child reads on one core while the worker
and the database write on another, which a call of bare_extraction cannot; that figure is printed, too, and is no bar.
Two workers have a core each, as one has: on a machine of two cores a worker left to itself already uses both.

Rounds alternate, and the median of their ratios is told: the machine may have other work. How much processor time each
side takes for a page does not depend on that, and is printed as well: of the worker, its child and its database process.
"""

import itertools
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.weighty_pages import weighty_page
from benchmarks.workers import Worker, files_batch, scratch_database

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
PAGES = int(os.environ.get("BENCH_PAGES", "100"))
BARS = {"pipeline / trafilatura, on one core": 0.7, "two workers / one": 1.7}
_numbers = itertools.count()


@dataclass(frozen=True)
class _Pace:
    rate: float  # pages a second
    cpu: float  # seconds of processor time a page

    def __str__(self) -> str:
        return f"{self.rate:.0f} pages a second of {1000 * self.cpu:.0f} ms"


def main() -> None:
    """Print the ratios; exit 1 below a bar."""
    cores = sorted(os.sched_getaffinity(0))
    with scratch_database() as database:
        _round(database, workers=1)
        ratios = {"pipeline / trafilatura, on one core": against_trafilatura(database, core=cores[0])}
        free = against_trafilatura(database)
        if len(cores) > 1:
            ratios["two workers / one"] = two_against_one(database, cores)
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f}   (bar {BARS[name]})")
    print(f"pipeline / trafilatura, left to themselves: {free:.2f}")
    sys.exit(any(ratio < BARS[name] for name, ratio in ratios.items()))


def against_trafilatura(database: str, *, core: int | None = None) -> float:
    """Return pages a second of one worker by those of bare_extraction in one process, on one core if it is said."""
    where = "on one core" if core is not None else "left alone"
    ratios: list[float] = []
    for _round_number in range(ROUNDS):
        pages = [weighty_page(next(_numbers)) for _ in range(PAGES)]
        with on_core(core):
            alone = _alone(pages)
        whole = _round(database, workers=1, pages=pages, cores=[core] if core is not None else [])
        ratios.append(whole.rate / alone.rate)
        print(f"  {where}: trafilatura {alone}, pipeline {whole}, by processor time {alone.cpu / whole.cpu:.2f}")
    return statistics.median(ratios)


def two_against_one(database: str, cores: list[int]) -> float:
    """Return pages a second of two workers on one batch by those of one, a core each."""
    ratios: list[float] = []
    for _round_number in range(ROUNDS):
        one = _round(database, workers=1, cores=cores)
        two = _round(database, workers=2, cores=cores)
        ratios.append(two.rate / one.rate)
        print(f"  one worker {one}, two {two}")
    return statistics.median(ratios)


@contextmanager
def on_core(core: int | None) -> Iterator[None]:
    """Have this process run on one core only, if one is given."""
    before = os.sched_getaffinity(0)
    if core is not None:
        os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _alone(pages: list[str]) -> _Pace:
    """Return how fast bare_extraction is in this process."""
    from trafilatura import bare_extraction

    start, worked = time.monotonic(), time.process_time()
    for page in pages:
        bare_extraction(page)
    return _Pace(len(pages) / (time.monotonic() - start), (time.process_time() - worked) / len(pages))


def _round(database: str, *, workers: int, pages: list[str] | None = None, cores: Sequence[int] = ()) -> _Pace:
    """Return how fast so many workers are on a batch of new pages, each on the core of its place."""
    batch = files_batch(_named(pages or [weighty_page(next(_numbers)) for _ in range(PAGES * workers)]))
    running = [Worker(database, batch.pk, core=cores[place] if cores else None) for place in range(workers)]
    for worker in running:
        worker.begin()
    told = [worker.result() for worker in running]
    count = sum(each["items"] for each in told)
    return _Pace(count / max(each["seconds"] for each in told), sum(each["cpu"] for each in told) / count)


def _named(pages: list[str]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        yield f"{next(_numbers)}.html", page.encode()


if __name__ == "__main__":
    main()
