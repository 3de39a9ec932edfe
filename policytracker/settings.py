"""Settings of Policy Tracker. Each environment variable is read on one line, with its meaning."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = os.environ.get("DEBUG", "") == "1"  # "1" shows tracebacks and the demo sign-ins
SECRET_KEY = os.environ.get("SECRET_KEY", "insecure-development-key")  # signs sessions and links

INSTALLED_APPS = [
    "modeltrans",
    "pgtrigger",
    "pghistory",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "articles",
    "policytracker.government",
    "policytracker.tracking",
    "policytracker.public",
    "policytracker.desk",
    "policytracker.api",
]
ROOT_URLCONF = "policytracker.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "policytracker"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
MODELTRANS_AVAILABLE_LANGUAGES = ["ko"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

import pghistory  # noqa: E402

PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="audit_trail")
