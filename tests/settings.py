"""Settings of the tests: a database server of their own, which may lose everything in a power cut."""

from policytracker.database.connection import embedded_database
from policytracker.settings import *  # noqa: F403
from policytracker.settings import DATA_DIR, DATABASE_URL, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and only ever for test passwords

if not DATABASE_URL:
    DATABASES["default"] = embedded_database(
        DATA_DIR / "test-postgres",
        options=("fsync=off", "full_page_writes=off", "synchronous_commit=off"),
    )

# Pages are asked over plain HTTP, and files are served where they lie.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

# Each request makes its page anew, so that tests see what they wrote; those about keeping turn it on.
KEPT_SECONDS = 0
