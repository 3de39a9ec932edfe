"""We know that invitations and the question to a visitor leave as real mails, work once, and end where they bounce."""

import re
from email.message import EmailMessage
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from policytracker.tracking.actions.mails import message_id_of, send_mails
from policytracker.tracking.models import Follow, MailMessage, Preference, Subscriber
from tests.factories import NOW, make_commitment, make_user

from .test_follow_and_receive import mailbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def link_in(mail: EmailMessage, kind: str) -> tuple[str, str]:
    """The paths of a link in the text and in the HTML of a mail."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    [in_text] = re.findall(rf"http://[^/\s]+(/desk/{kind}/\S+)", plain.get_content())
    [in_html] = re.findall(rf'href="http://[^/\s]+(/desk/{kind}/[^"]+)"', html.get_content())
    return in_text, in_html


def test_an_invitation_arrives_opens_the_door_and_is_over(client: Client, mailbox: list[EmailMessage]) -> None:  # noqa: F811
    client.force_login(make_user("boss", groups=("admin",)))
    form = {"email": "dana@example.org", "groups": [Group.objects.get(name="reviewer").pk], "language": "en"}
    client.post(reverse("desk:people_list"), form)

    call_command("send_digests")
    call_command("send_digests")

    (mail,) = mailbox
    in_text, in_html = link_in(mail, "invitation")
    assert mail["To"] == "dana@example.org"
    assert mail["Message-ID"] == message_id_of(MailMessage.objects.get()), "a report on its delivery is believed"
    assert MailMessage.objects.get().text == "", "the link is in the mail and nowhere else"
    assert in_text == in_html
    stranger = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', stranger.get(in_text).content.decode())
    assert token is not None
    answer = {"username": "dana", "password": "battery staple 9", "csrfmiddlewaretoken": token[1]}
    assert stranger.post(in_text, answer).status_code == 302
    assert stranger.get(reverse("desk:review_list")).status_code == 200
    assert Client().get(in_text).status_code == 410
    assert User.objects.get(username="dana").groups.get().name == "reviewer"


def test_a_visitor_is_asked_once_and_told_nothing_before_saying_yes(
    client: Client,
    mailbox: list[EmailMessage],  # noqa: F811
) -> None:
    commitment = make_commitment()
    asked = {"kind": "commitment", "slug": commitment.slug, "email": "reader@example.org"}
    client.post(reverse("desk:follow_by_mail"), asked)
    client.post(reverse("desk:follow_by_mail"), asked)
    call_command("send_digests")

    (question,) = mailbox
    in_text, in_html = link_in(question, "follows/confirm")
    assert in_text == in_html
    client.get(in_text)
    assert Subscriber.objects.get().confirmed_at is None, "a program that looks at links confirms nothing"
    client.post(in_text)

    assert Subscriber.objects.get().confirmed_at is not None
    assert Follow.objects.get().email == "reader@example.org"


def test_an_address_that_bounces_is_switched_off_and_its_owner_told_at_the_desk() -> None:
    user = make_user("gone")
    MailMessage.objects.create(to=user.email, subject="News", text="…", key="k", created_at=NOW)

    def refuse(mail: Any) -> None:
        error = OSError("550 no such user")
        error.recipients = {mail.to: (550, b"no such user")}  # type: ignore[attr-defined]
        raise error

    send_mails(at=NOW, send=refuse)
    client = Client()
    client.force_login(user)
    user.groups.add(Group.objects.get(name="viewer"))

    assert not Preference.objects.get(user=user).wants_mail
    assert "came back" in client.get(reverse("desk:preferences")).content.decode()
