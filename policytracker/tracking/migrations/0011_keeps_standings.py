"""Keeps where commitments stand, until something a standing rests on changes (docs/adr/0014).

The trigger's function stands in `standing/falling.sql`. Nothing is kept yet: the worker does within a minute.
"""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "standing"

PUBLISHED = "SELECT commitment_id FROM changed WHERE recorded_at IS NOT NULL"
# table: the commitments whose standing rests on the rows that changed. A rubric in use is settled, by a rule.
RESTED_ON = {
    "government_commitment": "SELECT id FROM changed WHERE recorded_at IS NOT NULL",
    "government_occurrence": PUBLISHED,
    "tracking_assessment": PUBLISHED,
    "tracking_ruling": "SELECT a.commitment_id FROM changed JOIN tracking_assessment a ON a.id = changed.assessment_id",
    "tracking_deadlinechange": PUBLISHED,
    "tracking_conditionchange": PUBLISHED,
    "tracking_discontinuation": PUBLISHED,
    "tracking_supersession": "SELECT old_id FROM changed WHERE recorded_at IS NOT NULL",
    "tracking_correction": """
        SELECT target_id FROM changed WHERE target_kind = 'commitment'
            AND field IN ('verifiability', 'is_conditional', 'made_on', 'due_on', 'lead_ministry', 'initiative')
        UNION
        SELECT o.commitment_id FROM changed JOIN government_occurrence o ON o.id = changed.target_id
        WHERE changed.target_kind = 'occurrence' AND changed.field = 'due_on'
    """,
}
TRANSITIONS = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS changed",
}


def written() -> str:
    """The SQL of the function, then of the triggers: once a statement, not once a row."""
    triggers = [(SQL / "falling.sql").read_text()]
    for table, rests in RESTED_ON.items():
        argument = rests.replace("'", "''")
        triggers += [
            f"CREATE TRIGGER standing_falls_{event.lower()} AFTER {event} ON {table} REFERENCING {transition} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION tracking_standing_falls('{argument}');"
            for event, transition in TRANSITIONS.items()
        ]
    return "\n".join(triggers)


class Migration(migrations.Migration):
    dependencies = [
        ("government", "0005_names_know_when"),
        ("tracking", "0010_tells_appointments_as_known"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptStanding",
            fields=[
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="kept_standing",
                        serialize=False,
                        to="government.commitment",
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("true_on", models.DateField()),
                ("status", models.CharField(max_length=30)),
                ("judged_on", models.DateField(null=True)),
                ("is_concluded", models.BooleanField()),
                ("is_ended", models.BooleanField()),
                ("condition", models.CharField(blank=True, max_length=10)),
                ("open_on", django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                ("first_open_on", models.DateField(null=True)),
                ("last_open_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("first_open_on__isnull", False)),
                        fields=["first_open_on", "commitment"],
                        name="kept_standing_open_deadline",
                    )
                ],
            },
        ),
        migrations.RunSQL(written(), "DROP FUNCTION tracking_standing_falls() CASCADE;"),
    ]
