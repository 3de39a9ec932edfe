"""What a load did, kind by kind."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Model


@dataclass
class Tally:
    """Rows created and rows found as they were, by kind."""

    created: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    _made: set[tuple[str, Any]] = field(default_factory=set)

    def count(self, kind: str, *, is_new: bool) -> None:
        """One more row of `kind`."""
        (self.created if is_new else self.unchanged)[kind] += 1

    def ensure(self, kind: str, manager: Manager, /, *, key: dict[str, Any], **values: Any) -> Any:
        """The row with `key`, made with `values` when missing; counted under `kind`."""
        row: Model
        row, is_new = manager.get_or_create(**key, defaults=values)
        if is_new or (kind, row.pk) not in self._made:  # a row that this load made and meets again counts once
            self.count(kind, is_new=is_new)
        if is_new:
            self._made.add((kind, row.pk))
        return row
