"""Named policies."""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from .governments import Government
from .ministries import Ministry
from .precision import Precision
from .records import Recorded, RecordedQuerySet
from .topics import Topic


class InitiativeQuerySet(RecordedQuerySet):
    """Initiatives, with what pages show of them."""

    def for_list_page(self) -> Self:
        """With the ministry a line of a list names."""
        return self.select_related("lead_ministry")

    def for_detail_page(self) -> Self:
        """With everything the head of the page names."""
        return self.select_related("lead_ministry", "parent", "government", "merged_into")


@pghistory.track()
class Initiative(Recorded):
    """A named policy under which commitments are made."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    government = models.ForeignKey(
        Government, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("government")
    )
    lead_ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("lead ministry")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="initiatives", verbose_name=_("topics"))
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    started_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    outcome_note = models.CharField(_("where it stands, in words"), max_length=300, blank=True)
    source_urls = models.JSONField(_("sources"), default=list, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )

    i18n = TranslationField(fields=("name", "description", "outcome_note"))
    objects: Any = InitiativeQuerySet.as_manager()
    name_i18n: str
    description_i18n: str
    outcome_note_i18n: str

    class Meta:
        ordering = ["name"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="initiative_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name_i18n
