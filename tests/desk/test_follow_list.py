"""We know that following works from the pages, for staff and for visitors, and that links in mails do no harm."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from policytracker.tracking.actions.digests import send_digests
from policytracker.tracking.actions.follows import follow
from policytracker.tracking.actions.offices import hand_over
from policytracker.tracking.models import Follow, MailMessage, Notification, Subscriber
from policytracker.tracking.models.follows import FOLLOWED
from tests.factories import (
    EARLY,
    NOW,
    make_annotation,
    make_assessment,
    make_commitment,
    make_initiative,
    make_membership,
    make_official,
    make_tag,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

BY_MAIL = reverse("desk:follow_by_mail")


@pytest.fixture
def viewer(client: Client) -> Client:
    client.force_login(make_user("viewer", groups=("viewer",)))
    return client


def add(client: Client, **data: str) -> object:
    return client.post(reverse("desk:follow_add"), data)


def test_following_leads_back_to_the_page(viewer: Client) -> None:
    initiative = make_initiative(name="Audacious Initiative")

    response = add(
        viewer,
        kind="initiative",
        slug=initiative.slug,
        next="/initiatives/x/",
        note="For chapter two.",
        cadence="weekly",
    )

    assert response["Location"] == "/initiatives/x/"
    page = viewer.get(reverse("desk:follow_list")).content.decode()
    assert "Audacious Initiative" in page
    assert "For chapter two." in page


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""]
)
def test_following_leads_nowhere_else(viewer: Client, target: str) -> None:
    response = add(viewer, kind="tag", slug=make_tag("Report").slug, next=target)

    assert response["Location"] == reverse("desk:follow_list")


def test_a_draft_is_as_unknown_as_nothing(viewer: Client) -> None:
    draft = make_commitment(recorded_at=None)

    assert add(viewer, kind="commitment", slug=draft.slug).status_code == 404
    assert add(viewer, kind="commitment", slug="no-such-thing").status_code == 404
    assert add(viewer, kind="user", slug="admin").status_code == 404


def test_another_ones_follow_is_not_found(viewer: Client) -> None:
    add(viewer, kind="initiative", slug=make_initiative().slug)
    follow = Follow.objects.get()
    viewer.force_login(make_user("other", groups=("viewer",)))

    assert viewer.post(reverse("desk:follow_change", args=[follow.pk]), {"stop": "1"}).status_code == 404
    assert Follow.objects.exists()


def test_a_note_too_long_is_kept_on_the_page(viewer: Client) -> None:
    add(viewer, kind="initiative", slug=make_initiative().slug)
    follow = Follow.objects.get()

    data = {f"f{follow.pk}-note": "x" * 501, f"f{follow.pk}-cadence": "daily"}
    response = viewer.post(reverse("desk:follow_change", args=[follow.pk]), data)

    assert response.status_code == 422
    assert "x" * 501 in response.content.decode()


def test_the_list_takes_a_fixed_number_of_queries(viewer: Client, django_assert_max_num_queries: object) -> None:
    for _ in range(15):
        add(viewer, kind="initiative", slug=make_initiative().slug)
    for mine in Follow.objects.all():
        Notification.objects.create(follow=mine, key="k", kind="status", source_id=1, title="T", created_at=NOW)

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert viewer.get(reverse("desk:follow_list")).status_code == 200


def test_what_was_shown_can_be_marked_as_read(viewer: Client) -> None:
    add(viewer, kind="initiative", slug=make_initiative().slug)
    told = Notification.objects.create(
        follow=Follow.objects.get(), key="k", kind="status", source_id=1, title="T", created_at=NOW
    )

    viewer.post(reverse("desk:notifications_read"), {"notification": [told.pk, "nonsense", "9" * 30]})

    told.refresh_from_db()
    assert told.read_at is not None


def followable(kind: str) -> tuple[dict[str, str], Callable[[], object]]:
    """What a form sends to follow one of this kind, and something that then happens to it."""
    if kind == "search":
        return {"search": "yearly report"}, lambda: make_commitment(statement="A yearly report.", recorded_at=LATER)
    if kind in ("official", "post"):
        held = make_membership()
        subject = getattr(held, kind)
        return {"kind": kind, "slug": subject.slug}, lambda: make_membership(
            official=held.official if kind == "official" else None,
            post=held.post if kind == "post" else None,
            is_acting=True,
            recorded_at=LATER,
        )
    commitment = make_commitment(initiative=make_initiative(), made_on=date(2023, 1, 27))
    topic, tag = make_topic(), make_tag("reports")
    commitment.topics.add(topic)
    subject = {
        "commitment": commitment,
        "initiative": commitment.initiative,
        "ministry": commitment.lead_ministry,
        "topic": topic,
        "tag": tag,
    }[kind]
    if kind == "tag":
        note = make_annotation(commitment=commitment, motivation="tagging", visibility="public", recorded_at=EARLY)
        note.tags.add(tag)
    return {"kind": kind, "slug": subject.slug}, lambda: make_assessment(commitment=commitment, recorded_at=LATER)


LATER = NOW + timedelta(days=3)


@pytest.mark.parametrize("kind", [*FOLLOWED, "search"])
def test_each_kind_is_followed_told_of_and_left(viewer: Client, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, happens = followable(kind)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert add(viewer, **asked, note="For chapter two.", cadence="at_once").status_code == 302
    assert "For chapter two." in viewer.get(reverse("desk:follow_list")).content.decode()

    happens()
    send_digests(at=LATER + timedelta(days=1))

    told = list(Notification.objects.filter(follow__user__username="viewer"))
    assert told
    html = viewer.get(reverse("desk:follow_list")).content.decode()
    assert escape(told[0].title) in html
    assert f"({len(told)} unread)" in html
    viewer.post(reverse("desk:follow_change", args=[Follow.objects.get().pk]), {"stop": "1"})
    assert not Follow.objects.exists()


@pytest.mark.parametrize("kind", FOLLOWED)
def test_each_kind_can_be_followed_from_its_page_at_the_desk(viewer: Client, kind: str) -> None:
    asked, _happens = followable(kind)
    plural = "ministries" if kind == "ministry" else f"{kind}s"
    own_page = kind in ("commitment", "initiative", "tag")
    page = f"/desk/{plural}/{asked['slug']}/" if own_page else f"/desk/reference/{plural}/{asked['slug']}/"

    html = viewer.get(page).content.decode()
    add(viewer, **asked, next=page)
    after = viewer.get(page).content.decode()

    assert f'name="kind" value="{kind}"' in html
    assert "You follow this" not in html
    assert "You follow this" in after


def test_a_post_passes_to_the_successor(viewer: Client) -> None:
    held = make_membership(recorded_at=EARLY)
    add(viewer, kind="post", slug=held.post.slug, cadence="at_once")
    Follow.objects.update(told_until=NOW)
    editor = make_user("editor", groups=("editor",))
    successor = make_official(name="The Successor")

    hand_over(post=held.post, to=successor, on=date(2026, 3, 2), by=editor, at=LATER)
    send_digests(at=LATER + timedelta(days=1))

    assert "The Successor" in viewer.get(reverse("desk:follow_list")).content.decode()


def test_one_notification_is_read_and_kept_again(viewer: Client) -> None:
    add(viewer, kind="initiative", slug=make_initiative().slug)
    one, other = (
        Notification.objects.create(
            follow=Follow.objects.get(), key=key, kind="status", source_id=1, title=key, created_at=NOW
        )
        for key in ("a", "b")
    )

    viewer.post(reverse("desk:notifications_read"), {"notification": [one.pk, other.pk], "one": one.pk})
    assert list(Notification.objects.unread_by(Follow.objects.get().user)) == [other]

    viewer.post(reverse("desk:notifications_read"), {"one": f"un{one.pk}"})
    assert Notification.objects.unread_by(Follow.objects.get().user).count() == 2


def test_another_ones_notification_stays_as_it_is(viewer: Client) -> None:
    theirs, _new = follow(subject=make_initiative(), by=make_user(), at=NOW)
    told = Notification.objects.create(follow=theirs, key="k", kind="status", source_id=1, title="T", created_at=NOW)

    viewer.post(reverse("desk:notifications_read"), {"one": told.pk})

    told.refresh_from_db()
    assert told.read_at is None


@pytest.mark.parametrize("wrong", [{"note": "x" * 501}, {"cadence": "hourly"}])
def test_what_cannot_be_followed_like_that_keeps_the_note(viewer: Client, wrong: dict[str, str]) -> None:
    asked = {"kind": "initiative", "slug": make_initiative().slug, "note": "For chapter two."} | wrong

    response = add(viewer, **asked)

    html = response.content.decode()
    assert response.status_code == 422
    assert asked["note"] in html
    assert f'name="slug" value="{asked["slug"]}"' in html
    assert not Follow.objects.exists()


def test_a_search_too_long_to_follow_is_still_there(viewer: Client) -> None:
    response = add(viewer, search="y" * 301, note="For chapter two.")

    assert response.status_code == 422
    assert "1 to 300 characters" in response.content.decode()
    assert "For chapter two." in response.content.decode()


def test_who_is_signed_in_follows_with_the_account_from_a_public_page(viewer: Client, client: Client) -> None:
    initiative = make_initiative()
    link = f"{BY_MAIL}?kind=initiative&slug={initiative.slug}"

    response = viewer.get(link)

    assert 'name="cadence"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    viewer.logout()
    assert 'name="email"' in client.get(link).content.decode()


def test_a_search_is_followed_from_its_page(client: Client) -> None:
    html = client.get("/search/", {"q": "yearly report"}).content.decode()

    assert f'href="{BY_MAIL}?search=yearly+report"' in html


def test_a_stranger_is_sent_to_the_sign_in_page(client: Client) -> None:
    assert reverse("account_login") in client.get(reverse("desk:follow_list"))["Location"]


def test_a_visitor_asks_confirms_and_ends(client: Client) -> None:
    commitment = make_commitment(statement="Publish the report.")
    asked = client.post(BY_MAIL, {"kind": "commitment", "slug": commitment.slug, "email": "reader@example.org"})
    subscriber, mail = Subscriber.objects.get(), MailMessage.objects.get()
    confirm = reverse("desk:follow_confirm", args=[subscriber.token])

    looked_at = client.get(confirm)
    subscriber.refresh_from_db()

    assert asked.status_code == looked_at.status_code == 200
    assert confirm in mail.text
    assert subscriber.confirmed_at is None

    client.post(confirm)
    subscriber.refresh_from_db()
    end = reverse("desk:follow_unsubscribe", args=[Follow.objects.get().token])
    client.get(end)

    assert subscriber.confirmed_at is not None
    assert Follow.objects.exists()

    client.post(end, {"List-Unsubscribe": "One-Click"})

    assert not Follow.objects.exists()
    assert client.post(end).status_code == 200


def test_the_answer_does_not_tell_who_follows(client: Client) -> None:
    data = {"kind": "initiative", "slug": make_initiative().slug, "email": "reader@example.org"}

    first, second = client.post(BY_MAIL, data), client.post(BY_MAIL, data)

    assert first.content == second.content


def test_no_address_is_refused_with_what_was_typed(client: Client) -> None:
    response = client.post(BY_MAIL, {"kind": "initiative", "slug": make_initiative().slug, "email": "a@b,c@d"})

    assert response.status_code == 422
    assert "a@b,c@d" in response.content.decode()


def test_a_flood_ends_in_a_sentence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policytracker.desk.views.follows.QUESTIONS_AN_HOUR", 1)
    slug = make_initiative().slug
    client.post(BY_MAIL, {"kind": "initiative", "slug": slug, "email": "one@example.org"})

    response = client.post(BY_MAIL, {"kind": "initiative", "slug": slug, "email": "two@example.org"})

    assert response.status_code == 429
    assert response["Retry-After"] == "3600"


def test_a_token_that_is_nobodys_is_not_found(client: Client) -> None:
    assert client.get(reverse("desk:follow_confirm", args=[uuid.uuid4()])).status_code == 404
    assert client.get(reverse("desk:follow_unsubscribe", args=[uuid.uuid4()])).status_code == 200
