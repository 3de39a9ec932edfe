"""A worker process of its own, to be measured or killed.

    python -m tests.articles.worker DATABASE BATCH [CORE]

It says "ready", waits for a line, works on the batch until nothing is left, and says how that went as JSON.
"""

import json
import os
import sys
import time
from contextlib import suppress
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
    if len(sys.argv) > 3:
        stay_on(int(sys.argv[3]))
    tools = make_tools(is_patient=False)
    list(tools.reader.read(Document(body=page_of(1).encode(), name="warm.html")))
    print("ready", flush=True)
    sys.stdin.readline()
    told = _Told()
    work_on_batch(batch_id=batch_id, tools=tools, on_finished=told.items)
    print(json.dumps(told.summary()), flush=True)


def stay_on(core: int) -> None:
    """Have this process, its children and its database process run on one core only."""
    os.sched_setaffinity(0, {core})
    try:
        os.sched_setaffinity(_database_process(), {core})
    except PermissionError:
        print("the database process stays where it is", file=sys.stderr)


def _database_process() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


class _Told:
    """Counts items, and notes the memory of this process and its reading child."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()
        self._cpu = processor_seconds()
        self._count = 0
        self._memory: dict[int, float] = {}

    def items(self, items: list[Any]) -> None:
        self._last = time.monotonic()
        passed = [mark for mark in MARKS if self._count < mark <= self._count + len(items)]
        self._count += len(items)
        for mark in passed:
            self._memory[mark] = megabytes()

    def summary(self) -> dict[str, Any]:
        return {
            "items": self._count,
            # Until its last item: a worker with nothing left waits a while for what others may give back.
            "seconds": self._last - self._began,
            "cpu": processor_seconds() - self._cpu,
            "memory": self._memory,
        }


def megabytes() -> float:
    """Return the resident memory of this process and its children."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _own_processes())
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_seconds() -> float:
    """Return what this process, its children and its database process have worked."""
    ticks = 0
    for pid in [*_own_processes(), _database_process()]:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _own_processes() -> list[int]:
    """Return this process and its children, whichever of its threads started them."""
    own = [os.getpid()]
    for thread in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError):  # it ended meanwhile
            own += map(int, (thread / "children").read_text().split())
    return own


if __name__ == "__main__":
    main()
