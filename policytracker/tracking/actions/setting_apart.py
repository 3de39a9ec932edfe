"""Taking a sentence that the machine set apart into the queue after all."""

from dataclasses import replace
from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Snapshot
from policytracker.tracking.candidates import Proposal, read_text
from policytracker.tracking.models import Candidate, MachineReading
from policytracker.tracking.models.candidates import BY_HAND
from policytracker.tracking.names import record_gazetteer
from policytracker.tracking.reading.drafts import Reason

from .proposing_candidates import rows_of
from .refusals import Refused
from .suggesting import day_of, home_countries


class NotSetApart(Refused):
    """The machine did not set this sentence apart, or has read the text anew meanwhile."""


def take_apart_sentence(*, snapshot: Snapshot, start: int, end: int, by: User, at: datetime) -> Candidate:
    """The sentence as a proposal that waits in the queue; the one that is there already where there is one.

    It does not count as a proposal of the machine. Raises `NotSetApart`.
    """
    known = Candidate.objects.filter(snapshot=snapshot, start=start, end=end).first()
    if known is not None:
        return known
    reading = MachineReading.objects.filter(snapshot=snapshot).first()
    why = {(first, last): code for first, last, code in (reading.apart if reading else [])}.get((start, end))
    if why is None:
        raise NotSetApart(_("This sentence is not set apart any more. Look at the article again."))
    with transaction.atomic(), pghistory.context(user=by.pk, action="take apart sentence"):
        row = _proposed(snapshot, start, end, why, at)
        row.save()
    return row


def _proposed(snapshot: Snapshot, start: int, end: int, why: str, at: datetime) -> Candidate:
    on = day_of(snapshot.article, snapshot)
    found = record_gazetteer().find(snapshot.text, on=on)
    reading = read_text(snapshot.text, on=on, mentions=found, home=home_countries(on))
    bare = Proposal(start, end, snapshot.text[start:end], "", "", "action", "vague", None, None, None, 0.0, ())
    read = next((each for each in reading.apart if (each.start, each.end) == (start, end)), bare)
    told = replace(read, reasons=(Reason("by_hand", ""), *read.reasons))
    row = rows_of(snapshot=snapshot, proposals=[told], found=found, on=on, at=at)[0]
    row.method, row.reasons = BY_HAND, [["by_hand", ""], [f"apart_{why}", ""], *row.reasons[1:]]
    return row
