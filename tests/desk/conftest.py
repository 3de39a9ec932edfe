"""People who work at the desk, signed in."""

import pytest
from django.test import Client

from tests.factories import make_user


def client_of(role: str, username: str = "") -> Client:
    """A browser in which somebody with this role is signed in, as `client.user`."""
    client = Client()
    client.user = make_user(username or f"some-{role}", groups=(role,))
    client.force_login(client.user)
    return client


@pytest.fixture
def viewer(db) -> Client:
    return client_of("viewer")


@pytest.fixture
def analyst(db) -> Client:
    return client_of("analyst")


@pytest.fixture
def reviewer(db) -> Client:
    return client_of("reviewer")


@pytest.fixture
def editor(db) -> Client:
    return client_of("editor")


@pytest.fixture
def admin(db) -> Client:
    return client_of("admin")
