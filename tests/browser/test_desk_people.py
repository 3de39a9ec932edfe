"""The desk's people in a real browser: a passkey is registered and asked for, a follower is told and stops."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, CDPSession, Page, expect

from policytracker.tracking.models import Follow
from tests.factories import make_assessment, make_commitment, make_evidence, make_user
from tests.journeys.test_follow_and_receive import mailbox  # noqa: F401 - a fixture

from .desk import at_desk, tab_to

pytestmark = pytest.mark.browser

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


def test_a_follower_is_told_by_mail_what_changed_and_stops(
    desk_site: str,
    chromium: Browser,
    mailbox: list[EmailMessage],  # noqa: F811
) -> None:
    commitment = make_commitment(slug="followed", statement="Print the atlas.")
    evidence = make_evidence(commitment=commitment)
    make_assessment(commitment=commitment, status="in_progress", evidence=[evidence])
    page = at_desk(chromium, desk_site, "viewer")

    # Followed with the keyboard, with a note to oneself.
    page.goto(f"{desk_site}/desk/commitments/followed/")
    tab_to(page, "details.follow summary")
    page.keyboard.press("Enter")
    tab_to(page, "#id_follow_note")
    page.keyboard.type("For chapter two.")
    tab_to(page, "#id_follow_cadence")
    page.keyboard.press("Home")
    tab_to(page, "details.follow button")
    page.keyboard.press("Enter")
    expect(page.locator("details.follow summary")).to_contain_text("You follow this (at once)")

    # Something is concluded: one mail, from what to what, why, with the quote and the follower's own note.
    Follow.objects.update(told_until=timezone.now() - timedelta(hours=1))
    recorded_at = timezone.now() - timedelta(minutes=1)
    told = {"status": "fulfilled", "effective_from": date(2023, 3, 30), "rationale": "The atlas is out."}
    make_assessment(commitment=commitment, evidence=[evidence], recorded_at=recorded_at, **told)
    call_command("send_digests")
    call_command("send_digests")
    (mail,) = mailbox
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    for words in ("In progress", "Fulfilled", "The atlas is out.", evidence.exact, "For chapter two."):
        assert words in text, words

    # In the app it is unread; the mail's own link ends it.
    page.goto(f"{desk_site}/desk/follows/")
    expect(page.locator("main")).to_contain_text("1 unread")
    (end,) = re.findall(r"<(http://[^>]+)>", mail["List-Unsubscribe"])
    reader = chromium.new_context().new_page()
    reader.goto(end)
    assert Follow.objects.get().cadence == "at_once", "a program that looks at links ends nothing"
    reader.get_by_role("button", name="Stop following").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("You no longer follow this")
    assert Follow.objects.get().cadence == "off"
    for one in (page, reader):
        one.context.close()
