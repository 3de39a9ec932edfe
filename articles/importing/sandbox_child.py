"""The child process of `sandbox`: reads one document after another from its input, within its limits."""

import gc
import os
import pickle
import resource
import struct
import sys
import time
from datetime import tzinfo
from typing import BinaryIO

from lxml.etree import LxmlError

from articles.importing.documents import ArticleDraft, Document, FeedDocument, Kind
from articles.importing.reading import run_reader
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason

_LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer each question with a draft, a feed or a refusal, until the input ends."""
    cpu_seconds, memory_bytes = int(sys.argv[1]), int(sys.argv[2])
    # Whatever a library prints must not get into the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _warm_up()
    _limit_memory(memory_bytes)
    # What is loaded now stays; a collection then looks only at what a document left, and less often.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    _answer(answers, None)
    while (question := _question(sys.stdin.buffer)) is not None:
        _limit_cpu(cpu_seconds)
        _answer(answers, _result(*pickle.loads(question)))  # noqa: S301 - it comes from our own parent


def _warm_up() -> None:
    """Load what the libraries load on their first document."""
    page = b"<html><body><h1>Warm up now</h1><p>" + b"One sentence about nothing at all. " * 20 + b"</p></body></html>"
    _result(Kind.PAGE.value, Document(body=page), None)


def _result(kind: str, document: Document, zone: tzinfo | None) -> ArticleDraft | FeedDocument | ImportRefused:
    try:
        return run_reader(Kind(kind), document, zone)
    except ImportRefused as refusal:
        return refusal
    except MemoryError:
        return DocumentRefused(Reason.TOO_HUNGRY)
    except Exception as error:  # noqa: BLE001 - a reader's fault ends as a reason, whatever it is
        # The parser recovers from anything in a page, so its own errors mean a failed allocation.
        if isinstance(error, LxmlError) or "memory" in str(error).lower():
            return DocumentRefused(Reason.TOO_HUNGRY)
        return DocumentRefused(Reason.READER_FAILED, detail=type(error).__name__)


def _limit_memory(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    """Allow so many seconds more than have been used up to now."""
    used = int(time.process_time()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.RLIM_INFINITY))


def _question(source: BinaryIO) -> bytes | None:
    head = source.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    return source.read(length)


def _answer(answers: BinaryIO, result: object) -> None:
    data = pickle.dumps(result)
    answers.write(_LENGTH.pack(len(data)) + data)
    answers.flush()


if __name__ == "__main__":
    main()
