"""Whether imports stay as they begin: memory, rate, and an end for what is far too large.

    python -m benchmarks.endurance [memory|rate|large]

Memory of a worker and its reading child from the 1,000th to the 10,000th article; the rate of a long file of JSON Lines
(BENCH_ROWS, 100,000 unless said otherwise) over its last tenth against its first; ten megabytes as page and as text.
"""

import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.workers import Worker, files_batch, scratch_database

ARTICLES = int(os.environ.get("BENCH_ARTICLES_READ", "10000"))
ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
SECONDS = 30


def main() -> None:
    """Print what each part found; exit 1 if one misses its bar."""
    parts: dict[str, Callable[[str], bool]] = {"large": large, "memory": memory, "rate": rate}
    wanted = [name for name in parts if name in sys.argv] or list(parts)
    missed = False
    for name in wanted:
        with scratch_database() as database:
            missed = not parts[name](database) or missed
    sys.exit(missed)


def memory(database: str) -> bool:
    """Is a worker as large at the end as after a thousand articles?"""
    from tests.articles.site import page_of

    batch = files_batch((f"{number}.html", page_of(number).encode()) for number in range(ARTICLES))
    worker = Worker(database, batch.pk)
    worker.begin()
    told = worker.result()
    marks = {int(count): size for count, size in told["memory"].items()}
    first, last = marks[1000], marks[max(marks)]
    print(
        f"memory after 1,000 articles {first:.0f} MB, after {max(marks):,} {last:.0f} MB: {last / first:.2f}   (bar 1.10)"
    )
    return last <= 1.1 * first


def rate(database: str) -> bool:
    """Is the last tenth of a long file imported as fast as the first?"""
    from django.utils import timezone

    from articles.actions.queueing import queue_import
    from articles.given import Given
    from articles.models import Article

    lines = io.BytesIO(b"".join(_lines(ROWS)))
    batch = queue_import(sources=[Given(source="rows.jsonl", file=lines)], by=None, at=timezone.now(), by_workers=False)
    worker = Worker(database, batch.pk)
    worker.begin()
    marks = [_Mark(0, time.monotonic(), _cpu(worker))]
    while worker.process.poll() is None and marks[-1].count < ROWS:
        time.sleep(0.2)
        count = Article.objects.count()
        if count - marks[-1].count >= ROWS // 10 or count == ROWS:
            marks.append(_Mark(count, time.monotonic(), _cpu(worker)))
    worker.result()
    first, last = marks[0].until(marks[1]), marks[-2].until(marks[-1])
    print(
        f"{ROWS:,} rows: {first[0]:.0f} a second at first, {last[0]:.0f} at the end: {last[0] / first[0]:.2f}   (bar 0.90)"
    )
    print(f"by processor time of the worker and its database process: {last[1] / first[1]:.2f}")
    return last[0] >= 0.9 * first[0]


class _Mark:
    """How many rows were in at a moment, and what the worker had worked for them."""

    def __init__(self, count: int, moment: float, cpu: float) -> None:
        self.count, self.moment, self.cpu = count, moment, cpu

    def until(self, later: "_Mark") -> tuple[float, float]:
        """Return rows a second, and rows a second of the worker's own work."""
        count = later.count - self.count
        return count / (later.moment - self.moment), count / (later.cpu - self.cpu)


def _cpu(worker: Worker) -> float:
    """Return what the worker and its database process have worked, in seconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        pids = [worker.process.pid, *(row[0] for row in cursor.fetchall())]
    return sum(map(_seconds_of, pids))


def _seconds_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _lines(count: int) -> Iterator[bytes]:
    from tests.articles.site import sentences

    for number in range(count):
        row = {
            "headline": f"Report {number}",
            "text": "\n".join(sentences(number, 6)),
            "date": "2023-01-27",
            "url": f"https://coast.example/{number}",
        }
        yield json.dumps(row).encode() + b"\n"


def large(database: str) -> bool:
    """Does an article of ten megabytes end in a reason, in time?"""
    words = b"<p>The harbour council opened the school near the river after the market closed its doors in the winter.</p>\n"
    page = (
        b"<html><head><title>A very long report</title></head><body><h1>A very long report</h1>"
        + words * 100_000
        + b"</body></html>"
    )
    text = b"A very long report\n\nWritten: 2023-01-27\n\n" + b"The harbour council opened the school again. " * 230_000
    below = (
        b"<html><head><title>A long report</title></head><body><h1>A long report</h1>"
        + words * 44_000
        + b"</body></html>"
    )
    given = [("page.html", page), ("text.txt", text), ("below-the-limit.html", below)]
    ends = [_ends_in_time(database, name, body) for name, body in given]
    return all(ends)


def _ends_in_time(database: str, name: str, body: bytes) -> bool:
    """Print how a file ended in a worker of its own, and how long that took; return whether it was in time."""
    batch = files_batch(iter([(name, body)]))
    worker = Worker(database, batch.pk)
    start = time.monotonic()
    worker.begin()
    worker.result()
    seconds = time.monotonic() - start
    item = batch.items.get()
    print(f"{name}, {len(body) / 1e6:.1f} MB: {item.outcome} after {seconds:.1f} s (bar {SECONDS} s). {item.reason}")
    return seconds < SECONDS and not batch.items.unfinished().exists()


if __name__ == "__main__":
    main()
