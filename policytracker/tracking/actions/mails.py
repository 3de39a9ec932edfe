"""Emptying the outbox: each mail is claimed before it is handed over, so that it goes out at most once.

What a mail said is forgotten when it has left: it holds links that open doors, and notes people wrote to themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q

from policytracker.tracking.bounces import Bounce
from policytracker.tracking.models import MailMessage

from .follows import record_bounce

MAX_ATTEMPTS = 8
BATCH = 100
SALT = "tracking.mail"
FORGOTTEN = {"text": "", "html": "", "headers": {}}

LASTING = 500  # replies of SMTP from here on are final

Send = Callable[[MailMessage], None]


@dataclass(frozen=True)
class Sent:
    """What became of the outbox."""

    sent: int
    failed: int
    bounced: int


@dataclass(frozen=True)
class Taken:
    """What became of the reports on deliveries."""

    switched_off: int
    not_now: int
    unknown: int


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
    except OSError as error:  # as are all that smtplib raises
        has_bounced = _is_refused_for_good(error)
        if has_bounced:
            record_bounce(email=mail.to, at=at)
        _give_back(mail, at=at, error=error, is_final=has_bounced)
        return "bounced" if has_bounced else "failed"
    MailMessage.objects.filter(pk=mail.pk).update(sent_at=at, **FORGOTTEN)
    return "sent"


def _is_refused_for_good(error: OSError) -> bool:
    """Whether the server says of every recipient that it never takes mail; "not now" (4xx) is tried again."""
    refused = getattr(error, "recipients", None) or {}
    return bool(refused) and all(code >= LASTING for code, _words in refused.values())


def take_bounces(*, bounces: Iterable[Bounce], at: datetime) -> Taken:
    """Switch off the addresses that are gone for good, where the report is about a mail that we sent there.

    Anybody can send such a report; the signed Message-ID of the mail that came back tells ours from a made-up one.
    """
    counts = {"switched_off": 0, "not_now": 0, "unknown": 0}
    for bounce in bounces:
        mail = _mail_of(bounce)
        if mail is None:
            counts["unknown"] += 1
            continue
        MailMessage.objects.filter(pk=mail.pk).update(last_error=f"came back: {bounce.status}")
        if bounce.is_hard:
            record_bounce(email=mail.to, at=at)
        counts["switched_off" if bounce.is_hard else "not_now"] += 1
    return Taken(**counts)


def _mail_of(bounce: Bounce) -> MailMessage | None:
    """The mail a report is about; None unless we sent it, to this very address."""
    signed = bounce.message_id.strip("<>").partition("@")[0]
    try:
        number = Signer(salt=SALT, sep=".").unsign(signed)
    except BadSignature:
        return None
    return MailMessage.objects.filter(pk=number, to__iexact=bounce.address, sent_at__isnull=False).first()


def message_id_of(mail: MailMessage) -> str:
    """What names the mail on its way, signed, so that a report on its delivery can be believed."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{Signer(salt=SALT, sep='.').sign(str(mail.pk))}@{host}>"


def _give_back(mail: MailMessage, *, at: datetime, error: OSError, is_final: bool = False) -> None:
    attempts = MAX_ATTEMPTS if is_final else mail.attempts + 1
    MailMessage.objects.filter(pk=mail.pk).update(
        claimed_at=None,
        attempts=attempts,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        not_before=at + timedelta(minutes=2**attempts),
        **(FORGOTTEN if attempts >= MAX_ATTEMPTS else {}),
    )


def _send_by_smtp(mail: MailMessage) -> None:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers={**mail.headers, "Message-ID": message_id_of(mail)},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()
