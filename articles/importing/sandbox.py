"""Readers of hostile documents in a bounded child process: 20 s of CPU, 512 MB, and it dies alone.

One child is kept warm and reads document after document; it is replaced when it dies, when a limit
ends it, and after a while for hygiene. What it sends back is unpickled by a reader that knows only
the pipeline's own dataclasses.
"""

import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from articles.importing.documents import ArticleDraft, Document, FeedDocument, Found, Kind
from articles.importing.reading import read
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason

CPU_SECONDS = 20
WALL_SECONDS = 25.0
MEMORY_BYTES = 512 * 1024 * 1024
DOCUMENTS_A_CHILD = 2000
STARTUP_SECONDS = 60.0

_ROOT = Path(__file__).resolve().parent.parent.parent
_AT_ONCE = 0.5
_LENGTH = struct.Struct(">Q")
_LARGEST_ANSWER = 200_000_000
_KNOWN = {
    "articles.importing.documents": {"ArticleDraft", "Dated", "FeedDocument", "FeedEntry", "Precision"},
    "articles.importing.refusals": {"DocumentRefused", "FetchRefused", "ImportRefused", "RowRefused", "_rebuild"},
    "datetime": {"date", "datetime", "timedelta", "timezone"},
    "zoneinfo": {"ZoneInfo", "ZoneInfo._unpickle"},
    # What frozen dataclasses with slots need to be rebuilt.
    "copyreg": {"_reconstructor"},
    "builtins": {"object", "getattr"},
}


class Sandbox:
    """A warm child process that reads one document at a time; safe to share between threads."""

    def __init__(
        self, *, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS, memory_bytes: int = MEMORY_BYTES
    ) -> None:
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._memory_bytes = memory_bytes
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._read_count = 0
        self._lock = threading.Lock()

    def read(
        self, document: Document, *, zone: tzinfo | None = None, mapping: Mapping[str, str] | None = None
    ) -> Iterator[Found]:
        """Yield everything in a document, as `reading.read` does, its readers run in the child."""
        return read(document, zone=zone, mapping=mapping, run=self.run)

    def run(self, kind: Kind, document: Document, zone: tzinfo | None = None) -> ArticleDraft | FeedDocument:
        """Return what the reader of this kind made of a document; raise ImportRefused, also when it died."""
        with self._lock:
            answer = self._ask(pickle.dumps((kind.value, document, zone)))
        if isinstance(answer, ImportRefused):
            raise answer
        return answer

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        if self._owner == os.getpid():
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _ask(self, question: bytes, *, again: bool = True) -> ArticleDraft | FeedDocument | ImportRefused:
        try:
            child = self._ready_child()
        except (EOFError, OSError):  # also TimeoutError: the machine has no memory, or no time, for another process
            return DocumentRefused(Reason.READER_FAILED, detail="its process did not start")
        started = time.monotonic()
        deadline = started + self._wall_seconds
        try:
            _send(child, question, deadline)
            answer = _receive(child, deadline)
        except TimeoutError:
            self.close()
            return DocumentRefused(Reason.TOO_SLOW, seconds=round(self._wall_seconds))
        except (EOFError, BrokenPipeError, OSError):
            cause = self._cause_of_death(child)
            # It may have been dead before it was asked, for no fault of this document.
            died_at_once = time.monotonic() - started < _AT_ONCE
            return self._ask(question, again=False) if again and died_at_once else cause
        self._read_count += 1
        if self._read_count >= DOCUMENTS_A_CHILD:
            self.close()
        return _loads(answer)

    def _ready_child(self) -> subprocess.Popen[bytes]:
        """Return the warm child, or start one: after a fork, a death, or for the first time."""
        if self._child is not None and (self._owner != os.getpid() or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._child = self._start()
            self._owner = os.getpid()
            self._read_count = 0
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-m", "articles.importing.sandbox_child", str(self._cpu_seconds), str(self._memory_bytes),
        ]  # fmt: skip
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=_environment(),
            start_new_session=True,
        )
        for pipe in (child.stdin, child.stdout):
            os.set_blocking(_number(pipe), False)
        try:
            _receive(child, time.monotonic() + STARTUP_SECONDS)
        except (EOFError, OSError):
            child.kill()
            child.communicate()
            raise
        return child

    def _cause_of_death(self, child: subprocess.Popen[bytes]) -> DocumentRefused:
        """Say why the child ended, and let go of it."""
        try:
            code = child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            code = None
        self.close()
        if code == -signal.SIGXCPU:
            return DocumentRefused(Reason.TOO_SLOW, seconds=self._cpu_seconds)
        if code in (-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS):
            return DocumentRefused(Reason.TOO_HUNGRY)
        return DocumentRefused(Reason.READER_FAILED, detail=f"it ended with {code}")


class _OwnUnpickler(pickle.Unpickler):
    """Rebuilds the pipeline's dataclasses and nothing else: a reader taken over by its document gains nothing."""

    def find_class(self, module: str, name: str) -> Any:
        if name not in _KNOWN.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is not part of an answer")
        return super().find_class(module, name)


def _loads(answer: bytes) -> ArticleDraft | FeedDocument | ImportRefused:
    try:
        result = _OwnUnpickler(BytesIO(answer)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, TypeError, ValueError, IndexError) as error:
        return DocumentRefused(Reason.READER_FAILED, detail=str(error)[:100])
    if not isinstance(result, ArticleDraft | FeedDocument | ImportRefused):
        return DocumentRefused(Reason.READER_FAILED, detail="its answer is of no known kind")
    return result


def _send(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    pipe = _number(child.stdin)
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        _wait([], [pipe], deadline)
        try:
            view = view[os.write(pipe, view) :]
        except BlockingIOError:
            continue


def _receive(child: subprocess.Popen[bytes], deadline: float) -> bytes:
    """Return one answer; raise TimeoutError when it is late and EOFError when the child is gone."""
    pipe = _number(child.stdout)
    head = _exactly(pipe, _LENGTH.size, deadline)
    (length,) = _LENGTH.unpack(head)
    if length > _LARGEST_ANSWER:
        raise EOFError
    return _exactly(pipe, length, deadline)


def _number(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise EOFError
    return pipe.fileno()


def _exactly(pipe: int, count: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < count:
        _wait([pipe], [], deadline)
        try:
            chunk = os.read(pipe, min(count - len(data), 1 << 20))
        except BlockingIOError:
            continue
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _wait(readable: list[int], writable: list[int], deadline: float) -> None:
    left = deadline - time.monotonic()
    ready = select.select(readable, writable, [], max(left, 0))
    if left <= 0 or not (ready[0] or ready[1]):
        raise TimeoutError


def _environment() -> dict[str, str]:
    """Return the child's environment: nothing of ours but where Python and its locale are."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "HOME", "TZ", "VIRTUAL_ENV") if name in os.environ
    }
    # Linear algebra in the language guesser would start a thread a core, each with its own memory.
    return {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
