"""Notes with their answers, as pages show them: rows in, threads out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from policytracker.tracking.models import Annotation

from .notes import Note

AnyNote = TypeVar("AnyNote", Annotation, Note)


@dataclass(slots=True)
class Thread(Generic[AnyNote]):
    """A note, its number on the page, and its answers in order."""

    note: AnyNote
    number: int
    answers: list[AnyNote] = field(default_factory=list)


def threads_of(notes: Iterable[AnyNote]) -> list[Thread[AnyNote]]:
    """The notes that answer none, numbered in the order given, each with its answers."""
    answers = defaultdict(list)
    roots = []
    for note in notes:
        if note.parent_id is None:
            roots.append(note)
        else:
            answers[note.parent_id].append(note)
    return [Thread(note, number, answers[note.pk]) for number, note in enumerate(roots, 1)]
