"""By what vocabulary we judge."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager


class Rubric(models.Model):
    """A version of the vocabulary. A change of words or meanings is a new rubric; old assessments keep theirs."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    in_force_from = models.DateField(_("in force from"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["in_force_from"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self) -> str:
        return self.name


class RubricStatus(models.Model):
    """A status as one rubric defines it."""

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="statuses", verbose_name=_("rubric"))
    key = models.CharField(_("key"), max_length=30)
    label = models.CharField(_("label"), max_length=60)
    definition = models.TextField(_("definition"))
    position = models.PositiveSmallIntegerField(_("position"))
    is_rating = models.BooleanField(
        _("is a conclusion"), default=True, help_text=_("A conclusion needs a rationale and evidence.")
    )
    is_concluded = models.BooleanField(
        _("ends the matter"), default=False, help_text=_("A concluded commitment is no longer due.")
    )
    may_rest_on_search = models.BooleanField(
        _("may rest on a search"), default=False, help_text=_("Where we looked may stand in for evidence.")
    )
    needs_reason_code = models.BooleanField(_("needs a reason code"), default=False)

    i18n = TranslationField(fields=("label", "definition"))
    label_i18n: str
    definition_i18n: str
    objects = MultilingualManager()

    class Meta:
        ordering = ["rubric", "position"]
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="status_is_defined_once_in_a_rubric"),
        ]

    def __str__(self) -> str:
        return self.label_i18n
