"""What somebody is done with in their inbox, until it changes."""

from django.conf import settings
from django.db import models


class SetAside(models.Model):
    """One line of one section of a user's inbox, put aside at a moment; it waits again once it changed after that."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    section = models.CharField(max_length=20)
    row = models.CharField(
        max_length=40, help_text="The row's key; with its kind before it where a section has several."
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "section", "row"], name="line_is_set_aside_once")]

    def __str__(self) -> str:
        return f"{self.section} {self.row}"
