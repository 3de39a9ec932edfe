"""Works on the items of a batch: files are read ahead and stored in slices, addresses come one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from articles.models import ImportBatch, ImportItem
from articles.tools import Tools

from .items import run_item
from .leasing import Nothing, keep, take_items
from .queueing import finish_if_done
from .reading_ahead import AHEAD, ReadAhead
from .slices import run_slice

_SHORT_WAIT = timedelta(seconds=5)

OnFinished = Callable[[list[ImportItem]], None]  # told of items as they end, some at a time


class Rest(StrEnum):
    """What is left of a batch when a stretch of work ends."""

    NOTHING = "nothing"
    MORE = "more"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left, and when to come back."""

    rest: Rest
    next_at: datetime | None = None


def work_on_batch(
    *, batch_id: int, tools: Tools, until: datetime | None = None, on_finished: OnFinished = lambda items: None
) -> Left:
    """Work on a batch's items until none is left, all wait, or `until` has come; return what is left."""
    with ReadAhead(tools) as ahead:
        work = _Work(batch_id, tools, ahead, on_finished)
        while until is None or tools.clock() < until:
            taken = work.take()
            if isinstance(taken, list):
                work.on(taken)
            elif len(ahead):
                work.finish()
            else:
                left = _left(taken, batch_id=batch_id, tools=tools, until=until)
                if left:
                    return left
        work.finish()  # what was begun
    return Left(rest=Rest.MORE)


def _left(nothing: Nothing, *, batch_id: int, tools: Tools, until: datetime | None) -> Left | None:
    """Return what is left where nothing can be taken now; None after a short wait for it."""
    if nothing.next_at is None:
        finish_if_done(batch=ImportBatch(pk=batch_id), at=tools.clock())
        return Left(rest=Rest.NOTHING)
    wait = nothing.next_at - tools.clock()
    if until is not None and wait > _SHORT_WAIT:
        return Left(rest=Rest.LATER, next_at=nothing.next_at)
    tools.pause(max(0.01, min(wait, _SHORT_WAIT).total_seconds()))
    return None


class _Work:
    """One worker's work on a batch: files are read ahead and stored in slices, addresses come one by one."""

    def __init__(self, batch_id: int, tools: Tools, ahead: ReadAhead, on_finished: OnFinished) -> None:
        self._batch_id = batch_id
        self._tools = tools
        self._ahead = ahead
        self._on_finished = on_finished

    def take(self) -> list[ImportItem] | Nothing:
        return take_items(batch_id=self._batch_id, at=self._tools.clock())

    def on(self, taken: list[ImportItem]) -> None:
        """Work on leased items, or put them into the queue of those that are read ahead."""
        if all(not item.host and item.attempts == 1 for item in taken):
            self._ahead.add(taken)
            self._store_until(AHEAD - len(taken))
            return
        # What a worker died of is worked on alone, so that its neighbours do not share the fate.
        self.finish()
        for item in keep(taken, at=self._tools.clock()):
            run_item(item=item, tools=self._tools)
            self._on_finished([item])

    def finish(self) -> None:
        """Store all that is read ahead."""
        self._store_until(0)

    def _store_until(self, count: int) -> None:
        """Store slices until at most so many files are left ahead."""
        while len(self._ahead) > count:
            kept = keep(self._ahead.items, at=self._tools.clock())
            self._ahead.keep_only({item.pk for item in kept})
            self._on_finished(run_slice(self._ahead.next_slice(), self._tools))
