"""Mails as rows of the outbox: text and HTML from the templates in `templates/emails/`, nothing is sent here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from policytracker.tracking.models import Follow, Invitation, MailMessage, Subscriber

MAX_SUBJECT = 200  # code points, so that a subject with a prefix stays one readable line


def absolute(path: str) -> str:
    """A link that works in a mail: on our own address, never on the one a request came in by."""
    return f"{settings.SITE_URL}{path}"


def one_line(text: str, limit: int = MAX_SUBJECT) -> str:
    """A text fit for a mail header: no line break can start another header."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def compose(
    *,
    name: str,
    to: str,
    subject: str,
    language: str,
    key: str,
    at: datetime,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> MailMessage:
    """An unsaved mail from `emails/<name>.txt` and `.html`; `key` names what it tells, so that it is told once."""
    with translation.override(language):
        full = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "language": language, **context}
        return MailMessage(
            to=to,
            subject=one_line(str(subject)),
            text=render_to_string(f"emails/{name}.txt", full),
            html=render_to_string(f"emails/{name}.html", full),
            headers=dict(headers or {}),
            key=key,
            created_at=at,
        )


def unsubscribe_headers(follow: Follow) -> dict[str, str]:
    """The headers of RFC 2369 and RFC 8058: mail programs show one button that ends this follow."""
    link = absolute(reverse("desk:follow_unsubscribe", args=[follow.token]))
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def confirmation_mail(*, subscriber: Subscriber, follow: Follow, at: datetime) -> MailMessage:
    """Asks the owner of an address whether they want to follow; keyed by the day, so that it is asked once a day."""
    with translation.override(subscriber.language):
        subject = _("Do you want to follow this?")
    return compose(
        name="follow_confirm",
        to=subscriber.email,
        subject=subject,
        language=subscriber.language,
        key=f"confirm:{subscriber.pk}:{at:%Y-%m-%d}",
        at=at,
        context={
            "what": follow,
            "link": absolute(reverse("desk:follow_confirm", args=[subscriber.token])),
        },
    )


def invitation_mail(*, invitation: Invitation, token: str, at: datetime) -> MailMessage:
    """Asks somebody to work here, in the language they are thought to read."""
    language = invitation.language or settings.LANGUAGE_CODE
    with translation.override(language):
        subject = _("Invitation to %(site)s") % {"site": settings.SITE_NAME}
    return compose(
        name="invitation",
        to=invitation.email,
        subject=subject,
        language=language,
        key=f"invitation:{invitation.pk}:{invitation.nonce}",
        at=at,
        context={
            "by": invitation.invited_by.get_full_name() or invitation.invited_by.get_username(),
            "link": absolute(reverse("desk:invitation_accept", args=[token])),
            "days": settings.INVITATION_DAYS,
        },
    )
