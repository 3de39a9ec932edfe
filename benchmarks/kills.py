"""What `kill -9` costs a batch, and what two workers or two posts make of one.

A worker process is killed at a random moment, BENCH_KILLS times (50), and replaced at once; the last ones finish what
is left, when the leases of the dead have run out. Then every item must have ended, once, and every article be there, once.
"""

import os
import random
import sys
import time
from collections import Counter
from typing import Any

from benchmarks.workers import Worker, files_batch, scratch_database

KILLS = int(os.environ.get("BENCH_KILLS", "50"))
FILES_A_KILL = 40


def main() -> None:
    """Print what was lost and doubled; exit 1 if anything was."""
    with scratch_database() as database:
        faults = killed(database) + together(database) + posted_twice()
    sys.exit(faults > 0)


def killed(database: str) -> int:
    """Return how many items were lost or doubled by the kills."""
    from articles.models import Article, ImportItem
    from tests.articles.site import page_of

    count = KILLS * FILES_A_KILL
    batch = files_batch((f"{number}.html", page_of(number).encode()) for number in range(count))
    rng = random.Random(94)
    done = 0
    while done < KILLS and batch.items.unfinished().exists():
        worker = Worker(database, batch.pk)
        worker.begin()
        time.sleep(rng.uniform(0.05, 1.2))
        worker.kill()
        done += 1
    last = time.monotonic()
    _finish(database, batch, workers=2)
    ends = Counter(batch.items.values_list("outcome", flat=True))
    attempts = ImportItem.objects.filter(batch=batch, attempts__gt=1).count()
    lost = count - Article.objects.count()
    doubled = Article.objects.count() - Article.objects.values("url").distinct().count()
    print(f"killed {done} times during {count:,} items: {dict(ends)}, {attempts} begun more than once")
    print(
        f"lost {lost}, doubled {doubled} (bar 0), the rest was done {time.monotonic() - last:.0f} s after the last kill"
    )
    return abs(lost) + doubled + (ends != {"created": count})


def together(database: str) -> int:
    """Return how many articles more or less than one each two workers made of two batches of the same files."""
    from articles.models import Article
    from tests.articles.site import page_of

    before = Article.objects.count()
    batches = [
        files_batch((f"same/{number}.html", page_of(900_000 + number).encode()) for number in range(100))
        for _ in range(2)
    ]
    workers = [Worker(database, batch.pk) for batch in batches]
    for worker in workers:
        worker.begin()
    for worker in workers:
        worker.result()
    made = Article.objects.count() - before
    ends = [dict(Counter(batch.items.values_list("outcome", flat=True))) for batch in batches]
    print(f"the same 100 files by two workers at once: {made} articles, {ends}")
    return abs(made - 100)


def posted_twice() -> int:
    """Return how many batches more than one the same request makes when it is posted twice at once."""
    from concurrent.futures import ThreadPoolExecutor

    from django.contrib.auth.models import User
    from django.db import connection
    from django.utils import timezone

    from articles.actions.queueing import queue_import
    from articles.given import Given
    from articles.models import ImportBatch

    user = User.objects.create(username="poster")

    def post(_number: int) -> Any:
        try:
            given = [Given(source=f"https://coast.example/{number}") for number in range(5)]
            return queue_import(sources=given, by=user, at=timezone.now(), idempotency_key="once").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(post, range(8)))
    batches = ImportBatch.objects.filter(requested_by=user)
    items = sum(batch.items.count() for batch in batches)
    print(f"the same request posted eight times at once: {batches.count()} batch, {items} items")
    return len(answers) - 1 + batches.count() - 1 + abs(items - 5)


def _finish(database: str, batch: Any, *, workers: int) -> None:
    """Let workers finish; they come back until the leases of the dead have run out."""
    while batch.items.unfinished().exists():
        running = [Worker(database, batch.pk) for _ in range(workers)]
        for worker in running:
            worker.begin()
        for worker in running:
            worker.result()


if __name__ == "__main__":
    main()
