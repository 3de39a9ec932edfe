"""Refuses to serve the public with settings that are only fit for a demo."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from policytracker.postgres_binaries import CannotStart

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1", "testserver"}
DEMO_ACCOUNTS = ("admin", "analyst", "reviewer")  # the password of each is its name + "-demo"


def refuse_unsafe_settings() -> None:
    """Raise ImproperlyConfigured, naming everything that is wrong, unless it is safe to serve."""
    problems = list(_demo_problems() if settings.DEBUG else _public_problems())
    if problems:
        raise ImproperlyConfigured("Not started. " + " ".join(problems))


def _demo_problems() -> list[str]:
    if foreign := set(settings.ALLOWED_HOSTS) - LOOPBACK:
        names = ", ".join(sorted(foreign))
        return [f"DEBUG=1 is for this machine only, but ALLOWED_HOSTS has {names}: unset one of them."]
    return []


def _public_problems() -> list[str]:
    problems = []
    if not settings.SECRET_KEY_GIVEN:
        problems.append("Set SECRET_KEY to a long random text (or DEBUG=1 for a demo on this machine).")
    elif len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        problems.append("SECRET_KEY is too short or too plain: use 50 random characters or more.")
    if not settings.ALLOWED_HOSTS:
        problems.append("Set ALLOWED_HOSTS to the names of the site, separated by spaces.")
    if "*" in settings.ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS=* lets anybody forge links: name the hosts.")
    if name := _demo_account():
        problems.append(f"The account {name} still has its demo password: change it or deactivate it.")
    return problems


def _demo_account() -> str | None:
    """Return the name of an account that still has its demo password, if the database answers and has one."""
    try:
        users = list(get_user_model().objects.filter(username__in=DEMO_ACCOUNTS, is_active=True))
    except (DatabaseError, CannotStart):
        return None
    return next((u.username for u in users if u.check_password(f"{u.username}-demo")), None)
