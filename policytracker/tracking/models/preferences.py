"""How a member of staff likes to work."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """Language, time zone and mails of one user."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference")
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    wants_mail = models.BooleanField(_("mails"), default=True)
    mail_bounced_at = models.DateTimeField(null=True, blank=True, editable=False)
    inbox_done_until = models.JSONField(default=dict, blank=True, editable=False)

    def __str__(self) -> str:
        return str(self.user)
