"""Organizations, their names over time, and what became of them."""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from .precision import Precision
from .records import Recorded, RecordedQuerySet


class MinistryQuerySet(RecordedQuerySet):
    """Ministries, with what pages show of them."""

    def for_detail_page(self) -> Self:
        """With the body it is part of."""
        return self.select_related("parent")


@pghistory.track()
class Ministry(Recorded):
    """A Popolo Organization: a ministry, office, party, legislature or other public body."""

    class Classification(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        EXECUTIVE = "executive", _("executive")
        OFFICE = "office", _("office")
        ADVISORY = "advisory body", _("advisory body")
        PUBLIC_BODY = "public body", _("public body")
        FOUNDATION = "foundation", _("foundation")
        LEGISLATURE = "legislature", _("legislature")
        PARTY = "party", _("party")
        INSTITUTE = "research institute", _("research institute")
        INTERNATIONAL = "international body", _("international body")
        OTHER = "other", _("other")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    classification = models.CharField(_("kind"), max_length=40, choices=Classification, default=Classification.MINISTRY)
    classification_note = models.CharField(_("kind in words"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 code, or UN"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    dissolved_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    homepage = models.URLField(_("homepage"), blank=True)
    note = models.TextField(_("note"), blank=True)
    source_urls = models.JSONField(_("sources"), default=list, blank=True)

    i18n = TranslationField(fields=("name", "note"))
    objects: Any = MinistryQuerySet.as_manager()
    name_i18n: str
    note_i18n: str

    class Meta:
        ordering = ["name"]
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")

    def __str__(self) -> str:
        return self.name_i18n


@pghistory.track()
class MinistryName(models.Model):
    """A name a ministry bore for a time.

    `recorded_at` is when we knew of it, `end_recorded_at` when we knew of its end; empty for what was there before
    either was asked for, which counts as known all along. What has been recorded is settled by a trigger.
    """

    ministry = models.ForeignKey(Ministry, models.CASCADE, related_name="names", verbose_name=_("ministry"))
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, editable=False)
    end_recorded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["valid_from"]
        verbose_name = _("name over time")
        verbose_name_plural = _("names over time")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="ministry_name_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Succession(Recorded):
    """One body took over from another: renamed, merged, split, replaced or dissolved."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged into")
        SPLIT = "split", _("split into")
        REPLACED = "replaced", _("replaced by")
        RESTORED = "restored", _("restored as")

    predecessor = models.ForeignKey(Ministry, models.PROTECT, related_name="successions", verbose_name=_("predecessor"))
    successor = models.ForeignKey(Ministry, models.PROTECT, related_name="origins", verbose_name=_("successor"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    happened_on = models.DateField(_("on"))
    happened_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, default=Precision.DAY)
    source_urls = models.JSONField(_("sources"), default=list, blank=True)

    class Meta:
        ordering = ["happened_on"]
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "happened_on"], name="succession_is_told_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_is_between_two_bodies"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Identifier(models.Model):
    """A Popolo identifier: what another register calls this body or person."""

    scheme = models.CharField(_("scheme"), max_length=60)
    value = models.CharField(_("value"), max_length=200)
    ministry = models.ForeignKey(Ministry, models.CASCADE, null=True, blank=True, related_name="identifiers")
    official = models.ForeignKey(
        "government.Official", models.CASCADE, null=True, blank=True, related_name="identifiers"
    )

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_is_unique_in_its_scheme"),
            models.CheckConstraint(
                condition=Q(ministry__isnull=True) ^ Q(official__isnull=True), name="identifier_has_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"
