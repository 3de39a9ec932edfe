"""Makes a small record a big one: copies of what is there, by SQL, in a moment."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from policytracker.tracking.standing.keeping import keep_standings_anew
from policytracker.tracking.timeline_keeping import rebuild

# What each copy differs in, in SQL over its number `n` and its place `m`, counted from 0; `:count` is how many commitments there will be, `:shared`
# how many of a hundred copies stay with the subject that was there before, so that its own page grows too.
LATER = "recorded_at + n * interval '1 second'"  # one transaction each, as it would be in earnest
TABLES: dict[str, tuple[float, dict[str, str]]] = {
    "government_ministry": (0.01, {"slug": "'m' || n", "name": "'Ministry ' || n"}),
    "government_post": (0.01, {"slug": "'p' || n", "ministry_id": "(SELECT max(id) FROM government_ministry) - m"}),
    "government_official": (0.01, {"slug": "'o' || n", "name": "'Official ' || n"}),
    "government_initiative": (0.05, {"slug": "'i' || n", "name": "'Initiative ' || n"}),
    "government_membership": (
        0.02,
        {
            "official_id": "(SELECT min(id) FROM government_official) + n % :tenth",
            "post_id": "CASE WHEN n % 100 < :shared THEN post_id"
            " ELSE (SELECT max(id) FROM government_post) - m % :ministries END",
            "started_on": "started_on - 2 * (n + 1)",
            "ended_on": "started_on - 2 * n - 1",
            "ended_precision": "'day'",
            "exclusive_tenure": "NULL",
        },
    ),
    "government_commitment": (
        1,
        {
            "recorded_at": LATER,
            "slug": "'c' || n",
            "statement": "'Publish report ' || n",
            "made_on": "made_on - (n * 370 % 700)",
            "due_on": "CASE WHEN n % 3 = 0 THEN due_on + (n % 1400) END",
            "due_precision": "CASE WHEN n % 3 = 0 THEN due_precision ELSE '' END",
            "lead_ministry_id": "CASE WHEN n % 100 < :shared THEN lead_ministry_id"
            " ELSE (SELECT max(id) FROM government_ministry) - m % :ministries END",
            "made_by_id": "CASE WHEN n % 100 < :shared THEN made_by_id"
            " ELSE (SELECT max(id) FROM government_membership) - m % greatest(:count / 50, 1) END",
            "initiative_id": "CASE WHEN n % 100 < :shared THEN initiative_id"
            " ELSE (SELECT max(id) FROM government_initiative) - m % greatest(:count / 20, 1) END",
        },
    ),
    "government_commitment_topics": (0.2, {"commitment_id": "(SELECT max(id) FROM government_commitment) - m"}),
    "articles_article": (
        1,
        {
            "recorded_at": LATER,
            "headline": "'Report ' || n",
            "published_on": "published_on - (n % 900)",
            "current_snapshot_id": "NULL",
        },
    ),
    "articles_snapshot": (0.2, {"article_id": "(SELECT max(id) FROM articles_article) - m"}),
    "tracking_evidence": (
        1,
        {
            "recorded_at": LATER,
            "commitment_id": "(SELECT max(id) FROM government_commitment) - m % :count",
            "snapshot_id": "(SELECT max(id) FROM articles_snapshot) - m % greatest(:count / 5, 1)",
            "annotation_id": "NULL",
        },
    ),
    "tracking_assessment": (
        2,
        {
            "recorded_at": LATER,
            "commitment_id": "(SELECT max(id) FROM government_commitment) - m % :count",
            "effective_from": "effective_from + (n / :count * 90)::int",
            "status": "(ARRAY['in_progress', 'stalled', 'fulfilled', 'not_fulfilled', 'not_started'])[1 + n % 5]",
            "submission_key": "NULL",
        },
    ),
    "tracking_assessmentevidence": (
        2,
        {
            "assessment_id": "(SELECT max(id) FROM tracking_assessment) - m",
            "evidence_id": "(SELECT max(id) FROM tracking_evidence) - m % :count",
        },
    ),
    "tracking_correction": (0.1, {"recorded_at": "recorded_at + n * interval '1 second'"}),
}


def grow(count: int, *, start: int = 0, shared: int = 2, shares: Mapping[str, float] | None = None) -> None:
    """Add `count` commitments and articles with their evidence and verdicts, and some of everything else.

    To grow once more, begin at a `start` beyond the numbers given before. `shares` says of tables how many rows a
    commitment there are, other than above.

    The triggers are off meanwhile: they would check and tell each copy, and take minutes. Timelines and kept standings are
    written anew at the end.
    """
    told = shares or {}
    ministries = max(int(count * told.get("government_ministry", TABLES["government_ministry"][0])), 1)
    with connection.cursor() as cursor:
        for table, (share, instead) in TABLES.items():
            values = {
                column: sql.replace(":count", str(count))
                .replace(":shared", str(shared))
                .replace(":ministries", str(ministries))
                .replace(":tenth", str(max(count // 100, 1)))
                for column, sql in instead.items()
            }
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # what waits to be checked stands in the way of the next line
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            _multiply(cursor, table, start, max(int(count * told.get(table, share)), 1), values)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    rebuild()
    keep_standings_anew()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _multiply(cursor: Any, table: str, start: int, count: int, instead: dict[str, str]) -> None:
    """Copies of the table's first row."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attname <> 'id' AND attgenerated = ''",
        [table],
    )
    names = [name for (name,) in cursor.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(instead.get(name, f'r."{name}"') for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM"
        f" (SELECT * FROM {table} ORDER BY id LIMIT 1) r,"
        f" (SELECT m, m + {start} AS n FROM generate_series(0, {count} - 1) m) numbers ORDER BY n"
    )
