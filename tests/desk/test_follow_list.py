"""We know that following works from the pages, for staff and for visitors, and that links in mails do no harm."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from policytracker.tracking.models import Follow, MailMessage, Notification, Subscriber
from tests.factories import NOW, make_commitment, make_initiative, make_tag, make_user

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
    for follow in Follow.objects.all():
        Notification.objects.create(follow=follow, key="k", kind="status", source_id=1, title="T", created_at=NOW)

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
