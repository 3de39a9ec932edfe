"""Appointments stand on the timeline of the official, and the post, that the record named at the moment.

The SQL stands in `timeline/appointments.sql`; every line is written anew once.
"""

from pathlib import Path

from django.db import migrations

from policytracker.database import functions

SQL = Path(__file__).parent / "timeline"


def _as_it_was() -> str:
    """The function as it stood before, and the lines by it."""
    function = functions.put_back((SQL / "offices.sql").read_text(), "tracking_lines_of_appointment")
    return f"{function}\nSELECT tracking_timeline_rebuild();"


class Migration(migrations.Migration):
    dependencies = [("tracking", "0009_refuses_circles_and_late_holders")]

    operations = [migrations.RunSQL((SQL / "appointments.sql").read_text(), _as_it_was())]
