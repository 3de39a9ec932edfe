"""Settings of Policy Tracker. Each environment variable is read on one line, with its meaning."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from policytracker.database.connection import embedded_database, given_database

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
    "policytracker.database",
    "articles",
    "policytracker.government",
    "policytracker.tracking",
    "policytracker.public",
    "policytracker.desk",
    "policytracker.api",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
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
STATIC_URL = "static/"
ROOT_URLCONF = "policytracker.urls"

DATABASE_URL = os.environ.get("DATABASE_URL", "")  # a PostgreSQL 15 or newer; empty starts the embedded one
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data")  # where the embedded one keeps its files
DATABASES = {"default": given_database(DATABASE_URL) if DATABASE_URL else embedded_database(DATA_DIR / "postgres")}
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
