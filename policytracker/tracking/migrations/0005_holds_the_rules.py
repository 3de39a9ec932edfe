"""The rules of the record, held by the database on every path: page, admin, API, shell, raw SQL.

The SQL stands in `rules/`, in reading order. Plain triggers rather than those of a library, because a library's can be
switched off by a setting that anybody may set. A later change of a rule is a migration that replaces its function.
"""

from pathlib import Path

from django.db import migrations

from policytracker.database import functions

SQL = Path(__file__).parent / "rules"
PARTS = ("shared", "passages", "assessments", "changes", "judging")


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0004_keeps_timelines"),
        ("government", "0001_initial"),
        ("articles", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "\n".join((SQL / f"{part}.sql").read_text() for part in PARTS), functions.dropped("tracking_rule_.*")
        ),
    ]
