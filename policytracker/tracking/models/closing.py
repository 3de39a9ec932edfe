"""The end of a government."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Government


@pghistory.track()
class ClosingRound(models.Model):
    """Opened when a government ends: every open commitment of it needs an explicit closing assessment."""

    government = models.OneToOneField(
        Government, models.PROTECT, related_name="closing_round", verbose_name=_("government")
    )
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("closing round")
        verbose_name_plural = _("closing rounds")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="closing_round_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return str(self.government)
