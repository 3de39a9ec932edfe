"""Names that mislead: aliases whose mentions are rejected again and again."""

from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from policytracker.government.models import Alias
from policytracker.government.models.aliases import OWNERS
from policytracker.tracking.models import Mention


def remove_alias(*, alias: Alias, by: User, at: datetime) -> int:
    """Take a misleading alias out of the record, and withdraw what it proposed; how many proposals went with it.

    What people confirmed stays.
    """
    owner = {f"{name}_id": getattr(alias, f"{name}_id") for name in OWNERS}
    with transaction.atomic(), pghistory.context(user=by.pk, action="remove alias"):
        waiting = Mention.objects.proposed().filter(surface__iexact=alias.name, **owner)
        count, _rows = waiting.delete()
        alias.delete()
    return count
