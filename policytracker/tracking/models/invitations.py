"""People who were asked to work here."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class InvitationQuerySet(models.QuerySet):
    """Invitations by what became of them."""

    def open(self) -> "InvitationQuerySet":
        """Those neither accepted nor withdrawn; some may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def for_list_page(self) -> "InvitationQuerySet":
        """The open ones, the latest first, with who asked whom to be what."""
        return self.open().select_related("invited_by").prefetch_related("groups").order_by("-invited_at")


class Invitation(models.Model):
    """An address asked to work here, with the roles it will have. Its link holds `nonce`: a new link ends the old."""

    email = models.EmailField(_("e-mail"))
    groups = models.ManyToManyField(Group, related_name="+", verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: Any = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="address_has_one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
