"""Makes test databases by copying one that was migrated before, because migrating takes far longer than copying."""

import hashlib

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

LOCK = 815_004_711  # any number: two test runs must not make the same template at once


def make_test_database(name: str) -> None:
    """Make an empty database with today's schema and point the default connection at it."""
    template = _template_name()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if cursor.fetchone() is None:
            _make_template(cursor, template)
        _recreate(cursor, name, template)
    use_test_database(name)


def drop_test_database(name: str) -> None:
    """Remove the database, whoever is still connected."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_template(cursor, template: str) -> None:
    """Migrate under a temporary name, so that a run that was killed leaves no half-made template."""
    for old in _earlier_templates(cursor):
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
    unfinished = f"{template}_making"
    _recreate(cursor, unfinished, "template0")
    use_test_database(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    cursor.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(template))
    )


def _earlier_templates(cursor) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [_prefix() + "%"])
    return [row[0] for row in cursor.fetchall()]


def _recreate(cursor, name: str, template: str) -> None:
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def use_test_database(name: str) -> None:
    """Point the default connection at a database, in every thread."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _prefix() -> str:
    return "template_policytracker_"


def _template_name() -> str:
    """Name the template after everything that makes the schema: it is stale when any of that changes."""
    digest = hashlib.sha256(" ".join(settings.INSTALLED_APPS).encode())
    ours = [
        path
        for part in ("articles", "policytracker")
        for path in (settings.BASE_DIR / part).rglob("migrations/**/*.*")
        if path.suffix in (".py", ".sql")
    ]
    for path in sorted([*ours, settings.BASE_DIR / "requirements.txt"]):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return _prefix() + digest.hexdigest()[:16]
