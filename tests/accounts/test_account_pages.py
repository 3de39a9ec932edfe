"""We know that people sign in by one door, manage their account in our design, and cannot sign themselves up."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse"
MANAGED = (
    "account_change_password",
    "account_email",
    "mfa_index",
    "mfa_activate_totp",
    "usersessions_list",
    "account_logout",
)


def sign_in(client: Client, user: User) -> object:
    return client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_entrances_are_in_our_design(name: str, client: Client) -> None:
    page = client.get(reverse(name))

    assert page.status_code == 200
    assert 'class="site-head"' in page.content.decode()


@pytest.mark.parametrize("name", MANAGED)
def test_account_pages_are_in_our_design(name: str, client: Client) -> None:
    sign_in(client, make_user())

    page = client.get(reverse(name), follow=True)

    assert page.status_code == 200
    assert 'class="site-head"' in page.content.decode()


def test_nobody_signs_themselves_up(client: Client) -> None:
    data = {"username": "intruder", "email": "i@example.org", "password1": PASSWORD, "password2": PASSWORD}

    client.post(reverse("account_signup"), data)

    assert not User.objects.filter(username="intruder").exists()


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    response = client.get(reverse("admin:login"))

    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client) -> None:
    make_user("reader")

    response = client.post(reverse("account_login"), {"login": "reader", "password": "wrong"})

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="reader"' in page
    assert 'class="error"' in page


def test_five_wrong_passwords_close_the_door_for_a_while(client: Client) -> None:
    user = make_user("reader")
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "reader", "password": "wrong"})

    sign_in(client, user)

    assert "_auth_user_id" not in client.session


def test_a_reset_asked_for_under_a_false_name_of_ours_is_refused(client: Client) -> None:
    user = make_user()
    reset = reverse("account_reset_password")

    assert client.post(reset, {"email": user.email}, headers={"host": "evil.example"}).status_code == 400
    assert mail.outbox == []

    client.post(reset, {"email": user.email})

    assert "http://testserver/" in mail.outbox[0].body


def test_a_changed_password_ends_other_sessions(client: Client) -> None:
    user = make_user()
    elsewhere = Client()
    sign_in(elsewhere, user)
    sign_in(client, user)

    data = {"oldpassword": PASSWORD, "password1": "battery staple 9", "password2": "battery staple 9"}
    client.post(reverse("account_change_password"), data)

    assert elsewhere.get(reverse("account_email")).status_code == 302
