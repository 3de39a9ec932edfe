"""We know that a follower is told what changed, from what to what, why, on what words, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from policytracker.tracking.actions import follows
from policytracker.tracking.actions.digests import Told, send_digests
from policytracker.tracking.models import Follow, MailMessage, Notification
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db

BEGAN = datetime(2023, 3, 1, tzinfo=UTC)
LATER = datetime(2023, 4, 5, tzinfo=UTC)


def fulfil(commitment: object, recorded_at: datetime = LATER - timedelta(hours=1)) -> None:
    """Publish that a commitment is fulfilled, on a piece of evidence."""
    evidence = make_evidence(commitment=commitment, recorded_at=recorded_at)
    make_assessment(
        commitment=commitment,
        status="fulfilled",
        effective_from=date(2023, 2, 27),
        rationale="The report is out.",
        evidence=[evidence],
        recorded_at=recorded_at,
    )


def test_a_mail_says_what_changed_from_what_to_what_and_why() -> None:
    user = make_user()
    commitment = make_commitment(statement="Publish the yearly report.")
    make_assessment(commitment=commitment, recorded_at=datetime(2023, 2, 1, tzinfo=UTC))
    follows.follow(subject=commitment, by=user, at=BEGAN, note="For chapter two.", cadence="at_once")
    fulfil(commitment)

    told = send_digests(at=LATER)

    mail = MailMessage.objects.get()
    assert told.followers == 1
    assert mail.to == user.email
    assert "In progress → Fulfilled" in mail.text
    assert "The report is out." in mail.text
    assert "the ministry will publish an annual report" in mail.text
    assert "For chapter two." in mail.text
    assert f"/commitments/{commitment.slug}/" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<html" in mail.html


def test_telling_twice_tells_once() -> None:
    commitment = make_commitment()
    follows.follow(subject=commitment, by=make_user(), at=BEGAN, cadence="at_once")
    fulfil(commitment)

    send_digests(at=LATER)

    assert send_digests(at=LATER) == Told(followers=0, changes=0)
    assert send_digests(at=LATER + timedelta(days=1)) == Told(followers=0, changes=0)
    assert MailMessage.objects.count() == 1


def test_a_daily_follower_waits_for_the_morning() -> None:
    commitment = make_commitment()
    follows.follow(subject=commitment, by=make_user(), at=BEGAN, cadence="daily")
    morning = datetime(2023, 4, 5, 22, 0, tzinfo=UTC)  # 07:00 on the 6th in Seoul
    send_digests(at=LATER)
    fulfil(commitment, recorded_at=LATER + timedelta(hours=1))

    assert send_digests(at=morning - timedelta(minutes=1)) == Told(followers=0, changes=0)
    assert send_digests(at=morning).followers == 1


def test_what_happened_before_the_follow_is_not_news() -> None:
    commitment = make_commitment()
    fulfil(commitment, recorded_at=BEGAN - timedelta(days=1))
    follows.follow(subject=commitment, by=make_user(), at=BEGAN, cadence="at_once")

    assert send_digests(at=LATER) == Told(followers=0, changes=0)


def test_following_an_initiative_tells_of_its_commitments_and_no_others() -> None:
    initiative = make_initiative()
    mine, noise = make_commitment(initiative=initiative), make_commitment()
    follows.follow(subject=initiative, by=make_user(), at=BEGAN, cadence="at_once")
    fulfil(mine)
    fulfil(noise)

    send_digests(at=LATER)

    assert "Fulfilled" in MailMessage.objects.get().text
    assert noise.statement not in MailMessage.objects.get().text


def test_a_change_of_status_quotes_the_newest_evidence_it_rests_on() -> None:
    commitment = make_commitment()
    follows.follow(subject=commitment, by=make_user(), at=BEGAN, cadence="at_once")
    known = {"commitment": commitment, "recorded_at": BEGAN - timedelta(days=1)}
    first = make_evidence(quote="The ministry held a briefing", dated_on=date(2023, 1, 27), **known)
    newest = make_evidence(quote="including in English", dated_on=date(2023, 1, 29), **known)
    make_evidence(quote="It gave no further details", dated_on=date(2023, 1, 30), **known)
    recorded_at = LATER - timedelta(hours=1)
    make_assessment(commitment=commitment, status="fulfilled", evidence=[newest, first], recorded_at=recorded_at)

    send_digests(at=LATER)

    text = MailMessage.objects.get().text
    assert "“including in English”" in text
    assert "briefing" not in text and "no further details" not in text


def test_following_a_post_passes_to_the_successor() -> None:
    ministry = make_ministry()
    post = make_post(ministry=ministry, is_head=True)
    make_membership(post=post, official=make_official(), started_on=date(2022, 5, 13), ended_on=date(2023, 4, 1))
    successor = make_official(name="The Successor")
    follows.follow(subject=post, by=make_user(), at=BEGAN, cadence="at_once")
    membership = make_membership(post=post, official=successor, started_on=date(2023, 4, 1), recorded_at=LATER)

    send_digests(at=LATER + timedelta(minutes=1))
    first = MailMessage.objects.get()
    commitment = make_commitment(
        lead_ministry=ministry, made_by=membership, made_on=date(2023, 4, 6), recorded_at=LATER + timedelta(days=1)
    )
    send_digests(at=LATER + timedelta(days=2))

    assert "The Successor" in first.text
    assert commitment.statement in MailMessage.objects.exclude(pk=first.pk).get().text


def test_following_a_search_tells_of_new_matches() -> None:
    follows.follow(subject="zebra crossing", by=make_user(), at=BEGAN, cadence="at_once")
    make_commitment(statement="Paint a zebra crossing.", recorded_at=LATER - timedelta(hours=1))
    make_commitment(statement="An old zebra crossing.", recorded_at=BEGAN - timedelta(hours=1))

    send_digests(at=LATER)

    text = MailMessage.objects.get().text
    assert "Paint a zebra crossing." in text
    assert "An old zebra crossing." not in text


def test_a_draft_is_never_told() -> None:
    initiative = make_initiative()
    follows.follow(subject=initiative, by=make_user(), at=BEGAN, cadence="at_once")
    make_commitment(initiative=initiative, statement="Secret promise.", recorded_at=None)

    assert send_digests(at=LATER) == Told(followers=0, changes=0)


def test_who_wants_no_mail_is_told_in_the_app() -> None:
    commitment = make_commitment()
    follow, _ = follows.follow(subject=commitment, by=make_user(), at=BEGAN, cadence="at_once")
    follows.record_bounce(email=follow.user.email, at=BEGAN)
    fulfil(commitment)

    send_digests(at=LATER)

    assert MailMessage.objects.count() == 0
    assert Notification.objects.filter(follow=follow, new_status="fulfilled").count() == 1


def test_an_unconfirmed_address_is_told_nothing() -> None:
    commitment = make_commitment()
    follows.subscribe(email="victim@example.org", subject=commitment, language="en", at=BEGAN)
    fulfil(commitment)

    assert send_digests(at=LATER) == Told(followers=0, changes=0)
    assert not MailMessage.objects.filter(key__startswith="news:").exists()


def test_off_is_off() -> None:
    commitment = make_commitment()
    follows.follow(subject=commitment, by=make_user(), at=BEGAN, cadence="off")
    fulfil(commitment)

    assert send_digests(at=LATER) == Told(followers=0, changes=0)
    assert Follow.objects.get().told_until == BEGAN
