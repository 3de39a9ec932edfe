"""A published field changes only in the transaction that tells it in the ledger, on whichever path.

The SQL stands in `ledger/`, in reading order. Kinds and columns stand in `values.sql`: a migration that adds a column
to a protected table replaces that function and the table's triggers.
"""

from pathlib import Path

from django.db import migrations

from policytracker.database import functions

SQL = Path(__file__).parent / "ledger"
PARTS = ("values", "writing", "reading")


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0005_holds_the_rules"),
        ("government", "0001_initial"),
        ("articles", "0003_keeps_snapshots"),
    ]

    operations = [
        migrations.RunSQL(
            "\n".join((SQL / f"{part}.sql").read_text() for part in PARTS), functions.dropped("tracking_ledger_.*")
        ),
    ]
