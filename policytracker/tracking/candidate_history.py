"""What happened to a proposal since the machine made it: who did what, when (reads only)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from policytracker.tracking.models import Candidate

DEEDS = {
    "change candidate": _("corrected its fields"),
    "make commitment": _("accepted it as a new commitment"),
    "attach restatement": _("attached it as a restatement"),
    "attach evidence": _("attached it as evidence"),
    "merge candidate": _("merged it with a known commitment"),
    "reject candidate": _("rejected it"),
    "fold candidate": _("folded it into another proposal"),
    "unfold candidate": _("made it a proposal of its own"),
    "reopen candidate": _("took the decision back"),
    "take apart sentence": _("put it into the queue"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history; `by` is empty where the machine did it."""

    at: datetime
    by: str
    deed: str


def history_of(candidate: Candidate) -> list[Step]:
    """All steps in order. The machine's own are told as its own, never as a person's."""
    events = list(candidate.audit_trail.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
    told = [(event, event.pgh_context.metadata if event.pgh_context else {}) for event in events]
    people = User.objects.in_bulk({data["user"] for _event, data in told if data.get("action") in DEEDS})
    return [_step(event, data, people) for event, data in told]


def _step(event: object, data: dict, people: dict[int, User]) -> Step:
    at = event.pgh_created_at  # type: ignore[attr-defined]
    deed, user = DEEDS.get(data.get("action", "")), people.get(data.get("user", 0))
    if deed is None:
        is_first = event.pgh_label == "insert"  # type: ignore[attr-defined]
        return Step(at, "", str(_("proposed by the machine") if is_first else _("updated by the machine")))
    return Step(at, (user.get_full_name() or user.get_username()) if user else "?", str(deed))
