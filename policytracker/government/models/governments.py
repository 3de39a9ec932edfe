"""Terms of office."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from .records import Recorded


@pghistory.track()
class Government(Recorded):
    """A term of office, with start and end; its time zone is the one its deadlines are read in."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 code"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("predecessor")
    )
    source_urls = models.JSONField(_("sources"), default=list, blank=True)

    i18n = TranslationField(fields=("name",))
    name_i18n: str

    class Meta:
        ordering = ["-started_on"]
        verbose_name = _("government")
        verbose_name_plural = _("governments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="government_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name_i18n
