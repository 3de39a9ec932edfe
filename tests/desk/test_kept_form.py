"""We know that a form whose token went stale is kept for its writer, and for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from policytracker.desk.kept_forms import MARK, mark_for
from policytracker.tracking.models import Annotation
from tests.factories import make_commitment, make_ministry, make_user

pytestmark = pytest.mark.django_db

WORDS = "An hour of work."


@pytest.fixture
def writer() -> Client:
    """Somebody at a browser that checks tokens, as browsers do."""
    client = Client(enforce_csrf_checks=True)
    client.user = make_user("writes", groups=("analyst",))
    client.force_login(client.user)
    return client


def forms(user) -> dict[str, tuple[str, dict[str, str]]]:
    """The forms one writes into for long: address and fields."""
    commitment = make_commitment()
    mark = {MARK: mark_for(user), "csrfmiddlewaretoken": "stale" * 8}
    return {
        "note": (reverse("desk:subject_note", args=["commitments", commitment.slug]), mark | {"body": WORDS}),
        "assessment": (reverse("desk:commitment_assess", args=[commitment.slug]), mark | {"rationale": WORDS}),
        "commitment": (reverse("desk:commitment_new"), mark | {"statement": WORDS}),
    }


@pytest.mark.parametrize("name", ["note", "assessment", "commitment"])
def test_a_stale_token_loses_nothing(writer: Client, name: str) -> None:
    address, fields = forms(writer.user)[name]

    answer = writer.post(address, fields)

    assert answer["Location"] == reverse("desk:kept_form")
    page = writer.get(reverse("desk:kept_form")).content.decode()
    assert WORDS in page
    assert f'action="{address}"' in page
    assert not Annotation.objects.exists(), "it is looked at and sent again, not stored unasked"


@pytest.mark.parametrize("name", ["note", "assessment", "commitment"])
def test_an_ended_session_loses_nothing(client: Client, name: str) -> None:
    user = make_user("writes", groups=("analyst",))
    address, fields = forms(user)[name]

    answer = client.post(address, fields)
    assert answer["Location"].startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "writes", "password": "correct horse"})

    assert WORDS in client.get(reverse("desk:kept_form")).content.decode()


def test_an_ended_session_and_a_stale_token_at_once_lose_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    user = make_user("writes", groups=("analyst",))
    address, fields = forms(user)["note"]

    answer = client.post(address, fields)

    assert answer["Location"].startswith(reverse("account_login"))
    assert client.session["kept_form"]["writer"] == user.pk


def test_a_form_that_somebody_else_drew_is_not_kept(writer: Client) -> None:
    address, fields = forms(make_user("other", groups=("analyst",)))["note"]

    answer = writer.post(address, fields)

    assert answer.status_code == 403
    assert "kept_form" not in writer.session


def test_a_form_of_no_desk_is_refused_as_ever(writer: Client) -> None:
    assert writer.post(reverse("account_logout")).status_code == 403


def test_a_commitment_sent_twice_is_stored_once() -> None:
    client = Client()
    client.force_login(make_user(groups=("analyst",)))
    ministry = make_ministry(slug="mou")
    form = {
        "statement": "Open an office.",
        "lead_ministry": f"[{ministry.slug}]",
        "made_on": "2023-01-27",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
        "submission_key": "7e57ab1e-0000-4000-8000-000000000001",
    }

    first, second = client.post(reverse("desk:commitment_new"), form), client.post(reverse("desk:commitment_new"), form)

    assert first.status_code == 302, first.content.decode()[:3000]
    assert first["Location"] == second["Location"]
