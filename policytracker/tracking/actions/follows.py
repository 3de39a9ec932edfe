"""Following: by members of staff with an account, by visitors with a confirmed address."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from policytracker.tracking.mails import confirmation_mail
from policytracker.tracking.models import Follow, MailMessage, Preference, Subscriber
from policytracker.tracking.models.follows import FOLLOWED

MAX_SEARCH = 300
MAX_NOTE = 500
MAX_ADDRESS = 254  # octets a mail server must take (RFC 5321)


class CannotFollow(Exception):
    """What was asked cannot be followed; the sentence says why."""


def subject_fields(subject: Model | str) -> dict[str, Any]:
    """The columns of `Follow` that name a subject, or a search where `subject` is text."""
    if isinstance(subject, str):
        text = subject.strip()
        if not text or len(text) > MAX_SEARCH:
            raise CannotFollow(_("A search to follow has 1 to %(max)d characters.") % {"max": MAX_SEARCH})
        return {"search": text}
    kind = subject._meta.model_name or ""
    if kind not in FOLLOWED:
        raise CannotFollow(_("This cannot be followed."))
    if not getattr(subject, "is_published", True):
        raise CannotFollow(_("A draft cannot be followed yet."))
    return {kind: subject}


def follow(*, subject: Model | str, by: User, at: datetime, note: str = "", cadence: str = "") -> tuple[Follow, bool]:
    """Follow a subject or a search. The follow, and whether it is new; an old one takes the note and cadence given."""
    wanted = {"note": note[:MAX_NOTE], "cadence": cadence or usual_cadence(by)}
    key = {"user": by, "subscriber": None, **dict.fromkeys(FOLLOWED), "search": "", **subject_fields(subject)}
    return _update_or_create(key, wanted, at=at)


def usual_cadence(user: Any) -> str:
    """How often somebody is told unless they say otherwise."""
    preference = getattr(user, "preference", None)
    return preference.cadence if preference else Follow.Cadence.DAILY


def change_follow(*, follow: Follow, note: str, cadence: str) -> Follow:
    """Change why and how often."""
    follow.note, follow.cadence = note[:MAX_NOTE], cadence
    follow.save(update_fields=["note", "cadence"])
    return follow


def unfollow(*, follow: Follow) -> None:
    """Stop following; what was told stays told."""
    follow.delete()


def subscribe(*, email: str, subject: Model | str, language: str, at: datetime) -> None:
    """Ask the owner of an address whether they want to follow. Says the same whoever asks, for whatever address.

    The question is mailed at most once a day to an address, however often it is asked. Raises CannotFollow for what
    is no address or no subject.
    """
    address = _clean_address(email)
    fields = subject_fields(subject)
    with transaction.atomic():
        subscriber, _new = Subscriber.objects.get_or_create(
            email=address, defaults={"language": language, "asked_at": at}
        )
        if subscriber.bounced_at:
            return
        key = {"user": None, "subscriber": subscriber, **dict.fromkeys(FOLLOWED), "search": "", **fields}
        follow, _new = _update_or_create(key, {"cadence": Follow.Cadence.DAILY}, at=at)
        if subscriber.confirmed_at is None:
            _queue_once(confirmation_mail(subscriber=subscriber, follow=follow, at=at))


def _clean_address(email: str) -> str:
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or len(address) > MAX_ADDRESS:
        raise CannotFollow(_("Enter one e-mail address, such as name@example.org."))
    local, _at, host = address.rpartition("@")
    return f"{local}@{host.lower()}"


def confirm(*, token: UUID, at: datetime) -> Subscriber | None:
    """Confirm an address by the token of the mailed link; None for a token that is nobody's. Twice is once."""
    subscriber = Subscriber.objects.filter(token=token).first()
    if subscriber and subscriber.confirmed_at is None:
        subscriber.confirmed_at = at
        subscriber.save(update_fields=["confirmed_at"])
        subscriber.follows.update(told_until=at)
    return subscriber


def unsubscribe(*, token: UUID) -> Follow | None:
    """End one follow by its token (RFC 8058): a visitor's is deleted, a user's set to "off"; None if there is none."""
    found = Follow.objects.select_related("subscriber").filter(token=token).first()
    if found is None:
        return None
    if found.user_id:
        return change_follow(follow=found, note=found.note, cadence=Follow.Cadence.OFF)
    found.delete()
    return found


def record_bounce(*, email: str, at: datetime) -> int:
    """Switch off mails to an address that does not take them; how many followers had it."""
    subscribers = Subscriber.objects.filter(email__iexact=email, bounced_at__isnull=True).update(bounced_at=at)
    users = User.objects.filter(email__iexact=email)
    for user in users:
        Preference.objects.update_or_create(user=user, defaults={"mail_bounced_at": at, "wants_mail": False})
    return subscribers + len(users)


def _update_or_create(key: dict[str, Any], wanted: dict[str, Any], *, at: datetime) -> tuple[Follow, bool]:
    with transaction.atomic():
        found = Follow.objects.select_for_update().filter(
            **{
                (f"{name}__isnull" if value is None else name): (True if value is None else value)
                for name, value in key.items()
            }
        )
        follow = found.first()
        if follow is None:
            return Follow.objects.create(**key, **wanted, created_at=at, told_until=at), True
        for name, value in wanted.items():
            setattr(follow, name, value)
        follow.save(update_fields=list(wanted))
        return follow, False


def _queue_once(mail: MailMessage) -> None:
    MailMessage.objects.bulk_create([mail], ignore_conflicts=True)
