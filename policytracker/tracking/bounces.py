"""Mails that came back, as RFC 3464 tells them: bytes in, one `Bounce` a recipient out. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr

MOST_BYTES = 1_000_000
MOST_RECIPIENTS = 100
FINAL = "5"  # the first digit of an enhanced status code: it will never be delivered


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient: whether the address is gone for good, the status (5.1.1), and which mail of ours it was about."""

    address: str
    is_hard: bool
    status: str
    message_id: str


class NotABounce(ValueError):
    """The message is no report on a delivery."""


def bounces_in(raw: bytes) -> list[Bounce]:
    """The recipients whom a mail did not reach, or not yet. Raises NotABounce for what is no delivery report.

    What was delivered, relayed or expanded is left out.
    """
    if len(raw) > MOST_BYTES:
        raise NotABounce("It is larger than a report on a delivery.")
    message: EmailMessage = message_from_bytes(raw, policy=policy.default)  # type: ignore[assignment]
    parts = list(message.walk())
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if message.get_content_type() != "multipart/report" or not reports:
        raise NotABounce("It is no report on a delivery.")
    about = next(filter(None, map(_message_id, parts)), "")
    found = [_bounce(fields, about) for part in reports for fields in _recipients(part)]
    return [bounce for bounce in found if bounce is not None][:MOST_RECIPIENTS]


def _recipients(report: Message) -> Iterator[Message]:
    """The groups of fields of a report, one a recipient; the first one is about the message."""
    payload = report.get_payload()
    for group in payload if isinstance(payload, list) else []:
        if isinstance(group, Message) and group.get("Action"):
            yield group


def _bounce(fields: Message, message_id: str) -> Bounce | None:
    action = str(fields.get("Action", "")).strip().lower()
    address = _address(fields.get("Original-Recipient")) or _address(fields.get("Final-Recipient"))
    if action not in ("failed", "delayed") or not address:
        return None
    status = str(fields.get("Status", "")).split("(")[0].strip()
    return Bounce(address, action == "failed" and status.startswith(FINAL), status[:20], message_id)


def _address(field: object) -> str:
    """The address in "rfc822; name@example.org"."""
    kind, _semicolon, words = str(field or "").partition(";")
    return parseaddr(words.strip())[1] if kind.strip().lower() in ("rfc822", "utf-8") else ""


def _message_id(part: Message) -> str:
    """The Message-ID of the mail that came back, whole or only its headers."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        returned = part.get_payload()
        inner = returned[0] if isinstance(returned, list) and returned else None
        return str(inner.get("Message-ID", "")).strip() if isinstance(inner, Message) else ""
    if kind in ("text/rfc822-headers", "message/rfc822-headers"):
        payload = part.get_payload(decode=True)
        headers = message_from_bytes(payload if isinstance(payload, bytes) else b"", policy=policy.default)
        return str(headers.get("Message-ID", "")).strip()
    return ""
