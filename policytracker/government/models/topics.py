"""Subjects of policy."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager


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

    i18n = TranslationField(fields=("label",))
    label_i18n: str
    objects = MultilingualManager()

    class Meta:
        ordering = ["label"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="topic_code_is_unique_in_its_scheme")]

    def __str__(self) -> str:
        return self.label_i18n
