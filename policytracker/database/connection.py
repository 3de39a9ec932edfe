"""Which PostgreSQL the site uses: the one of an address, or the embedded one of a data folder. Pure."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from policytracker.embedded_postgres import USER, Cluster

ENGINE = "policytracker.database"
NAME = "policytracker"


def given_database(url: str) -> dict[str, Any]:
    """Return Django's settings for `postgresql://user:password@host:port/name?sslmode=require`.

    Raises ImproperlyConfigured with a sentence, which never repeats the password, for anything else.
    """
    scheme = url.split(":", 1)[0]
    if scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with postgresql:// (it begins with {scheme[:20]!r}). Only PostgreSQL is supported."
        )
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:
        raise ImproperlyConfigured(
            "DATABASE_URL is not a valid address. It should look like postgresql://user:password@host:5432/name."
        ) from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database. Add one: postgresql://host/name.")
    return {
        "ENGINE": ENGINE,
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


def embedded_database(data: Path, *, options: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return Django's settings for the embedded server on a data folder; nothing is started yet."""
    return {
        "ENGINE": ENGINE,
        "NAME": NAME,
        "USER": USER,
        "EMBEDDED": Cluster(data, options),
        "EMBEDDED_NAME": NAME,
        "OPTIONS": {},
    }
