"""What speaks for or against."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Milestone, Recorded

from .annotations import Annotation
from .passages import Passage


@pghistory.track()
class Evidence(Passage, Recorded):
    """A passage with a stance and a kind, for one commitment.

    `dated_on` is the day the source appeared: what counts for "could we have known". Once a published assessment
    rests on it, it cannot change (trigger).
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        CONTRADICTS = "contradicts", _("contradicts")
        CONTEXT = "context", _("context")

    class Kind(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("announcement")
        ACTION = "action", _("action")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence", verbose_name=_("commitment"))
    stance = models.CharField(_("stance"), max_length=12, choices=Stance)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ACTION)
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="evidence", verbose_name=_("milestone")
    )
    dated_on = models.DateField(_("source dated"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    annotation = models.OneToOneField(
        Annotation, models.SET_NULL, null=True, blank=True, related_name="evidence", verbose_name=_("annotation")
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    lost_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("The quote no longer occurs at the source.")
    )

    class Meta:
        ordering = ["-dated_on", "-id"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "snapshot", "start", "end"], name="evidence_is_given_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="evidence_passage_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.exact[:120]
