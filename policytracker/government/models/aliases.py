"""Other names by which the record's subjects are met in text."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

OWNERS = ("ministry", "official", "post", "initiative", "topic")


def exactly_one(*fields: str) -> Q:
    """A condition that holds when exactly one of the nullable fields is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


@pghistory.track()
class Alias(models.Model):
    """A surface form of one subject, in any language: what the gazetteer looks for."""

    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, blank=True)
    ministry = models.ForeignKey("government.Ministry", models.CASCADE, null=True, blank=True, related_name="aliases")
    official = models.ForeignKey("government.Official", models.CASCADE, null=True, blank=True, related_name="aliases")
    post = models.ForeignKey("government.Post", models.CASCADE, null=True, blank=True, related_name="aliases")
    initiative = models.ForeignKey(
        "government.Initiative", models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    topic = models.ForeignKey("government.Topic", models.CASCADE, null=True, blank=True, related_name="aliases")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.CheckConstraint(condition=exactly_one(*OWNERS), name="alias_has_one_owner"),
            models.UniqueConstraint(fields=["name", *OWNERS], nulls_distinct=False, name="alias_is_told_once"),
            models.CheckConstraint(condition=~Q(name=""), name="alias_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
