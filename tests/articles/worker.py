"""A worker process of its own, to be measured or killed.

    python -m tests.articles.worker DATABASE BATCH

It says "ready", waits for a line, works on the batch until nothing is left, and says how that went as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

MARKS = (1000, 2000, 3000, 5000, 10_000)  # after so many items it notes its memory


def main() -> None:
    """Work on the batch of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from articles.actions.running import work_on_batch
    from articles.importing.documents import Document
    from articles.tools import make_tools
    from tests.articles.site import page_of
    from tests.databases import use_test_database

    database, batch_id = sys.argv[1], int(sys.argv[2])
    use_test_database(database)
    tools = make_tools(is_patient=False)
    list(tools.reader.read(Document(body=page_of(1).encode(), name="warm.html")))
    print("ready", flush=True)
    sys.stdin.readline()
    told = _Told()
    work_on_batch(batch_id=batch_id, tools=tools, on_finished=told.item)
    print(json.dumps(told.summary()), flush=True)


class _Told:
    """Counts items, and notes the memory of this process and its reading child."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._cpu = time.process_time()
        self._count = 0
        self._memory: dict[int, float] = {}

    def item(self, _item: Any) -> None:
        self._count += 1
        if self._count in MARKS:
            self._memory[self._count] = megabytes()

    def summary(self) -> dict[str, Any]:
        return {
            "items": self._count,
            "seconds": time.monotonic() - self._began,
            "cpu": time.process_time() - self._cpu,
            "memory": self._memory,
        }


def megabytes() -> float:
    """Return the resident memory of this process and its children."""
    pids = [os.getpid(), *map(int, Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split())]
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
