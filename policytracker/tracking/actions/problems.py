"""What readers tell us: a report about a page goes to the inbox, a limited number from one sender."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from policytracker.tracking.models import ProblemReport

from .refusals import Refused

MOST_AN_HOUR = 5  # of one sender
MOST_OF_ALL = 200  # of everybody together: a flood ends in a sentence, not in the inbox
HOUR = timedelta(hours=1)


class TooManyReports(Refused):
    """The sender, or everybody together, has reported as much as can be read in an hour."""


def report_problem(*, path: str, body: str, email: str, sender: str, at: datetime) -> ProblemReport:
    """Put a reader's report into the inbox. Of the sender's address only a keyed hash is kept. Raises TooManyReports.

    The same report sent twice within the hour is kept once.
    """
    key = salted_hmac("problem report", sender).hexdigest()
    recent = ProblemReport.objects.filter(reported_at__gt=at - HOUR)
    same = recent.filter(sender_key=key, path=path, body=body).first()
    if same is not None:
        return same
    if recent.filter(sender_key=key).count() >= MOST_AN_HOUR or recent.count() >= MOST_OF_ALL:
        raise TooManyReports(_("We cannot take more reports just now. Try again in an hour."))
    return ProblemReport.objects.create(path=path, body=body, email=email, sender_key=key, reported_at=at)


def answer_problem(*, report: ProblemReport, answer: str, by: User, at: datetime) -> ProblemReport:
    """Close a report with what was done about it."""
    report.answer, report.handled_by, report.handled_at = answer, by, at
    report.save(update_fields=["answer", "handled_by", "handled_at"])
    return report
