"""Storing what a form says once, however often it is sent."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction

from policytracker.tracking.models import Submission

Row = TypeVar("Row", bound=models.Model)


def once(*, key: UUID | None, by: User, at: datetime, kind: type[Row], make: Callable[[], Row]) -> Row:
    """What `make` makes; what it made before where a form with this key was stored already.

    Two senders at once: the second waits for the first and gets its row. Whatever `make` raises undoes all of it.
    """
    if key is None:
        with transaction.atomic():
            return make()
    if (before := _made_before(key, by, kind)) is not None:
        return before
    try:
        with transaction.atomic():
            row = make()
            Submission.objects.create(key=key, by=by, made_kind=kind._meta.label_lower, made_id=row.pk, at=at)
    except IntegrityError:
        if (before := _made_before(key, by, kind)) is None:
            raise
        return before
    return row


def _made_before(key: UUID, by: User, kind: type[Row]) -> Row | None:
    sent = Submission.objects.filter(key=key, by=by, made_kind=kind._meta.label_lower).first()
    return kind._base_manager.filter(pk=sent.made_id).first() if sent else None
