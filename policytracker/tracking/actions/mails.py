"""Emptying the outbox: each mail is claimed before it is handed over, so that it goes out at most once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q

from policytracker.tracking.models import MailMessage

from .follows import record_bounce

MAX_ATTEMPTS = 8
BATCH = 100

Send = Callable[[MailMessage], None]


@dataclass(frozen=True)
class Sent:
    """What became of the outbox."""

    sent: int
    failed: int
    bounced: int


def send_mails(*, at: datetime, send: Send | None = None) -> Sent:
    """Send what is due. A server that is away costs an attempt and a pause that doubles; nothing is lost.

    A mail that was claimed and neither sent nor refused (its worker died in between) is not sent again: the server
    may have taken it.
    """
    counts = {"sent": 0, "failed": 0, "bounced": 0}
    for mail in _claim(at=at):
        counts[_deliver(mail, at=at, send=send or _send_by_smtp)] += 1
    return Sent(**counts)


def _claim(*, at: datetime) -> list[MailMessage]:
    with transaction.atomic():
        waiting = MailMessage.objects.select_for_update(skip_locked=True).filter(
            Q(not_before__isnull=True) | Q(not_before__lte=at),
            claimed_at__isnull=True,
            sent_at__isnull=True,
            attempts__lt=MAX_ATTEMPTS,
        )[:BATCH]
        mails = list(waiting)
        MailMessage.objects.filter(pk__in=[mail.pk for mail in mails]).update(claimed_at=at)
    return mails


def _deliver(mail: MailMessage, *, at: datetime, send: Send) -> str:
    try:
        send(mail)
    except OSError as error:  # as are all that smtplib raises; one that names recipients says they do not exist
        has_bounced = bool(getattr(error, "recipients", None))
        if has_bounced:
            record_bounce(email=mail.to, at=at)
        _give_back(mail, at=at, error=error, is_final=has_bounced)
        return "bounced" if has_bounced else "failed"
    MailMessage.objects.filter(pk=mail.pk).update(sent_at=at)
    return "sent"


def _give_back(mail: MailMessage, *, at: datetime, error: OSError, is_final: bool = False) -> None:
    attempts = MAX_ATTEMPTS if is_final else mail.attempts + 1
    MailMessage.objects.filter(pk=mail.pk).update(
        claimed_at=None,
        attempts=attempts,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        not_before=at + timedelta(minutes=2**attempts),
    )


def _send_by_smtp(mail: MailMessage) -> None:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers=mail.headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
