"""Looks after the kept timelines: do they say what the record says, and if not, once more from the beginning."""

from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is missing from a timeline, or stands there and should not."""

    fault: str
    kind: str
    line: str

    def __str__(self) -> str:
        return f"{self.fault} {self.kind} {self.line}"


def faults() -> list[Fault]:
    """Every difference between the kept lines and the record; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fault, kind, line::text FROM tracking_timeline_faults()")
        return [Fault(*row) for row in cursor.fetchall()]


def rebuild() -> int:
    """Write every line anew and answer their number; writers wait, and readers at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tracking_timeline_rebuild()")
        return cursor.fetchone()[0]
