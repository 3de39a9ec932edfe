"""We know that an admin lets people in by mail, that a link opens once and not for long, and that nobody else invites."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from policytracker.tracking.actions.invitations import invite, token_of
from policytracker.tracking.models import Invitation, MailMessage
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PEOPLE = reverse("desk:people_list")
ANSWER = {"username": "dana", "name": "Dana Kim", "password": "battery staple 9"}


def asked(email: str = "dana@example.org", role: str = "analyst", by: User | None = None) -> Invitation:
    group, _new = Group.objects.get_or_create(name=role)
    return invite(email=email, groups=[group], language="en", by=by or make_user(groups=("admin",)), at=timezone.now())


def door(invitation: Invitation) -> str:
    return reverse("desk:invitation_accept", args=[token_of(invitation)])


def test_an_admin_invites_and_who_was_invited_comes_in(admin: Client, client: Client) -> None:
    analyst = Group.objects.get(name="analyst")
    form = {"email": " Dana@Example.ORG ", "groups": [analyst.pk], "language": "ko"}

    admin.post(PEOPLE, form)

    mail = MailMessage.objects.get()
    assert mail.to == "Dana@example.org"
    assert "some-admin" in mail.text
    [link] = re.findall(r"http\S+(/desk/invitation/\S+)", mail.text)
    assert link in mail.html
    assert "Dana@example.org" in client.get(link).content.decode()
    answer = client.post(link, ANSWER)
    assert answer["Location"] == reverse("desk:inbox")
    dana = User.objects.get(username="dana")
    assert list(dana.groups.all()) == [analyst]
    assert (dana.email, dana.get_full_name(), dana.preference.language) == ("Dana@example.org", "Dana Kim", "ko")
    assert client.get(reverse("desk:inbox")).status_code == 200
    assert not dana.is_staff


def test_a_link_opens_once(client: Client) -> None:
    link = door(asked())
    client.post(link, ANSWER)

    again = Client().post(link, ANSWER | {"username": "second"})

    assert again.status_code == 410
    assert not User.objects.filter(username="second").exists()


def test_a_link_runs_out(client: Client) -> None:
    invitation = asked()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(door(invitation)).status_code == 410


def test_a_withdrawn_invitation_opens_nothing(admin: Client, client: Client) -> None:
    invitation = asked()

    admin.post(reverse("desk:invitation_change", args=[invitation.pk]), {"withdraw": "1"})

    assert client.get(door(invitation)).status_code == 410


def test_sending_again_ends_the_earlier_link(admin: Client, client: Client) -> None:
    invitation = asked()
    earlier = door(invitation)

    admin.post(reverse("desk:invitation_change", args=[invitation.pk]))

    invitation.refresh_from_db()
    assert client.get(earlier).status_code == 410
    assert client.get(door(invitation)).status_code == 200
    assert MailMessage.objects.count() == 2


@pytest.mark.parametrize("token", ["x", "W1sxXQ:1abc:2def", "a" * 3000, "%00"])
def test_a_link_that_was_made_up_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/desk/invitation/{token}/").status_code in (404, 410)


def test_the_address_of_an_invitation_is_kept_from_others(client: Client) -> None:
    page = client.get(door(asked()))

    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"username": "DANA-old"}, "taken"),
        ({"username": "a b"}, "valid username"),
        ({"username": "x" * 200}, "150"),
        ({"username": "nul\x00"}, "Null characters"),
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"password": ""}, "required"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_stays(client: Client, changes: dict[str, str], words: str) -> None:
    make_user("dana-old")
    invitation = asked()

    answer = client.post(door(invitation), ANSWER | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="Dana Kim"' in page
    assert User.objects.filter(email="dana@example.org").count() == 0
    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"email": "nobody", "groups": []}, "Enter one e-mail address"),
        ({"email": "a@example.org,b@example.org"}, "Enter one e-mail address"),
        ({"email": "known@example.org"}, "has an account already"),
        ({"email": "new@example.org", "groups": []}, "This field is required"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "Enter one e-mail address"),
    ],
)
def test_whom_one_cannot_invite_is_said(admin: Client, form: dict[str, object], words: str) -> None:
    make_user("known")
    viewer = Group.objects.get(name="viewer")
    answer = admin.post(PEOPLE, {"groups": [viewer.pk], "language": "en"} | form)

    assert answer.status_code == 422
    assert words in answer.content.decode() or "This field is required" in answer.content.decode()
    assert not MailMessage.objects.exists()


@pytest.mark.parametrize("name", ["viewer", "analyst", "reviewer", "editor"])
def test_only_an_admin_invites(name: str, request: pytest.FixtureRequest) -> None:
    somebody = request.getfixturevalue(name)

    assert somebody.get(PEOPLE).status_code == 403
    assert somebody.post(PEOPLE, {"email": "a@example.org", "language": "en"}).status_code == 403
    assert not Invitation.objects.exists()


def test_only_who_administers_the_site_makes_another_one_who_does(client: Client) -> None:
    client.post(door(asked(role="admin")), ANSWER)
    by_superuser = asked("eve@example.org", "admin", by=make_user(is_superuser=True))
    Client().post(door(by_superuser), ANSWER | {"username": "eve"})

    assert not User.objects.get(username="dana").is_superuser
    assert User.objects.get(username="eve").is_superuser


def test_the_list_takes_a_fixed_number_of_queries(admin: Client, django_assert_num_queries: object) -> None:
    for number in range(5):
        asked(f"dana-{number}@example.org")
        make_user(groups=("viewer", "analyst"))

    with django_assert_num_queries(8):
        admin.get(PEOPLE)


# -- roles and accounts


def page_of(user: User) -> str:
    return reverse("desk:person_detail", args=[user.pk])


def role(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": "correct horse"})
    assert client.get(reverse("desk:inbox")).status_code == 200
    return client


def test_an_admin_who_is_no_staff_gives_and_takes_roles(admin: Client) -> None:
    dana = make_user("dana", groups=("analyst", "outsiders"))
    assert not admin.user.is_staff  # type: ignore[attr-defined]
    assert f'href="{page_of(dana)}"' in admin.get(PEOPLE).content.decode()

    admin.post(page_of(dana), {"groups": [role("reviewer").pk]})

    assert {group.name for group in dana.groups.all()} == {"reviewer", "outsiders"}
    assert LogEntry.objects.get(object_id=str(dana.pk)).get_change_message() == "Roles: reviewer"


def test_who_loses_a_role_is_signed_out_who_gains_one_is_not(admin: Client) -> None:
    dana = make_user("dana", groups=("editor",))
    theirs = signed_in(dana)

    admin.post(page_of(dana), {"groups": [role("editor").pk, role("analyst").pk]})
    assert theirs.get(reverse("desk:inbox")).status_code == 200

    admin.post(page_of(dana), {"groups": [role("analyst").pk]})
    assert theirs.get(reverse("desk:inbox")).status_code == 302


def test_a_closed_account_is_out_at_the_next_request_and_may_come_back(admin: Client) -> None:
    dana = make_user("dana", groups=("analyst",))
    theirs = signed_in(dana)

    admin.post(page_of(dana), {"do": "close"})

    assert theirs.get(reverse("desk:inbox")).status_code == 302
    theirs.post(reverse("account_login"), {"login": "dana", "password": "correct horse"})
    assert theirs.get(reverse("desk:inbox")).status_code == 302
    assert "disabled" in admin.get(PEOPLE).content.decode()
    admin.post(page_of(dana), {"do": "open"})
    signed_in(dana)


def test_every_session_can_be_ended_and_one_signs_in_again(admin: Client) -> None:
    dana = make_user("dana", groups=("analyst",))
    here, there = signed_in(dana), signed_in(dana)

    admin.post(page_of(dana), {"do": "sign_out"})

    for client in (here, there):
        assert client.get(reverse("desk:inbox")).status_code == 302
    signed_in(dana)


def test_nobody_locks_themselves_out(admin: Client) -> None:
    me: User = admin.user  # type: ignore[attr-defined]

    closed = admin.post(page_of(me), {"do": "close"}, follow=True)
    demoted = admin.post(page_of(me), {"groups": [role("viewer").pk]})

    for answer in (closed, demoted):
        assert "Ask another admin." in answer.content.decode()
    assert demoted.status_code == 422
    assert admin.get(PEOPLE).status_code == 200


def test_who_administers_the_whole_site_is_changed_only_by_their_like(admin: Client) -> None:
    root = make_user("root", is_superuser=True, groups=("admin",))

    answer = admin.post(page_of(root), {"do": "close"}, follow=True)
    refused = admin.post(page_of(root), {"groups": [role("viewer").pk]})

    root.refresh_from_db()
    assert "administers the whole site" in answer.content.decode() and refused.status_code == 422
    assert root.is_active and root.groups.get().name == "admin"


@pytest.mark.parametrize("sent", [{}, {"groups": ["999999"]}, {"groups": ["x"]}, {"do": "explode"}])
def test_roles_that_cannot_be_are_refused(admin: Client, sent: dict) -> None:
    dana = make_user("dana", groups=("analyst",))

    answer = admin.post(page_of(dana), sent)

    assert answer.status_code == 422
    assert dana.groups.get().name == "analyst"


def test_a_group_that_is_no_role_is_not_given_here(admin: Client) -> None:
    dana = make_user("dana", groups=("analyst",))

    answer = admin.post(page_of(dana), {"groups": [role("outsiders").pk]})

    assert answer.status_code == 422
    assert dana.groups.get().name == "analyst"


def test_a_person_who_is_not_there_is_404(admin: Client) -> None:
    for number in ("0", "999999", "99999999999999999999"):
        assert admin.get(f"/desk/people/{number}/").status_code == 404
