"""What a reading left out of the queue: sentences set apart, with the reason, and what was not read (reads only)."""

from dataclasses import dataclass

from articles.models import Snapshot
from policytracker.tracking.models import Candidate, MachineReading
from policytracker.tracking.models.candidates import APART_WORDS


@dataclass(frozen=True, slots=True)
class SetApart:
    """A sentence at its offsets in the snapshot, and why it is not in the queue."""

    snapshot_id: int
    start: int
    end: int
    quote: str
    why: str


def set_apart_in(snapshot: Snapshot) -> list[SetApart]:
    """What the last reading of the snapshot set apart, in the text's order, without what was taken into the queue."""
    reading = MachineReading.objects.filter(snapshot=snapshot).only("apart").first()
    if reading is None or not reading.apart:
        return []
    queued = set(Candidate.objects.filter(snapshot=snapshot).values_list("start", "end"))
    return [
        SetApart(snapshot.pk, start, end, snapshot.text[start:end], str(APART_WORDS.get(why, why)))
        for start, end, why in reading.apart
        if (start, end) not in queued
    ]


def unread_of(snapshot: Snapshot) -> list[str]:
    """What of the snapshot was not read, in words; nothing where all was, or where it waits to be read."""
    reading = MachineReading.objects.filter(snapshot=snapshot).only("unread").first()
    return reading.told_unread if reading else []
