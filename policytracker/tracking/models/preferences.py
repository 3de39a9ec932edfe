"""How a member of staff likes to work."""

from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .follows import Follow


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless the name is a time zone's."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone, such as Asia/Seoul."), params={"name": name})


class Preference(models.Model):
    """Language, time zone and mails of one user."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference")
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[check_time_zone])
    wants_mail = models.BooleanField(_("mails"), default=True)
    cadence = models.CharField(
        _("how often, unless said otherwise"),
        max_length=10,
        choices=Follow.Cadence,
        default=Follow.Cadence.DAILY,
        help_text=_("What is followed from now on begins with this."),
    )
    mail_bounced_at = models.DateTimeField(null=True, blank=True, editable=False)
    inbox_done_until = models.JSONField(default=dict, blank=True, editable=False)

    def __str__(self) -> str:
        return str(self.user)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this user reads times; the site's own where none, or none that is known, was chosen."""
        return ZoneInfo(self.time_zone if self.time_zone in available_timezones() else settings.TIME_ZONE)
