"""What people name on the command line, as things to import: addresses, files, folders, `-` for standard input."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from articles.given import Given
from articles.importing.refusals import DocumentRefused, Reason

STANDARD_INPUT = "-"
_IN_MEMORY = 8_000_000
_HIDDEN = (".", "__MACOSX")


def given_at(source: str) -> Iterator[Given]:
    """Yield what a source names, a folder's files one by one; open files are closed when the next is asked for.

    Never raises: what cannot be read is given with its refusal.
    """
    if source == STANDARD_INPUT:
        with _seekable(sys.stdin.buffer) as file:
            yield Given(source="standard input", file=file)
    elif "://" in source:
        yield Given(source=source)
    else:
        yield from _on_disk(source)


def _on_disk(source: str) -> Iterator[Given]:
    path = Path(source)
    try:
        files = _files_below(path) if path.is_dir() else [path]
    except (OSError, ValueError) as error:
        yield Given(source=source, refusal=_refusal(error))
        return
    if not files:
        yield Given(source=source, refusal=DocumentRefused(Reason.FOLDER_EMPTY))
    for file in files:
        try:
            with file.open("rb") as opened, _seekable(opened) as readable:
                yield Given(source=str(file), file=readable)
        except (OSError, ValueError) as error:
            yield Given(source=str(file), refusal=_refusal(error))


@contextmanager
def _seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the file, or a copy of what comes through a pipe: what it is is told by its beginning, before it is read."""
    if file.seekable():
        yield file
        return
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def _files_below(folder: Path) -> list[Path]:
    """Return the folder's files in order of name, hidden ones and links left out."""
    found = []
    for root, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN))
        found += [Path(root, name) for name in sorted(names) if not name.startswith(_HIDDEN)]
    return [file for file in found if file.is_file() and not file.is_symlink()]


def _raise(error: OSError) -> None:
    raise error


def _refusal(error: OSError | ValueError) -> DocumentRefused:
    if isinstance(error, FileNotFoundError):
        return DocumentRefused(Reason.FILE_MISSING)
    return DocumentRefused(Reason.FILE_UNREADABLE, detail=getattr(error, "strerror", None) or str(error))
