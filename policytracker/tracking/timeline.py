"""All that happened to a subject, as one dated list: the same list for pages, feeds, twins, the API and mails.

`timeline_rows.py` picks the lines, `timeline_entries.py` tells what each says. The lines are kept by triggers (see
`migrations/0004_keeps_timelines.py`); nothing here writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .models import TimelineEvent
from .moments import Moment
from .streams import EVERYTHING, streams_by_subject, streams_of
from .timeline_entries import Passage, TimelineEntry, entries_of
from .timeline_rows import (
    BEGINNING,
    COUNTED_EXACTLY,
    END,
    NotAPage,
    Place,
    Tally,
    Year,
    months_of,
    news_rows,
    rows_of,
    years_of,
)

__all__ = [
    "EVERYTHING",
    "NotAPage",
    "Passage",
    "Tally",
    "TimelineEntry",
    "TimelinePage",
    "Year",
    "activity_of",
    "news_of",
    "timeline_of",
]

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of a timeline. `previous` and `next` are the `page=` of the neighbours, empty where there is none.

    `years` is the rail: each year with its count and the page it starts on; `tally` counts all pages together. Both
    are empty where they were not asked for.
    """

    entries: list[TimelineEntry]
    previous: str
    next: str
    tally: Tally | None
    years: list[Year]


def timeline_of(
    subject: Any,
    moment: Moment,
    kinds: Iterable[str] | None = None,
    page: str | None = None,
    newest_first: bool = True,
    *,
    size: int = PAGE_SIZE,
    since: date = BEGINNING,
    until: date = END,
    with_years: bool = True,
    with_responsible: bool = True,
) -> TimelinePage:
    """What happened to a subject, as known at the moment.

    `subject` is a commitment, initiative, ministry, official, post, topic or tag, a list of them, or `EVERYTHING`.
    `kinds` are keys of `TimelineEvent.Kind`; `since` and `until` are days, both included; `page` is the `next`,
    `previous` or a year's `page` of an earlier answer. Raises NotAPage, with a sentence, for a page no timeline has.
    """
    streams = [stream.between(since, until) for stream in streams_of(subject, moment)]
    kinds = None if kinds is None else list(kinds)
    place = Place.parse(page) if page else None
    rows = rows_of(streams, moment, kinds=kinds, place=place, newest_first=newest_first, limit=size + 1)
    has_more = len(rows) > size
    is_backwards = place is not None and place.is_before
    rows = rows[-size:] if is_backwards else rows[:size]
    years = years_of(streams, moment, kinds=kinds, newest_first=newest_first) if with_years else []
    return TimelinePage(
        entries=entries_of(rows, moment, with_responsible=with_responsible),
        previous=_before(rows) if (has_more if is_backwards else place is not None) else "",
        next=_after(rows) if (has_more or is_backwards) else "",
        tally=_total(years) if with_years else None,
        years=years,
    )


def activity_of(subject: Any, moment: Moment, *, months: int) -> list[tuple[date, Tally]]:
    """How much happened to a subject in each of the last months: the month's first day and its count, oldest first."""
    return months_of(streams_of(subject, moment), moment, months=months)


def news_of(
    subjects: Sequence[Any],
    moment: Moment,
    *,
    told_until: datetime,
    limit: int = PAGE_SIZE,
    kinds: Sequence[str] | None = None,
) -> list[tuple[Any, TimelineEntry]]:
    """What entered the record on these subjects after `told_until`, the latest first, each with its subject.

    `kinds` are keys of `TimelineEvent.Kind`. What several of the subjects share comes once, with the first of them.
    """
    by_stream: dict[tuple[str, int], Any] = {}
    streams = []
    for subject, stream in streams_by_subject(subjects, moment):
        by_stream.setdefault((stream.subject_kind, stream.subject_id), subject)
        streams.append(stream)
    rows = news_rows(streams, moment, told_until=told_until, limit=limit, kinds=kinds)
    told = {entry.key: entry for entry in entries_of(rows, moment)}
    keyed = {f"{row.kind}:{row.source_id}:{row.variant}": row for row in reversed(rows)}
    return [
        (by_stream[keyed[key].subject_kind, keyed[key].subject_id], entry)
        for key, entry in told.items()
        if key in keyed
    ]


def _before(rows: Sequence[TimelineEvent]) -> str:
    return str(Place(rows[0].at, rows[0].source_id, is_before=True)) if rows else ""


def _after(rows: Sequence[TimelineEvent]) -> str:
    return str(Place(rows[-1].at, rows[-1].source_id)) if rows else ""


def _total(years: Sequence[Year]) -> Tally:
    return Tally(min(sum(year.tally.number for year in years), COUNTED_EXACTLY + 1))
