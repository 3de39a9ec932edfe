"""Who in the record may already bear a name that somebody is about to add. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policytracker.government.models import Commitment

from .likeness import likeness
from .names import record_names
from .repeats import Said, find_restated

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


def promises_like(commitment: Commitment) -> list[Commitment]:
    """Commitments that say nearly the same, drafts too: the likest in each language in which this one is worded."""
    fields = ("pk", "statement", "i18n", "lead_ministry__slug", "initiative__slug")
    rows = list(Commitment.objects.exclude(pk=commitment.pk).values_list(*fields))
    found: dict[int, None] = {}
    for words in _wordings(commitment.statement, commitment.i18n):
        known = (
            Said(pk, told, ministry or "", initiative or "")
            for pk, statement, translations, ministry, initiative in rows
            for told in _wordings(statement, translations)
        )
        initiative = commitment.initiative.slug if commitment.initiative else ""
        likest = find_restated(Said(0, words, commitment.lead_ministry.slug, initiative), known)
        if likest is not None:
            found[likest.key] = None
    return list(Commitment.objects.filter(pk__in=found).order_by("pk"))


def _wordings(statement: str, translations: dict[str, str] | None) -> list[str]:
    told = (words for key, words in (translations or {}).items() if key.startswith("statement_") and words)
    return [statement, *told]
