"""What we changed in the published record, and why."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Initiative, Ministry, Official

from .assessments import Assessment


class Correction(models.Model):
    """One field of one published row, before and after, with the reason. Append-only.

    `target_kind` names the model ("commitment"), `target_id` its row; the four links repeat it where a subject
    page needs it. `before` and `after` are the column's value as JSON. A published field changes only in the
    transaction that writes its correction (trigger).
    """

    class Kind(models.TextChoices):
        TYPO = "typo", _("our slip")
        FACT = "fact", _("a fact")
        SOURCE = "source", _("a source")
        ADDRESS = "address", _("an address")

    target_kind = models.CharField(max_length=40)
    target_id = models.BigIntegerField()
    field = models.CharField(_("field"), max_length=60)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FACT)
    note = models.TextField(_("why"))
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, blank=True, related_name="corrections")
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="corrections")
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="corrections")
    official = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="corrections")
    affected_assessments = models.ManyToManyField(Assessment, blank=True, related_name="corrections")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)

    objects: Any = models.Manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["target_kind", "target_id", "recorded_at"])]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="correction_says_why")]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}: {self.field}"
