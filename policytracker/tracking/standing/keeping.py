"""Keeps where commitments stand by everything on record, and tells whether what is kept is what the record says.

Triggers remove what no longer holds (`migrations/standing/falling.sql`); a commitment without a kept standing is
computed wherever it is asked for. So nothing depends on when this runs but how long a page of very many takes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from policytracker.government.models import Commitment
from policytracker.tracking.models import KeptStanding
from policytracker.tracking.moments import Moment

from .whole import SQL, statement

AT_ONCE = 5000  # commitments in one transaction: who writes about one of them waits that long
EVERYTHING = Moment(date.max, datetime.max.replace(tzinfo=UTC))

# Whoever is writing about a commitment holds a lock on it: it is passed over, and kept the next time.
TO_KEEP = """
    SELECT id FROM government_commitment c
    WHERE recorded_at IS NOT NULL AND id > %s
        AND NOT EXISTS (SELECT FROM tracking_keptstanding k WHERE k.commitment_id = c.id)
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""
COLUMNS = """commitment_id, told_at, true_on, status, judged_on, is_concluded, is_ended, condition, open_on,
    first_open_on, last_open_on"""
ANSWERS = """SELECT id AS commitment_id, told_at, true_on, status, judged_on, is_concluded, is_ended, condition, open_on,
    first_open_on, last_open_on FROM computed JOIN rests_on USING (id)"""
WITH_ANSWERS = f", answers AS ({ANSWERS}) SELECT * FROM answers"  # noqa: S608 put together from the constants above
FAULTS = f"""
    , answers AS MATERIALIZED ({ANSWERS}), kept AS MATERIALIZED (SELECT {COLUMNS} FROM tracking_keptstanding)
    SELECT DISTINCT commitment_id FROM (
        SELECT * FROM kept EXCEPT SELECT * FROM answers
    ) stray ORDER BY commitment_id
"""  # noqa: S608 put together from the constants above


def keep_standings() -> int:
    """Keep the standing of every published commitment that has none; answers how many were kept."""
    kept = last = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TO_KEEP, [last, AT_ONCE])
            numbers = [pk for (pk,) in cursor.fetchall()]
            if not numbers:
                return kept
            cursor.execute(*_kept_now(numbers))
            kept += cursor.rowcount
        last = numbers[-1]


def keep_standings_anew() -> int:
    """Forget every kept standing and keep them again; answers how many were kept."""
    KeptStanding.objects.all().delete()
    return keep_standings()


def stray_standings() -> list[int]:
    """The numbers of the commitments whose kept standing is not what the record says; empty when all is well."""
    sql, values = _computed(FAULTS, Commitment.objects.filter(kept_standing__isnull=False))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]


def _kept_now(numbers: list[int]) -> tuple[str, dict[str, Any]]:
    sql, values = _computed(WITH_ANSWERS, Commitment.objects.filter(pk__in=numbers))
    return f"INSERT INTO tracking_keptstanding ({COLUMNS}) {sql} ON CONFLICT DO NOTHING", values


def _computed(question: str, commitments: QuerySet[Commitment]) -> tuple[str, dict[str, Any]]:
    rests_on = (SQL / "rests_on.sql").read_text()
    return statement(f"{rests_on} {question}", commitments, EVERYTHING, may_be_kept=False)
