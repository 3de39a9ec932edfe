"""We know that a change reaches a follower as a mail that a real mail server takes, and that one click ends it."""

import re
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from policytracker.tracking.models import Follow
from tests.factories import make_assessment, make_commitment, make_evidence, make_user

pytestmark = pytest.mark.django_db


class Sink:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[list[EmailMessage]]:
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    yield sink.mails
    controller.stop()


def test_a_follower_gets_one_mail_and_ends_it_with_one_click(client: Client, mailbox: list[EmailMessage]) -> None:
    user = make_user("reader", groups=("viewer",))
    commitment = make_commitment(statement="통일부는 보고서를 발간한다\nBcc: evil@example.org")
    client.force_login(user)
    data = {"kind": "commitment", "slug": commitment.slug, "cadence": "at_once", "note": "For chapter two."}
    client.post(reverse("desk:follow_add"), data)
    Follow.objects.update(told_until=timezone.now() - timedelta(hours=1))
    recorded_at = timezone.now() - timedelta(minutes=1)
    evidence = make_evidence(commitment=commitment, recorded_at=recorded_at)
    make_assessment(
        commitment=commitment,
        status="fulfilled",
        effective_from=date(2023, 3, 30),
        rationale="The report is out.",
        evidence=[evidence],
        recorded_at=recorded_at,
    )

    call_command("send_digests")
    call_command("send_digests")

    (mail,) = mailbox
    assert mail["To"] == user.email
    assert mail["Bcc"] is None
    assert mail["Subject"].strip().startswith("통일부는 보고서를 발간한다")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "The report is out." in text
    assert "For chapter two." in text
    assert mail.get_body(("html",)) is not None

    (end,) = re.findall(r"<http://[^/]+(/.+)>", mail["List-Unsubscribe"])
    Client(enforce_csrf_checks=True).post(end, {"List-Unsubscribe": "One-Click"})

    assert Follow.objects.get().cadence == "off"
