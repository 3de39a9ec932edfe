"""More rules of the record, held by the database: no succession in a circle, no holders of posts in a body that is no
more, no rewriting of the names a body bore.

The SQL stands in `rules/`.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "rules"
PARTS = ("circles", "bodies", "names")

TAKEN_BACK = """
DROP FUNCTION tracking_rule_circle() CASCADE;
DROP FUNCTION tracking_rule_holders() CASCADE;
DROP FUNCTION tracking_rule_holders_left(bigint);
DROP FUNCTION tracking_rule_days(date, text);
DROP FUNCTION tracking_rule_name() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0008_covers_verdicts_in_force"),
        ("government", "0005_names_know_when"),
    ]

    operations = [
        migrations.RunSQL("\n".join((SQL / f"{part}.sql").read_text() for part in PARTS), TAKEN_BACK),
    ]
