"""Keeps the queue honest: takes up what nobody works on, and drops what nobody needs."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from articles.models import ImportBatch, ImportItem

from .leasing import LEASE
from .queueing import enqueue_lanes, finish_if_done

State, Outcome = ImportBatch.State, ImportItem.Outcome
QUIET_FOR = 2 * LEASE
DRAFTS_LAST = timedelta(days=1)
FILES_LAST = timedelta(days=30)


def resume_imports(*, at: datetime) -> int:
    """Enqueue work on batches where something is due and nobody has done anything lately; return how many.

    That happens when a command that did its own work was killed, or a job was lost with its database connection.
    """
    lately = at - QUIET_FOR
    items = ImportItem.objects.filter(batch=OuterRef("pk"))
    worked_on = items.filter(Q(started_at__gt=lately) | Q(finished_at__gt=lately))
    unfinished = ImportBatch.objects.filter(state__in=[State.QUEUED, State.RUNNING], requested_at__lte=lately)
    stuck = unfinished.exclude(Exists(worked_on))
    for batch in stuck:
        if not finish_if_done(batch=batch, at=at):
            enqueue_lanes(batch)
    return len(stuck)


def discard_leftovers(*, at: datetime) -> None:
    """Drop drafts that nobody started, and the files of items that failed long ago."""
    ImportBatch.objects.filter(state=State.DRAFT, requested_at__lte=at - DRAFTS_LAST).delete()
    old = ImportItem.objects.filter(outcome=Outcome.FAILED, finished_at__lte=at - FILES_LAST)
    old.exclude(payload=None).update(payload=None)
