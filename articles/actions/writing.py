"""The lock under which articles are written: one writer at a time, in all processes."""

from datetime import datetime

from django.db import connection

WRITING = 5_417_001  # key of the advisory lock; any number that nothing else uses


def write_alone(at: datetime) -> None:
    """Wait until nobody else writes articles; the lock falls with the transaction, also when the worker is killed.

    And tell the database that details change because the source says so, and since when we know: of a published
    article nobody else may change them without a correction that says why.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s), set_config('policytracker.hears', 'source', true),"
            " set_config('policytracker.at', %s, true)",
            [WRITING, at.isoformat()],
        )


def newest() -> tuple[int | None, int | None]:
    """Return the numbers of the newest text and address: whoever writes an article or a new text of one moves them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(id) FROM articles_snapshot), (SELECT max(id) FROM articles_articleaddress)")
        return cursor.fetchone()


def next_ids(count: int) -> list[tuple[int, int]]:
    """Return so many numbers for new articles, each with one for its snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('articles_article', 'id')),"
            " nextval(pg_get_serial_sequence('articles_snapshot', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return cursor.fetchall()
