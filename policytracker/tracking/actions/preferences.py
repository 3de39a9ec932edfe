"""How somebody likes to work."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from policytracker.tracking.models import Preference


def put_aside(*, section: str, by: User, at: datetime) -> None:
    """Leave what waits in a section of the user's inbox alone until something newer comes."""
    with transaction.atomic():
        Preference.objects.get_or_create(user=by)
        preference = Preference.objects.select_for_update().get(user=by)
        preference.inbox_done_until = preference.inbox_done_until | {section: at.isoformat()}
        preference.save(update_fields=["inbox_done_until"])


def set_preferences(*, language: str, time_zone: str, wants_mail: bool, by: User, at: datetime) -> Preference:
    """Keep the user's language, time zone and whether they want mails."""
    chosen = {"language": language, "time_zone": time_zone, "wants_mail": wants_mail}
    preference, _is_new = Preference.objects.update_or_create(user=by, defaults=chosen)
    return preference
