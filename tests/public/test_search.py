"""We know that a search says in which record it looks."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from policytracker.tracking.actions.corrections import correct_field
from tests.factories import make_initiative, make_user

pytestmark = pytest.mark.django_db

SAID = "Words are looked for in the record as it stands today."


def test_of_an_earlier_moment_it_says_that_words_are_todays(client: Client) -> None:
    initiative = make_initiative(name="Audacious initiative")
    at = datetime(2025, 5, 1, tzinfo=UTC)
    correct_field(target=initiative, field="name", value="Bold plan", note="Slip.", by=make_user(), at=at)

    page = client.get("/search/?q=bold&known_at=2024-01-01").content.decode()

    assert SAID in page
    assert "Audacious initiative" in page and "Bold plan" not in page


@pytest.mark.parametrize("path", ["/search/?q=bold", "/search/?known_at=2024-01-01"])
def test_of_today_and_of_nothing_it_says_nothing(client: Client, path: str) -> None:
    assert SAID not in client.get(path).content.decode()
