"""What we changed in the published record, and why."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Initiative, Ministry, Official

from .assessments import Assessment


class CorrectionQuerySet(models.QuerySet):
    """Lines of the ledger by what they tell."""

    def corrections(self) -> Self:
        """What we had wrong; news are left out."""
        return self.exclude(kind=Correction.Kind.NEWS)

    def known(self, at: datetime) -> Self:
        """Lines written by the moment `at`."""
        return self.filter(recorded_at__lte=at)


class Correction(models.Model):
    """A line of the ledger: one field of one published row, before and after, with the reason. Append-only.

    `target_kind` names the model ("commitment"), `target_id` its row; the four links repeat it where a subject page
    needs it and are filled in by a trigger. `field` is a field's name ("lead_ministry") or a translation ("name_ko");
    `before` and `after` are the column's value as JSON. A published field changes only in the transaction that writes
    its line (triggers), so that the ledger, read backwards, gives the record as it was at any moment.

    News are no corrections: an open end that closed, a translation that was added, what a source says anew. The
    database writes their lines itself, in the name of whoever works.
    """

    class Kind(models.TextChoices):
        TYPO = "typo", _("our slip")
        FACT = "fact", _("a fact")
        SOURCE = "source", _("a source")
        ADDRESS = "address", _("an address")
        NEWS = "news", _("news")

    target_kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    field = models.CharField(_("field"), max_length=60)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FACT)
    note = models.TextField(_("why"), blank=True)
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, blank=True, related_name="corrections")
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="corrections")
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="corrections")
    official = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="corrections")
    affected_assessments = models.ManyToManyField(Assessment, blank=True, related_name="corrections")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)
    transaction_id = models.BigIntegerField(null=True, editable=False, help_text=_("Kept by a trigger."))

    objects: Any = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["target_kind", "target_id", "recorded_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(kind="news") | ~Q(note=""), name="correction_says_why"),
            models.CheckConstraint(condition=Q(kind="news") | Q(made_by__isnull=False), name="correction_says_who"),
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}: {self.field}"
