"""We know which reports on deliveries (RFC 3464) switch an address off: hard ones, about a mail that we sent there."""

import io
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from policytracker.tracking.actions.mails import MAX_ATTEMPTS, Taken, message_id_of, send_mails, take_bounces
from policytracker.tracking.bounces import Bounce, NotABounce, bounces_in
from policytracker.tracking.models import MailMessage, Preference, Subscriber
from tests.factories import NOW, make_user

TO = "reader@example.org"
GONE = "550 5.1.1 no such mailbox here"


def report(
    *,
    message_id: str = "<1.x@tracker.example.org>",
    action: str = "failed",
    status: str = "5.1.1",
    to: str = TO,
    final: str = "",
    returned: str = "message/rfc822",
) -> bytes:
    """What a mail server says of a mail that it could not deliver, as servers write it: three parts, CRLF."""
    fields = [f"Final-Recipient: rfc822; {final or to}", f"Action: {action}", f"Status: {status}"]
    fields += [f"Original-Recipient: rfc822;{to}", "Remote-MTA: dns; mx.example.org", f"Diagnostic-Code: smtp; {GONE}"]
    inner = [f"Message-ID: {message_id}", "From: tracker@example.org", f"To: {to}", "Subject: What changed", ""]
    lines = [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)",
        "To: tracker@example.org",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B/1"',
        "",
        "This is a MIME-encapsulated message.",
        "--B/1",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        f"<{to}>: {GONE}",
        "--B/1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "Arrival-Date: Sun, 1 Mar 2026 00:00:00 +0000",
        "",
        *fields,
        "",
        "--B/1",
        f"Content-Type: {returned}",
        "",
        *inner,
        "What changed: nothing.",
        "--B/1--",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_address_the_status_and_the_mail(returned):
    assert bounces_in(report(returned=returned)) == [Bounce(TO, True, "5.1.1", "<1.x@tracker.example.org>")]


@pytest.mark.parametrize(
    ("action", "status", "is_hard"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.2.2 (mailbox full)", True),
        ("failed", "4.4.7", False),
        ("delayed", "4.4.1", False),
    ],
)
def test_what_is_not_final_is_soft(action, status, is_hard):
    (bounce,) = bounces_in(report(action=action, status=status))

    assert bounce.is_hard is is_hard


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded", "nonsense"])
def test_what_arrived_is_no_bounce(action):
    assert bounces_in(report(action=action, status="2.0.0")) == []


def test_the_address_we_wrote_to_counts_not_where_it_was_forwarded():
    (bounce,) = bounces_in(report(final="elsewhere@example.net"))

    assert bounce.address == TO


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Out of office\r\n\r\nBack on Monday.",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHm.\r\n--x--",
        report().replace(b"multipart/report", b"multipart/mixed"),
        report() + b"x" * 1_000_000,
    ],
)
def test_what_is_no_report_is_refused(raw):
    with pytest.raises(NotABounce):
        bounces_in(raw)


@pytest.mark.parametrize(
    "damage",
    [(b"rfc822;", b"x400;"), (b"Status: 5.1.1", b"Status:"), (b"Action: failed", b"Action:"), (b"Message-ID", b"X")],
)
def test_a_damaged_report_switches_nothing_off(damage):
    found = bounces_in(report().replace(*damage))

    assert all(not bounce.is_hard or not bounce.message_id for bounce in found)


# -- what becomes of it


def sent_mail(to: str = TO) -> MailMessage:
    mail = MailMessage.objects.create(to=to, subject="What changed", text="…", key=f"k:{to}", created_at=NOW)
    send_mails(at=NOW, send=lambda mail: None)
    return mail


def piped_in(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()
    call_command("take_bounce", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_hard_bounce_switches_the_address_off_and_its_owner_is_told(monkeypatch):
    user = make_user("gone", groups=("viewer",))
    subscriber = Subscriber.objects.create(email=user.email.upper(), asked_at=NOW, confirmed_at=NOW)
    mail = sent_mail(user.email)

    said = piped_in(report(message_id=message_id_of(mail), to=user.email), monkeypatch)

    assert said.startswith("1 switched off")
    assert not Preference.objects.get(user=user).wants_mail
    subscriber.refresh_from_db()
    assert subscriber.bounced_at is not None
    client = Client()
    client.force_login(user)
    for page in ("desk:follow_list", "desk:preferences"):
        assert f"Mails to {user.email} came back" in client.get(reverse(page)).content.decode()


@pytest.mark.django_db
def test_a_soft_bounce_is_noted_and_switches_nothing_off():
    user = make_user("full")
    mail = sent_mail(user.email)
    (bounce,) = bounces_in(report(message_id=message_id_of(mail), to=user.email, status="4.2.2", action="delayed"))

    assert take_bounces(bounces=[bounce], at=NOW) == Taken(switched_off=0, not_now=1, unknown=0)

    mail.refresh_from_db()
    assert "4.2.2" in mail.last_error
    assert not Preference.objects.filter(user=user, wants_mail=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("forged", ["<1.x@tracker.example.org>", "", "<>", "<1@x>", "<\x00>", "of another"])
def test_a_made_up_report_switches_nobody_off(forged):
    victim = make_user("victim")
    sent_mail(victim.email)
    other = sent_mail("other@example.org")
    message_id = message_id_of(other) if forged == "of another" else forged

    taken = take_bounces(bounces=[Bounce(victim.email, True, "5.1.1", message_id)], at=NOW)

    assert taken == Taken(switched_off=0, not_now=0, unknown=1)
    assert not Preference.objects.filter(user=victim, wants_mail=False).exists()


@pytest.mark.django_db
def test_what_is_no_report_ends_with_a_sentence(monkeypatch):
    with pytest.raises(CommandError, match="no report on a delivery"):
        piped_in(b"Subject: hello\r\n\r\nHello.", monkeypatch)


@pytest.mark.django_db
def test_a_server_that_says_not_now_is_asked_again():
    user = make_user("grey")
    mail = MailMessage.objects.create(to=user.email, subject="News", text="…", key="k", created_at=NOW)

    def not_now(mail):
        error = OSError("450 try again later")
        error.recipients = {mail.to: (450, b"greylisted")}
        raise error

    assert send_mails(at=NOW, send=not_now).failed == 1
    assert not Preference.objects.filter(user=user, wants_mail=False).exists()
    assert send_mails(at=NOW + timedelta(minutes=3), send=lambda mail: None).sent == 1
    mail.refresh_from_db()
    assert mail.sent_at is not None


@pytest.mark.django_db
def test_what_a_mail_said_is_forgotten_once_it_has_left_or_never_will():
    for key in ("sent", "lost"):
        MailMessage.objects.create(
            to=TO, subject="News", text="link", html="<b>", headers={"X": "y"}, key=key, created_at=NOW
        )
    MailMessage.objects.filter(key="lost").update(attempts=MAX_ATTEMPTS - 1)
    taken: list[str] = []

    def send(mail):
        taken.append(mail.text)
        if mail.key == "lost":
            raise OSError("gone")

    send_mails(at=NOW, send=send)

    assert taken == ["link", "link"]
    assert set(MailMessage.objects.values_list("text", "html")) == {("", "")}
    assert all(mail.headers == {} for mail in MailMessage.objects.all())
