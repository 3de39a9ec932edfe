"""Where commitments stand by everything on record, kept so that a page need not ask of each again."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from policytracker.government.models import Commitment


class KeptStanding(models.Model):
    """What `standing/sql/states.sql` answers of one commitment when nothing is left out; never written by hand.

    It holds for every moment that knows all it rests on, recorded by `told_at` and true by `true_on`; for an earlier
    moment, and where there is no such row, the answer is computed. Triggers remove the row when anything it rests on
    changes (`migrations/standing/`), `standing/keeping.py` adds it again. No day stands in it that passes by itself:
    `open_on` are the open deadlines, which a page holds against its own day.
    """

    # A trigger removes it with its commitment.
    commitment = models.OneToOneField(Commitment, models.DO_NOTHING, primary_key=True, related_name="kept_standing")
    told_at = models.DateTimeField()
    true_on = models.DateField()
    status = models.CharField(max_length=30)
    judged_on = models.DateField(null=True)
    is_concluded = models.BooleanField()
    is_ended = models.BooleanField()
    condition = models.CharField(max_length=10, blank=True)
    open_on = ArrayField(models.DateField())
    first_open_on = models.DateField(null=True)
    last_open_on = models.DateField(null=True)

    objects: Any = models.Manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["first_open_on", "commitment"],
                condition=Q(first_open_on__isnull=False),
                name="kept_standing_open_deadline",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status}"
