"""Keys by which programs act for a member of staff."""

from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX = "pt_"


class ApiTokenQuerySet(models.QuerySet):
    """Tokens by whether they still open anything."""

    def valid(self) -> Self:
        """Tokens that were not revoked, of people who may still sign in."""
        return self.filter(revoked_at=None, user__is_active=True)

    def of_secret(self, secret: str) -> Self:
        """The token of this secret, which itself is stored nowhere."""
        return self.filter(digest=digest_of(secret))


class ApiToken(models.Model):
    """A token of a user; only its digest is kept, the secret is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    hint = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)

    objects: Any = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name


def digest_of(secret: str) -> str:
    """Return what is stored of a secret. It is long and random, so a plain hash is enough."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()
