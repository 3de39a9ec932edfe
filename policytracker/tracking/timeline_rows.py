"""Which lines stand on a page of a timeline, and in which order. Reads one table; knows nothing of what a line tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from .models import TimelineEvent
from .moments import Moment

Kind = TimelineEvent.Kind

# Kinds whose lines may lie ahead of the day a timeline is asked for: they are cut by the days on which they hold.
AHEAD = (Kind.DEADLINE, Kind.MILESTONE)
COUNTED_EXACTLY = 1000  # beyond it a count costs more than it tells
BEGINNING, END = date(1, 1, 1), date(9999, 12, 30)

# `wanted` holds one row for each kept timeline to look at: with a kind, its lines of that kind; without, all but those
# that may lie ahead. Each is an index walk that stops after a page, however long the timeline.
WANTED = """
    unnest(%(subject_kinds)s::text[], %(subject_ids)s::bigint[], %(kinds)s::text[], %(since)s::date[],
        %(until)s::date[]) AS wanted (subject_kind, subject_id, kind, since, until)
"""
STANDS = """
    e.subject_kind = wanted.subject_kind AND e.subject_id = wanted.subject_id
    AND e.recorded_at <= %(known_at)s AND (e.retired_at IS NULL OR e.retired_at > %(known_at)s)
    AND e.holds_from <= %(as_of)s AND (e.holds_until IS NULL OR e.holds_until > least(%(as_of)s, e.happened_on))
    AND e.at >= wanted.since AND e.at < wanted.until + 1
"""
UNLIMITED_KIND = "wanted.kind = '' AND e.kind <> ALL (%(ahead)s) AND e.at < %(as_of)s::date + 1"
ONE_KIND = "wanted.kind <> '' AND e.kind = wanted.kind"

PAGE = f"""
    SELECT DISTINCT ON (line.at, line.source_id, line.kind, line.variant) line.*
    FROM {WANTED} CROSS JOIN LATERAL (
        (SELECT e.* FROM tracking_timelineevent e WHERE {UNLIMITED_KIND} AND {STANDS} {{beyond}}
         ORDER BY e.at {{order}}, e.source_id {{order}} LIMIT %(limit)s)
        UNION ALL
        (SELECT e.* FROM tracking_timelineevent e WHERE {ONE_KIND} AND {STANDS} {{beyond}}
         ORDER BY e.at {{order}}, e.source_id {{order}} LIMIT %(limit)s)
    ) line
    ORDER BY line.at {{order}}, line.source_id {{order}}, line.kind, line.variant LIMIT %(limit)s
"""  # noqa: S608 put together from the constants above

# The lines of each period, told once however many streams they stand on; never more than it takes to say "many".
IN_PERIOD = f"""
    wanted CROSS JOIN LATERAL (
        (SELECT e.at, e.source_id, e.kind, e.variant FROM tracking_timelineevent e
         WHERE {UNLIMITED_KIND} AND {STANDS} AND e.at >= period.starts_on AND e.at < period.ends_on LIMIT %(limit)s)
        UNION ALL
        (SELECT e.at, e.source_id, e.kind, e.variant FROM tracking_timelineevent e
         WHERE {ONE_KIND} AND {STANDS} AND e.at >= period.starts_on AND e.at < period.ends_on LIMIT %(limit)s)
    ) line
"""  # noqa: S608 put together from the constants above
TOLD_ONCE = "count(DISTINCT (line.at, line.source_id, line.kind, line.variant))"

MONTHS = f"""
    WITH wanted AS MATERIALIZED (SELECT * FROM {WANTED}),
    period AS (
        SELECT starts_on, (starts_on + interval '1 month')::date AS ends_on FROM unnest(%(months)s::date[]) starts_on
    )
    SELECT starts_on, {TOLD_ONCE} FROM period CROSS JOIN {IN_PERIOD} GROUP BY starts_on
"""  # noqa: S608 put together from the constants above

YEARS = f"""
    WITH wanted AS MATERIALIZED (SELECT * FROM {WANTED}),
    span AS (
        SELECT min(first.at) AS first, max(last.at) AS last
        FROM wanted,
        LATERAL (SELECT e.at FROM tracking_timelineevent e WHERE e.subject_kind = wanted.subject_kind
            AND e.subject_id = wanted.subject_id ORDER BY e.at LIMIT 1) first,
        LATERAL (SELECT e.at FROM tracking_timelineevent e WHERE e.subject_kind = wanted.subject_kind
            AND e.subject_id = wanted.subject_id ORDER BY e.at DESC LIMIT 1) last
    ),
    period AS (
        SELECT year, make_date(year, 1, 1) AS starts_on, make_date(year + 1, 1, 1) AS ends_on
        FROM span, generate_series(extract(year FROM first)::int, extract(year FROM last)::int) year
    )
    SELECT year, {TOLD_ONCE} FROM period CROSS JOIN {IN_PERIOD}
    GROUP BY year ORDER BY year DESC
"""  # noqa: S608 put together from the constants above

# What was told for the first time: a line that a correction moved is no news, its correction is. One question for each
# stream, with its values in it: the planner knows how long that stream is, and walks the index of what we knew when.
NEWS_OF_ONE = f"""
    (SELECT e.* FROM (
        SELECT %(subject_kind_{{n}})s::text AS subject_kind, %(subject_id_{{n}})s::bigint AS subject_id,
            %(kind_{{n}})s::text AS kind, %(since_{{n}})s::date AS since, %(until_{{n}})s::date AS until
    ) wanted, LATERAL (
        SELECT e.* FROM tracking_timelineevent e
        WHERE {STANDS} AND e.recorded_at > %(told_until)s AND (wanted.kind = '' OR e.kind = wanted.kind)
            AND (e.kind <> 'deadline' OR wanted.kind = 'deadline')
            AND NOT EXISTS (
                SELECT FROM tracking_timelineevent told
                WHERE told.kind = e.kind AND told.source_id = e.source_id AND told.subject_kind = e.subject_kind
                    AND told.subject_id = e.subject_id AND told.variant = e.variant AND told.recorded_at < e.recorded_at
            )
        ORDER BY e.recorded_at DESC LIMIT %(limit)s
    ) e)
"""  # noqa: S608 put together from the constants above
NEWS = """
    SELECT DISTINCT ON (line.recorded_at, line.at, line.source_id, line.kind, line.variant) line.*
    FROM ({of_each}) line
    ORDER BY line.recorded_at DESC, line.at DESC, line.source_id DESC, line.kind, line.variant LIMIT %(limit)s
"""


class NotAPage(ValueError):
    """The address asks for a page that no timeline has. `str()` is a sentence for the visitor."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The lines kept for one subject, from a day until a day (both included); of one kind where it is named."""

    subject_kind: str
    subject_id: int
    since: date = BEGINNING
    until: date = END
    kind: str = ""

    def between(self, since: date, until: date) -> Stream:
        """Those of its lines that lie between the two days, both included."""
        return replace(self, since=max(self.since, since), until=min(self.until, until))


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two lines. Written into addresses, it stays where it is while lines are added elsewhere."""

    at: datetime
    source_id: int
    is_before: bool = False  # the page that ends here, not the one that starts here

    def __str__(self) -> str:
        return f"{'~' if self.is_before else ''}{self.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.source_id}"

    @classmethod
    def parse(cls, words: str) -> Place:
        """The place that an address names. Raises NotAPage."""
        try:
            at, source_id = words.removeprefix("~").split("-")
            moment = datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
            number = int(source_id)
        except ValueError:
            raise NotAPage(_("There is no such page of this timeline. Start again from its first page.")) from None
        if not 0 <= number < 2**63:
            raise NotAPage(_("There is no such page of this timeline. Start again from its first page."))
        return cls(moment, number, words.startswith("~"))


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that is exact up to a thousand; `str()` says “1,000+” beyond."""

    number: int

    @property
    def is_exact(self) -> bool:
        """Whether the number is the count itself and not its lower bound."""
        return self.number <= COUNTED_EXACTLY

    def __str__(self) -> str:
        return f"{self.number:,}" if self.is_exact else f"{COUNTED_EXACTLY:,}+"


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a timeline: how many lines, and the page (an address' `page=`) that starts with it."""

    year: int
    tally: Tally
    page: str


def rows_of(
    streams: Sequence[Stream],
    moment: Moment,
    *,
    kinds: Iterable[str] | None = None,
    place: Place | None = None,
    newest_first: bool = True,
    limit: int,
) -> list[TimelineEvent]:
    """Up to `limit` lines from `place` on, in reading order; a line that stands on several streams comes once."""
    backwards = place is not None and place.is_before
    descending = newest_first is not backwards
    beyond = f"AND (e.at, e.source_id) {'<' if descending else '>'} (%(at)s, %(source_id)s)" if place else ""
    sql = PAGE.format(order="DESC" if descending else "ASC", beyond=beyond)
    values = _asked(streams, moment, kinds) | {"limit": limit}
    if place:
        values |= {"at": place.at, "source_id": place.source_id}
    rows = list(TimelineEvent.objects.raw(sql, values))
    return rows[::-1] if backwards else rows


def years_of(
    streams: Sequence[Stream], moment: Moment, *, kinds: Iterable[str] | None = None, newest_first: bool = True
) -> list[Year]:
    """The years in which something stands on the timeline, in reading order, each with its count."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS, _asked(streams, moment, kinds) | {"limit": COUNTED_EXACTLY + 1})
        counted = cursor.fetchall()
    years = [Year(year, Tally(count), _page_of(year, newest_first)) for year, count in counted]
    return years if newest_first else years[::-1]


def months_of(streams: Sequence[Stream], moment: Moment, *, months: int) -> list[tuple[date, Tally]]:
    """The last months up to the day asked for, oldest first, each by its first day with its count."""
    first = moment.as_of.replace(day=1)
    starts = [_month_before(first, back) for back in range(months - 1, -1, -1)]
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, _asked(streams, moment, None) | {"limit": COUNTED_EXACTLY + 1, "months": starts})
        counted = dict(cursor.fetchall())
    return [(start, Tally(counted.get(start, 0))) for start in starts]


def news_rows(
    streams: Sequence[Stream],
    moment: Moment,
    *,
    told_until: datetime,
    limit: int,
    kinds: Iterable[str] | None = None,
) -> list[TimelineEvent]:
    """Up to `limit` lines that entered the record after `told_until`, the latest first. Deadlines only where asked for."""
    asked = _asked(streams, moment, kinds, apart=False)
    wanted = zip(
        asked["subject_kinds"], asked["subject_ids"], asked["kinds"], asked["since"], asked["until"], strict=True
    )
    names = ("subject_kind", "subject_id", "kind", "since", "until")
    each = [{f"{name}_{n}": value for name, value in zip(names, one, strict=True)} for n, one in enumerate(wanted)]
    if not each:
        return []
    sql = NEWS.format(of_each=" UNION ALL ".join(NEWS_OF_ONE.format(n=n) for n in range(len(each))))
    values = asked | {"told_until": told_until, "limit": limit}
    return list(TimelineEvent.objects.raw(sql, reduce(or_, each, values)))


def _page_of(year: int, newest_first: bool) -> str:
    day = date(year + 1, 1, 1) if newest_first else date(year, 1, 1)
    return str(Place(datetime.combine(day, time.min, UTC), 0))


def _month_before(first: date, back: int) -> date:
    number = first.year * 12 + first.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _asked(
    streams: Sequence[Stream], moment: Moment, kinds: Iterable[str] | None, *, apart: bool = True
) -> dict[str, Any]:
    """The parameters all three questions share. `apart`: kinds that may lie ahead are streams of their own."""
    wanted = [
        (stream, kind) for stream in streams for kind in _kinds_of(stream, None if kinds is None else set(kinds), apart)
    ]
    return {
        "subject_kinds": [stream.subject_kind for stream, _kind in wanted],
        "subject_ids": [stream.subject_id for stream, _kind in wanted],
        "kinds": [str(kind) for _stream, kind in wanted],
        "since": [stream.since for stream, _kind in wanted],
        "until": [min(stream.until, END) for stream, _kind in wanted],
        "as_of": min(moment.true_by, END - timedelta(days=1)),
        "known_at": moment.known_at,
        "ahead": [str(kind) for kind in AHEAD],
    }


def _kinds_of(stream: Stream, kinds: set[str] | None, apart: bool) -> list[str]:
    if stream.kind:
        return [stream.kind] if kinds is None or stream.kind in kinds else []
    if kinds is not None:
        return sorted(kinds)
    return ["", *AHEAD] if apart else [""]
