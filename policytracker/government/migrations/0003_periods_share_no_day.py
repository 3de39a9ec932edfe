"""Two periods of one recurring commitment share no day, on whichever path they are written."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations
from django.db.models.functions import Greatest

from policytracker.government.models.commitments import ClosedDateRange


class Migration(migrations.Migration):
    dependencies = [("government", "0002_keeps_addresses")]

    operations = [
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=ExclusionConstraint(
                name="periods_of_a_series_share_no_day",
                expressions=[
                    ("commitment", "="),
                    (ClosedDateRange("period_start", Greatest("period_start", "period_end")), "&&"),
                ],
                violation_error_message="Another period of this commitment covers some of these days.",
            ),
        ),
    ]
