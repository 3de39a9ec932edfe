"""We know that a passkey is registered and then asked for at sign-in, in a real browser with an authenticator."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import override_settings
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.factories import make_user

BUTTON = "main button[type=submit]"
PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def page(desk_site: str, chromium: Browser) -> Iterator[Page]:
    """A page under a name: passkeys belong to one, never to a number of the network."""
    context = chromium.new_context(base_url=f"http://localhost:{urlsplit(desk_site).port}")
    context.set_default_timeout(8_000)
    with override_settings(MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN=True):
        yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def authenticator(page: Page) -> tuple[CDPSession, str]:
    """Something that keeps passkeys and says yes, as a phone or a key does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def keys_in(authenticator: tuple[CDPSession, str]) -> list[dict]:
    devtools, number = authenticator
    return devtools.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]


def give_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "keyholder")
    page.fill("input[name=password]", PASSWORD)
    page.click(BUTTON)


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_passkey_is_registered_then_asked_for_at_sign_in(page: Page, authenticator: tuple[CDPSession, str]) -> None:
    violations: list[str] = []
    page.on("console", lambda said: violations.append(said.text) if "Content Security Policy" in said.text else None)
    make_user("keyholder", groups=("reviewer",))

    give_password(page)
    page.wait_for_url("**/desk/")
    page.goto("/accounts/2fa/webauthn/add/")
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.click(BUTTON)
    page.fill("input[name=name]", "My phone")
    page.click("main button >> nth=-1")
    page.wait_for_url(lambda url: "webauthn/add" not in url)

    holder = User.objects.get(username="keyholder")
    assert Authenticator.objects.get(user=holder, type="webauthn").data["name"] == "My phone"
    (key,) = keys_in(authenticator)
    assert key["rpId"] == "localhost"

    sign_out(page)
    give_password(page)
    page.wait_for_url("**/2fa/authenticate/")
    page.goto("/desk/")
    assert "/2fa/authenticate/" in page.url, "the password alone opens nothing"

    page.locator("button", has_text="security key").click()
    page.wait_for_url("**/desk/")
    expect(page.locator("h1")).to_be_visible()
    assert keys_in(authenticator)[0]["signCount"] > key["signCount"]
    assert violations == []
