"""Worker processes of a scratch database, for the benchmarks of imports."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

_ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def scratch_database() -> Iterator[str]:
    """Point Django at an empty database, removed afterwards; yield its name."""
    django.setup()
    from tests.databases import drop_test_database, make_test_database

    name = f"bench_imports_{os.getpid()}"
    make_test_database(name)
    try:
        yield name
    finally:
        drop_test_database(name)


class Worker:
    """A process that works on one batch, started warm and waiting; on one core, its child and database too, if given."""

    def __init__(self, database: str, batch_id: int, *, core: int | None = None) -> None:
        command = [sys.executable, "-m", "tests.articles.worker", database, str(batch_id)]
        command += [str(core)] if core is not None else []
        self.process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.process.stdout.readline()

    def begin(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def result(self) -> dict[str, Any]:
        """Wait for its end and return what it says."""
        assert self.process.stdout
        told = json.loads(self.process.stdout.readline())
        self.process.wait()
        return told

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


def files_batch(bodies: Iterator[tuple[str, bytes]]) -> Any:
    """Queue files as one batch that only our own workers work on."""
    from django.utils import timezone

    from articles.actions.queueing import queue_import
    from articles.given import Given

    given = (Given.of_bytes(body, name=name, url=f"https://coast.example/{name}") for name, body in bodies)
    return queue_import(sources=given, by=None, at=timezone.now(), by_workers=False)
