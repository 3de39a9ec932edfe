"""Serving the public with demo settings is refused, and each refusal says what to set."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured

from policytracker.start_up import refuse_unsafe_settings

SAFE = {
    "DEBUG": False,
    "SECRET_KEY": "qk3n7Zx0vT9sLw2mB6yRc4hJdF8gPa1eUoXiNbVtMzKlSjHrQf",
    "SECRET_KEY_GIVEN": True,
    "ALLOWED_HOSTS": ["tracker.example.org"],
}


@pytest.fixture
def public(settings):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


@pytest.mark.django_db
def test_safe_settings_are_accepted(public):
    refuse_unsafe_settings()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY_GIVEN", False, "Set SECRET_KEY"),
        ("SECRET_KEY", "short", "too short"),
        ("SECRET_KEY", "a" * 60, "too plain"),
        ("ALLOWED_HOSTS", [], "Set ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["*"], "name the hosts"),
    ],
)
def test_unsafe_settings_are_refused(public, name, value, sentence):
    setattr(public, name, value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        refuse_unsafe_settings()


@pytest.mark.django_db
def test_a_demo_account_is_refused_in_public(public):
    User.objects.create_user("analyst", password="analyst-demo")

    with pytest.raises(ImproperlyConfigured, match="account analyst still has its demo password"):
        refuse_unsafe_settings()


@pytest.mark.django_db
def test_a_debug_site_for_others_is_refused(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost", "tracker.example.org"]

    with pytest.raises(ImproperlyConfigured, match=r"tracker\.example\.org"):
        refuse_unsafe_settings()


@pytest.mark.django_db
def test_a_debug_site_for_this_machine_is_accepted(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = []

    refuse_unsafe_settings()
