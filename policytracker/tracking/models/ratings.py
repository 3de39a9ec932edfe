"""Blind second ratings."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .assessments import Assessment


class BlindRatingQuerySet(models.QuerySet):
    """Ratings by how far they are."""

    def awaited(self) -> Self:
        """Invitations nobody has answered."""
        return self.filter(submitted_at__isnull=True)

    def known(self, at: datetime) -> Self:
        """Submitted ratings of assessments that were public, both by the moment `at`."""
        return self.filter(submitted_at__lte=at, assessment__recorded_at__lte=at)

    def unsettled(self) -> Self:
        """Submitted ratings that differ from the first, with no adjudication yet."""
        return self.filter(submitted_at__isnull=False, adjudication__isnull=True).exclude(
            status=F("assessment__status")
        )


class BlindRating(models.Model):
    """A second rater's own status for what an assessment judged; the first stays hidden from them until submitted."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="blind_ratings")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="blind_ratings")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    status = models.CharField(_("status"), max_length=30, blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    adjudication = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="adjudicates", verbose_name=_("adjudication")
    )

    objects: Any = BlindRatingQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "id"]
        verbose_name = _("blind rating")
        verbose_name_plural = _("blind ratings")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "rater"], name="rater_rates_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(status="", rationale=""),
                name="submitted_rating_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.rater_id}"
