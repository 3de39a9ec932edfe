"""Who acts and when, told to the database for what it writes itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import connection, transaction


@contextmanager
def acting(*, by: User | None, at: datetime, action: str) -> Iterator[None]:
    """One transaction in which the audit trail knows who did what, and the ledger's own lines carry `at`."""
    with transaction.atomic(), pghistory.context(user=by.pk if by else None, action=action):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('policytracker.at', %s, true)", [at.isoformat()])
        yield
