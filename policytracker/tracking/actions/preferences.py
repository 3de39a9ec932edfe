"""How somebody likes to work."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from policytracker.tracking.models import Preference, SetAside


def put_aside(*, section: str, by: User, at: datetime) -> None:
    """Leave what waits in a section of the user's inbox alone until something newer comes."""
    with transaction.atomic():
        Preference.objects.get_or_create(user=by)
        preference = Preference.objects.select_for_update().get(user=by)
        preference.inbox_done_until = preference.inbox_done_until | {section: at.isoformat()}
        preference.save(update_fields=["inbox_done_until"])


def put_row_aside(*, section: str, row: str, by: User, at: datetime) -> None:
    """Leave one line of a section alone until it changes."""
    SetAside.objects.update_or_create(user=by, section=section, row=row, defaults={"at": at})


def set_preferences(
    *, language: str, time_zone: str, wants_mail: bool, cadence: str, by: User, at: datetime
) -> Preference:
    """Keep the user's language, time zone, whether they want mails, and how often they are told what they follow.

    Wanting mails anew forgets that one came back: the address may have been repaired. Raises ValidationError for a
    zone or a cadence there is none of.
    """
    preference, _is_new = Preference.objects.get_or_create(user=by)
    if wants_mail and not preference.wants_mail:
        preference.mail_bounced_at = None
    preference.language, preference.time_zone = language, time_zone
    preference.wants_mail, preference.cadence = wants_mail, cadence
    preference.clean_fields(exclude=["user"])
    preference.save(update_fields=["language", "time_zone", "wants_mail", "cadence", "mail_bounced_at"])
    return preference
