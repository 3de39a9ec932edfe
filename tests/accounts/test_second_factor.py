"""We know that where publishing needs a second factor, a reviewer is led to set one up before anything is public."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from policytracker.desk.kept_forms import MARK, mark_for
from tests.factories import make_assessment, make_commitment, make_evidence, make_user

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    """What an authenticator shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def reviewer(settings) -> Client:
    settings.REVIEW_REQUIRES_MFA = True
    user = make_user("checks", groups=("reviewer",))
    client = Client()
    client.user = user
    client.post(reverse("account_login"), {"login": "checks", "password": "correct horse"})
    return client


def prove_it_is_me(client: Client) -> None:
    """Give the password once more, as is asked before anything about signing in is changed."""
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})


def set_one_up(client: Client) -> object:
    """Scan the code and type what the authenticator shows."""
    prove_it_is_me(client)
    client.get(reverse("mfa_activate_totp"))
    code = code_for(client.session["mfa.totp.secret"])
    return client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)


def submitted():
    commitment = make_commitment(recorded_at=None)
    evidence = make_evidence(commitment=commitment, recorded_at=None)
    return make_assessment(commitment=commitment, evidence=[evidence], published=False, stage="submitted")


def test_every_page_of_the_desk_says_so(reviewer: Client) -> None:
    assert "publishing needs a second factor" in reviewer.get(reverse("desk:inbox")).content.decode()


def test_an_analyst_is_not_asked(settings) -> None:
    settings.REVIEW_REQUIRES_MFA = True
    client = Client()
    client.force_login(make_user(groups=("analyst",)))

    assert "second factor here" not in client.get(reverse("desk:inbox")).content.decode()


def test_a_reviewer_sets_one_up_before_publishing_and_goes_on(
    reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda told, **options: told())  # a test never commits
    assessment = submitted()
    review = reverse("desk:review_detail", args=[assessment.pk])
    form = {"do": "publish", "body": "Read twice.", "version": assessment.version, MARK: mark_for(reviewer.user)}

    refused = reviewer.post(review, form)

    assessment.refresh_from_db()
    assert refused["Location"] == reverse("mfa_index")
    assert assessment.stage == "submitted"

    page = set_one_up(reviewer).content.decode()
    assert Authenticator.objects.filter(user=reviewer.user, type="totp").exists()
    assert reverse("desk:kept_form") in page
    assert mail.outbox[0].to == [reviewer.user.email], "its owner is told"
    kept = reviewer.get(reverse("desk:kept_form")).content.decode()
    assert "Read twice." in kept

    reviewer.post(review, form)

    assessment.refresh_from_db()
    assert assessment.stage == "published"


@pytest.mark.parametrize("name", ["commitment_publish"])
def test_nothing_goes_public_by_another_way(reviewer: Client, name: str) -> None:
    commitment = make_commitment(recorded_at=None)

    answer = reviewer.post(reverse(f"desk:{name}", args=[commitment.slug]))

    commitment.refresh_from_db()
    assert answer["Location"] == reverse("mfa_index")
    assert commitment.recorded_at is None


def test_signing_in_then_asks_for_the_code(reviewer: Client) -> None:
    set_one_up(reviewer)
    elsewhere = Client()

    half = elsewhere.post(reverse("account_login"), {"login": "checks", "password": "correct horse"})

    assert half["Location"] == reverse("mfa_authenticate")
    assert elsewhere.get(reverse("desk:inbox")).status_code == 302


def test_passkeys_are_offered(reviewer: Client) -> None:
    assert reverse("mfa_add_webauthn") in reviewer.get(reverse("mfa_index")).content.decode()
    prove_it_is_me(reviewer)
    assert reviewer.get(reverse("mfa_add_webauthn")).status_code == 200
