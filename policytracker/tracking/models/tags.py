"""Controlled tags."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager


@pghistory.track()
class Tag(models.Model):
    """A word of ours for things that belong together. `key` is its caseless NFC form, so that one word is one tag."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    label = models.CharField(_("label"), max_length=100)
    key = models.CharField(max_length=100, unique=True, editable=False)
    description = models.TextField(_("description"), blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    i18n = TranslationField(fields=("label", "description"))
    label_i18n: str
    description_i18n: str
    objects = MultilingualManager()

    class Meta:
        ordering = ["label"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="tag_is_not_merged_into_itself")]

    def __str__(self) -> str:
        return self.label_i18n


class FormerTagAddress(models.Model):
    """A slug a tag once had; its page redirects."""

    slug = models.SlugField(max_length=80, unique=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug
