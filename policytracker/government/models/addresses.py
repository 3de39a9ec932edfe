"""Addresses are promises: a moved subject keeps answering at its old one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .aliases import exactly_one

SUBJECTS = ("ministry", "official", "post", "initiative", "commitment", "topic")


class FormerAddress(models.Model):
    """A slug that a subject once had, or that of one merged into it; pages answer it with a permanent redirect."""

    kind = models.CharField(_("kind"), max_length=20, choices=[(s, s) for s in SUBJECTS])
    slug = models.SlugField(_("former address"), max_length=80)
    ministry = models.ForeignKey("government.Ministry", models.CASCADE, null=True, related_name="former_addresses")
    official = models.ForeignKey("government.Official", models.CASCADE, null=True, related_name="former_addresses")
    post = models.ForeignKey("government.Post", models.CASCADE, null=True, related_name="former_addresses")
    initiative = models.ForeignKey("government.Initiative", models.CASCADE, null=True, related_name="former_addresses")
    commitment = models.ForeignKey("government.Commitment", models.CASCADE, null=True, related_name="former_addresses")
    topic = models.ForeignKey("government.Topic", models.CASCADE, null=True, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="former_address_is_unique_in_its_kind"),
            models.CheckConstraint(condition=exactly_one(*SUBJECTS), name="former_address_has_one_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
