"""Where commitments stand, counted over the whole record in one pass of the database.

The columns of `status.py` answer row by row, which suits a page of fifty. A count over a hundred thousand asks
`sql/states.sql` instead. The tests hold both, and `decide`, to one answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from policytracker.government.models import Commitment
from policytracker.tracking.moments import Moment

SQL = Path(__file__).with_name("sql")
GROUPS = {
    "": "1",
    "lead_ministry": "lead_ministry_id",
    "initiative": "initiative_id",
    "made_by__official": "official_id",
}

COUNTED = """
    SELECT {group}, verifiability, condition, is_concluded, is_ended, status, missed_on IS NOT NULL, count(*),
        max(judged_on)
    FROM states LEFT JOIN (SELECT id AS made_by_id, official_id FROM government_membership) made USING (made_by_id)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
NEAREST = """
    (SELECT id FROM open_ones WHERE missed_on IS NOT NULL ORDER BY missed_on DESC, id LIMIT {limit})
    UNION
    (SELECT id FROM open_ones WHERE next_on IS NOT NULL ORDER BY next_on, id LIMIT {limit})
"""
NEAR = ", open_ones AS MATERIALIZED (SELECT id, missed_on, next_on FROM states) " + NEAREST  # noqa: S608
# Of each count, which they are and when they were made, in days since 1970.
MEMBERS = COUNTED.replace("max(judged_on)", "max(judged_on), array_agg(id), array_agg(made_on - date '1970-01-01')")
# Both questions of one pass: the numbers stand in a column that the counts leave empty.
COUNTED_AND_NEAR = f"""
    , open_ones AS MATERIALIZED (SELECT * FROM states), near AS ({NEAREST})
    SELECT *, NULL::bigint FROM ({COUNTED.replace("FROM states", "FROM open_ones")}) counted
    UNION ALL
    SELECT NULL, '', '', false, false, '', false, 0, NULL, id FROM near
"""  # noqa: S608 put together from the constants above
OPEN = """, open_ones AS MATERIALIZED (SELECT id, coalesce(missed_on, next_on) AS day FROM states)
    SELECT id, day FROM open_ones WHERE (day, id) > (%(after_day)s, %(after_id)s) ORDER BY day, id LIMIT {limit}
"""


@dataclass(frozen=True, slots=True)
class Group:
    """How many commitments of one subject stand alike; `judged_on` is the newest verdict among theirs."""

    key: Any
    verifiability: str
    condition: str
    is_concluded: bool
    is_ended: bool
    status: str
    is_overdue: bool
    count: int
    judged_on: date | None


def groups_of(commitments: QuerySet[Commitment], moment: Moment, *, by: str = "", rubric: str = "") -> list[Group]:
    """The commitments by a subject (a key of `GROUPS`) and where they stand; as the record said at the moment."""
    rows = _asked(COUNTED.format(group=GROUPS[by]), commitments, moment, rubric)
    return [Group(*row) for row in rows]


def groups_and_near(
    commitments: QuerySet[Commitment], moment: Moment, *, by: str = "", limit: int
) -> tuple[list[Group], list[int]]:
    """Both `groups_of` and `near_ids`, at the price of one."""
    rows = _asked(COUNTED_AND_NEAR.format(group=GROUPS[by], limit=int(limit)), commitments, moment)
    return [Group(*row[:-1]) for row in rows if row[-1] is None], [row[-1] for row in rows if row[-1] is not None]


def months_of(commitments: QuerySet[Commitment], moment: Moment) -> list[tuple[str, bool, date, date | None, int]]:
    """How many were made in each month (status “”), and stood at each status from one month until another."""
    return _asked(_text("history.sql"), commitments, moment, may_be_kept=False)


def members_of(commitments: QuerySet[Commitment], moment: Moment) -> list[tuple[Group, list[int], list[int]]]:
    """Where the commitments stand, with the numbers of those that stand so and the days they were made, since 1970."""
    rows = _asked(MEMBERS.format(group=GROUPS[""]), commitments, moment)
    return [(Group(*told), ids, days) for *told, ids, days in rows]


def near_ids(commitments: QuerySet[Commitment], moment: Moment, *, limit: int) -> list[int]:
    """Those with the latest missed deadlines and those with the nearest to come, up to `limit` of each."""
    return [pk for (pk,) in _asked(NEAR.format(limit=int(limit)), commitments, moment)]


def open_ids(
    commitments: QuerySet[Commitment], moment: Moment, *, after: tuple[date, int], limit: int
) -> list[tuple[int, date]]:
    """Those with an open deadline, by the last that was missed, else the next to come; up to `limit` after a place."""
    place: dict[str, Any] = {"after_day": after[0], "after_id": after[1]}
    return [(pk, day) for pk, day in _asked(OPEN.format(limit=int(limit)), commitments, moment, **place)]


def missed_ids(commitments: QuerySet[Commitment], moment: Moment) -> list[int]:
    """The overdue ones."""
    return [pk for (pk,) in _asked("SELECT id FROM states WHERE missed_on IS NOT NULL", commitments, moment)]


def states_of(commitments: QuerySet[Commitment], moment: Moment) -> list[tuple[int, str, bool]]:
    """The number of each, its status, and whether it is overdue."""
    return _asked("SELECT id, status, missed_on IS NOT NULL FROM states", commitments, moment)


def statuses_of(commitments: QuerySet[Commitment], moment: Moment) -> dict[int, str]:
    """The status of each, by number."""
    return dict(_asked("SELECT id, status FROM states", commitments, moment))


def _asked(
    question: str,
    commitments: QuerySet[Commitment],
    moment: Moment,
    rubric: str = "",
    may_be_kept: bool = True,
    **more: Any,
) -> list[Any]:
    sql, values = statement(question, commitments, moment, rubric=rubric, may_be_kept=may_be_kept)
    with connection.cursor() as cursor:
        cursor.execute(sql, values | more)
        return cursor.fetchall()


def statement(
    question: str, commitments: QuerySet[Commitment], moment: Moment, *, rubric: str = "", may_be_kept: bool = True
) -> tuple[str, dict[str, Any]]:
    """The SQL that asks a question of the `states` of these commitments, and its values.

    Unless `may_be_kept`, all of them are computed, whatever is kept. Under one rubric nothing is kept.
    """
    try:
        wanted, given = _named(*commitments.order_by().values("pk").query.sql_with_params())
    except EmptyResultSet:  # a QuerySet that the ORM knows to be empty
        wanted, given = "SELECT NULL::bigint WHERE false", {}
    values: dict[str, Any] = {
        "known_at": moment.known_at,
        "as_of": moment.as_of,
        "true_by": moment.true_by,
        "is_present": moment.is_present,
        "zone": settings.TIME_ZONE,
        "rubric": rubric,
        "may_be_kept": may_be_kept and not rubric,
    }
    return f"WITH wanted (id) AS MATERIALIZED ({wanted}), {_text('states.sql')} {question}", values | given


def _named(sql: str, values: Any) -> tuple[str, dict[str, Any]]:
    """The SQL with names for its values, which a QuerySet gives by their place."""
    names = [f"asked_{number}" for number in range(len(values))]
    left = iter(names)
    return re.sub(r"%%|%s", lambda found: found[0] if found[0] == "%%" else f"%({next(left)})s", sql), dict(
        zip(names, values, strict=True)
    )


@cache
def _text(name: str) -> str:
    return (SQL / name).read_text()
