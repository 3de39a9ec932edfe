"""An analyst says what changed between two statements of a promise."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from policytracker.tracking.models import Statement

from .clock import acting
from .corrections import correct_field, end_of
from .refusals import Refused


class NotADrift(Refused):
    """The vocabulary of drift does not have this class."""

    field = "drift"


def confirm_drift(*, statement: Statement, drift: str, note: str = "", by: User, at: datetime) -> Statement:
    """Say how this statement's wording differs from the one before. Said once more, it is a correction with a note."""
    if drift not in Statement.Drift.values:
        raise NotADrift(_("Choose what changed."))
    if statement.recorded_at is None:
        with acting(by=by, at=at, action="confirm drift"):
            statement.drift = drift
            statement.save(update_fields=["drift"])
    elif not statement.drift and drift:
        end_of(target=statement, values={"drift": drift}, by=by, at=at)
    elif statement.drift != drift:
        correct_field(target=statement, field="drift", value=drift, note=note, by=by, at=at)
    return statement
