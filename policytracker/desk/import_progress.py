"""How far an import is, in the words and numbers of its page. Reads only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions.leasing import LEASE
from articles.models import ImportBatch, ImportItem
from articles.reports import COUNTED, reason_of

Outcome = ImportItem.Outcome
SILENT_AFTER = timedelta(seconds=45)  # a worker that lives tells of its items, or takes them anew, within 30
MARKS = {
    "created": "fulfilled",
    "updated": "fulfilled",
    "unchanged": "not_started",
    "duplicate": "partly_fulfilled",
    "failed": "not_fulfilled",
    "queued": "not_rated",
    "running": "in_progress",
    "cancelled": "stalled",
    "expanded": "not_started",
}


@dataclass(frozen=True)
class Progress:
    """Counts of an import's items; containers that were opened into others do not count."""

    counts: dict[str, int]
    silent: int = 0  # items of a worker that has not told of them for a while
    silent_until: datetime | None = None  # when others may take them over

    @property
    def whole(self) -> int:
        return sum(count for outcome, count in self.counts.items() if outcome != Outcome.EXPANDED)

    @property
    def done(self) -> int:
        return self.whole - self.waiting

    @property
    def waiting(self) -> int:
        return self.counts.get(Outcome.QUEUED, 0) + self.counts.get(Outcome.RUNNING, 0)

    @property
    def failed(self) -> int:
        return self.counts.get(Outcome.FAILED, 0)

    @property
    def tallies(self) -> list[tuple[str, int]]:
        stopped = [Outcome.CANCELLED] if self.counts.get(Outcome.CANCELLED) else []
        return [(str(Outcome(name).label).capitalize(), self.counts.get(name, 0)) for name in (*COUNTED, *stopped)]

    @property
    def label(self) -> str:
        return ngettext("%(done)s of %(whole)s item", "%(done)s of %(whole)s items", self.whole) % {
            "done": self.done,
            "whole": self.whole,
        }

    @property
    def note(self) -> str:
        return f"{100 * self.done // self.whole}%" if self.whole else ""

    @property
    def quarter(self) -> int:
        """How many quarters are over: what is said aloud changes four times, not at every poll."""
        return 4 * self.done // self.whole if self.whole else 4


def progress_of(batch: ImportBatch, *, at: datetime) -> Progress:
    """Count an import's items by outcome, and those a dead worker may hold, in two queries."""
    counts = batch.outcome_counts()
    if not counts.get(Outcome.RUNNING):
        return Progress(counts)
    silent, first = batch.silent_items(since=at - SILENT_AFTER)
    return Progress(counts, silent, first + LEASE if first else None)


@dataclass(frozen=True)
class Line:
    """One item as the page shows it."""

    item: ImportItem
    title: str
    place: str
    state: str
    mark: str
    reason: str
    can_retry: bool
    needs_date: bool


def line_of(item: ImportItem) -> Line:
    """Return an item in the words of the page, in the reader's language."""
    title = item.article.headline if item.article else ""
    return Line(
        item=item,
        title=title or item.source,
        place=item.source if title else "",
        state=str(Outcome(item.outcome).label),
        mark=MARKS[item.outcome],
        reason=reason_of(item),
        can_retry=item.outcome == Outcome.FAILED and item.is_retriable,
        needs_date=item.reason_code == "no_date",
    )


def state_of(batch: ImportBatch, failed: int) -> tuple[str, str]:
    """Return the word for how an import ended or stands, and its mark."""
    if batch.state == ImportBatch.State.DONE:
        if failed:
            return ngettext("Done, %(count)s failed", "Done, %(count)s failed", failed) % {
                "count": failed
            }, "partly_fulfilled"
        return _("Done"), "fulfilled"
    marks: dict[str, Any] = {"cancelled": "stalled", "running": "in_progress", "queued": "not_started"}
    return str(batch.get_state_display()).capitalize(), marks.get(batch.state, "not_rated")
