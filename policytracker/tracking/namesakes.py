"""Who in the record may already bear a name that somebody is about to add. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .likeness import likeness
from .names import record_names

MOST = 5


@dataclass(frozen=True, slots=True)
class Namesake:
    """A subject of the record, the name by which it was met, and how alike that is (1 is the same)."""

    kind: str
    slug: str
    row: int
    name: str
    met_as: str
    likeness: float

    @property
    def is_same(self) -> bool:
        """Whether one of the names is the same, spelling variants aside."""
        return self.likeness == 1.0


def namesakes(*, kind: str, names: Iterable[str], besides: int | None = None) -> list[Namesake]:
    """Subjects of this kind whose name, translation, earlier name or alias is like one of `names`, the likest first.

    Drafts and what was merged count too; the heir stands for what was merged. `besides` is the row that is edited.
    """
    wanted = [name for name in names if name.strip()]
    best: dict[int, Namesake] = {}
    for name, sense in record_names():
        if sense.kind != kind or sense.row == besides:
            continue
        score = max((likeness(given, name) for given in wanted), default=0.0)
        held = best.get(sense.row)
        if score and (held is None or held.likeness < score):
            best[sense.row] = Namesake(kind, sense.slug, sense.row, sense.name, name, score)
    return sorted(best.values(), key=lambda found: (-found.likeness, found.name))[:MOST]
