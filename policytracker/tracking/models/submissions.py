"""Forms that were stored, so that the same one sent twice is stored once."""

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """A form's key, and the row that was made of it. A second row with the key waits for the first, and fails."""

    key = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_kind = models.CharField(max_length=40)
    made_id = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.made_kind} {self.made_id}"
