"""What a correction would change, shown before it is made."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from policytracker.tracking.actions.corrections import affected_by, rehearsed
from policytracker.tracking.actions.refusals import Refused
from policytracker.tracking.corrections import in_words
from policytracker.tracking.models import Assessment


@dataclass(frozen=True, slots=True)
class Change:
    """One field, for a reader: what it is called, what it says, what it will say."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The changes, and the published assessments whose ground they may be. `digest` names exactly these changes."""

    changes: list[Change]
    affected: list[Assessment]
    digest: str


class CannotHold(Refused):
    """A field cannot hold the value."""


def preview_of(row: Any, values: dict[str, Any], *, by: User, at: datetime) -> Preview:
    """What correcting these values would change; no changes where the record says so already.

    Raises StillADraft, CannotHold.
    """
    try:
        lines = rehearsed(target=row, values=values, by=by, at=at)
    except ValidationError as refusal:
        raise CannotHold(" ".join(refusal.messages)) from refusal
    said = json.dumps([(line.field, line.before, line.after) for line in lines], sort_keys=True)
    return Preview(
        changes=[Change(*in_words(line, row)) for line in lines],
        affected=affected_by(row, at=at) if lines else [],
        digest=sha256(said.encode()).hexdigest(),
    )
