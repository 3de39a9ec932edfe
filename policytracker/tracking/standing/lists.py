"""Commitments as a page lists them: each with its standing, in the words and the order of the moment."""

from __future__ import annotations

from typing import Any

from policytracker.tracking.ledger import set_back
from policytracker.tracking.moments import Moment

from .columns import as_known
from .facts import with_standing


def told_list(commitments: Any, moment: Moment, *, limit: int | None = None) -> list[Any]:
    """The commitments with their standing, the newest first, no more than `limit`; as the record told them then."""
    return set_back(in_told_order(commitments, moment)[:limit], moment)


def in_told_order(commitments: Any, moment: Moment) -> Any:
    """The commitments with their standing, the newest first by what was known then; not yet set back to it."""
    told = with_standing(commitments, moment)
    if moment.is_present:
        return told
    return told.order_by(as_known("made_on", moment).desc(), "-pk")
