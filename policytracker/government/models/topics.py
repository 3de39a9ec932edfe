"""Subjects of policy."""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualQuerySet


class TopicQuerySet(MultilingualQuerySet):
    """Topics by whether they are in use."""

    def in_use(self) -> Self:
        """Those that were not merged into others."""
        return self.filter(merged_into=None)


@pghistory.track()
class Topic(models.Model):
    """A subject in a scheme: the Comparative Agendas Project by number, or our own; a tree."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    scheme = models.CharField(_("scheme"), max_length=40, default="own", help_text=_("“cap” or “own”"))
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("label"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    i18n = TranslationField(fields=("label",))
    label_i18n: str
    objects: Any = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="topic_code_is_unique_in_its_scheme"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="topic_is_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.label_i18n
