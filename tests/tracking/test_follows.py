"""We know who follows what, that nobody is signed up by somebody else, and that no mail is lost or doubled."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest

from policytracker.tracking.actions import follows
from policytracker.tracking.actions.mails import MAX_ATTEMPTS, Sent, send_mails
from policytracker.tracking.mails import one_line
from policytracker.tracking.models import Follow, MailMessage, Preference, Subscriber
from tests.factories import NOW, make_commitment, make_initiative, make_tag, make_user

pytestmark = pytest.mark.django_db


def make_mail(**fields: object) -> MailMessage:
    number = MailMessage.objects.count()
    defaults = {"to": "a@example.org", "subject": "S", "text": "T", "key": f"k{number}", "created_at": NOW}
    return MailMessage.objects.create(**defaults | fields)


def test_following_twice_is_following_once_with_the_later_note() -> None:
    user, initiative = make_user(), make_initiative()
    follows.follow(subject=initiative, by=user, at=NOW, note="first")

    again, is_new = follows.follow(subject=initiative, by=user, at=NOW, note="second", cadence="weekly")

    assert not is_new
    assert (again.note, again.cadence) == ("second", "weekly")
    assert Follow.objects.count() == 1


def test_a_draft_cannot_be_followed() -> None:
    with pytest.raises(follows.CannotFollow):
        follows.follow(subject=make_commitment(recorded_at=None), by=make_user(), at=NOW)


@pytest.mark.parametrize("search", ["", "   ", "x" * 301])
def test_an_empty_or_endless_search_cannot_be_followed(search: str) -> None:
    with pytest.raises(follows.CannotFollow):
        follows.follow(subject=search, by=make_user(), at=NOW)


def test_a_tag_and_a_search_can_be_followed() -> None:
    user = make_user()

    assert follows.follow(subject=make_tag("Report"), by=user, at=NOW)[1]
    assert follows.follow(subject="human rights", by=user, at=NOW)[1]


def test_asking_for_a_victim_a_thousand_times_mails_them_once_a_day() -> None:
    initiative = make_initiative()

    for _ in range(20):
        follows.subscribe(email="victim@example.org", subject=initiative, language="en", at=NOW)

    assert MailMessage.objects.count() == 1
    assert Subscriber.objects.get().confirmed_at is None
    assert Follow.objects.get().email == ""


def test_the_confirmation_asks_in_the_readers_language() -> None:
    initiative = make_initiative(name="Audacious Initiative", name_ko="담대한 구상")

    follows.subscribe(email="reader@example.org", subject=initiative, language="ko", at=NOW)

    mail = MailMessage.objects.get()
    assert "담대한 구상" in mail.text
    assert str(Subscriber.objects.get().token) in mail.text


@pytest.mark.parametrize("email", ["a@b,c@d", "a@b\nBcc: x@y.org", "nobody", "<a@b.org>", "", "a" * 300 + "@b.org"])
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(follows.CannotFollow):
        follows.subscribe(email=email, subject=make_initiative(), language="en", at=NOW)

    assert MailMessage.objects.count() == 0


def test_confirming_twice_is_confirming_once() -> None:
    follows.subscribe(email="reader@example.org", subject=make_initiative(), language="en", at=NOW)
    token = Subscriber.objects.get().token

    follows.confirm(token=token, at=NOW)
    follows.confirm(token=token, at=NOW + timedelta(days=1))

    assert Subscriber.objects.get().confirmed_at == NOW
    assert Follow.objects.get().email == "reader@example.org"


def test_one_click_ends_a_visitors_follow_and_turns_a_users_off() -> None:
    mine, _ = follows.follow(subject=make_initiative(), by=make_user(), at=NOW)
    follows.subscribe(email="reader@example.org", subject=make_initiative(), language="en", at=NOW)
    theirs = Follow.objects.get(subscriber__isnull=False)

    follows.unsubscribe(token=mine.token)
    follows.unsubscribe(token=theirs.token)

    mine.refresh_from_db()
    assert mine.cadence == "off"
    assert not Follow.objects.filter(pk=theirs.pk).exists()


def test_mails_go_out_once() -> None:
    make_mail()
    outbox: list[MailMessage] = []

    assert send_mails(at=NOW, send=outbox.append) == Sent(sent=1, failed=0, bounced=0)
    assert send_mails(at=NOW, send=outbox.append) == Sent(sent=0, failed=0, bounced=0)

    assert len(outbox) == 1


def test_a_server_that_is_away_loses_nothing_and_is_left_alone_for_a_while() -> None:
    make_mail()

    def away(mail: MailMessage) -> None:
        raise SMTPServerDisconnected("gone")

    assert send_mails(at=NOW, send=away).failed == 1
    assert send_mails(at=NOW, send=away) == Sent(sent=0, failed=0, bounced=0)

    outbox: list[MailMessage] = []
    assert send_mails(at=NOW + timedelta(minutes=3), send=outbox.append).sent == 1


def test_a_worker_that_dies_between_claim_and_sending_sends_nothing_twice() -> None:
    make_mail(claimed_at=NOW)

    assert send_mails(at=NOW + timedelta(days=1), send=lambda mail: None) == Sent(sent=0, failed=0, bounced=0)


def test_an_address_that_bounces_is_switched_off() -> None:
    user = make_user()
    follow, _ = follows.follow(subject=make_initiative(), by=user, at=NOW)
    make_mail(to=user.email)

    def refuse(mail: MailMessage) -> None:
        raise SMTPRecipientsRefused({mail.to: (550, b"no such user")})

    assert send_mails(at=NOW, send=refuse).bounced == 1

    assert MailMessage.objects.get().attempts == MAX_ATTEMPTS
    assert Preference.objects.get(user=user).mail_bounced_at == NOW
    assert Follow.objects.get(pk=follow.pk).email == ""


def test_a_line_break_cannot_start_another_header() -> None:
    assert one_line("Report\r\nBcc: x@y.org\u2028end\x00") == "Report Bcc: x@y.org end"
    assert len(one_line("x" * 500)) == 200
