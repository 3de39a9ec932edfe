"""The one idea of "in the public record": the moment a row entered it, or nothing."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.manager import MultilingualQuerySet


class RecordedQuerySet(MultilingualQuerySet):
    """Rows by their place in the public record."""

    def published(self) -> Self:
        """Rows that visitors may see."""
        return self.filter(recorded_at__isnull=False)

    def known(self, at: datetime) -> Self:
        """Rows that were in the record at the moment `at`."""
        return self.filter(recorded_at__lte=at)

    def drafts(self) -> Self:
        """Rows that only the desk may see."""
        return self.filter(recorded_at__isnull=True)


class Recorded(models.Model):
    """A row that is a draft until it is recorded, and public from then on."""

    recorded_at = models.DateTimeField(
        _("recorded at"),
        null=True,
        blank=True,
        editable=False,
        db_index=True,
        help_text=_("When this entered the public record; empty while it is a draft."),
    )

    objects: Any = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """Whether visitors may see this row."""
        return self.recorded_at is not None
