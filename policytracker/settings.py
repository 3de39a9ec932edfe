"""Settings of Policy Tracker. Each environment variable is read on one line, with its meaning."""

import os
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from policytracker.database.connection import embedded_database, given_database
from policytracker.secret_key import secret_key_in
from policytracker.spans import days_by_kind

BASE_DIR = Path(__file__).resolve().parent.parent

# -- what this installation is
DEBUG = os.environ.get("DEBUG") == "1"  # 1: a demo on this machine only, with tracebacks and demo sign-ins
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split()  # host names the site answers to, separated by spaces
SITE_NAME = os.environ.get("SITE_NAME", "Policy Tracker")  # in titles, feeds and mails
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")  # for links in mails and feeds
CONTACT = os.environ.get("CONTACT", "contact@localhost")  # where readers write to; also the sender of mails
RELEASE = os.environ.get("RELEASE", "development")  # names the deployed version: caches end with it
TIME_ZONE = os.environ.get("TIME_ZONE", "Asia/Seoul")  # days on pages begin and end in this zone

# -- how people work here
FOUR_EYES = os.environ.get("FOUR_EYES", "1") == "1"  # 0: a team of one may publish its own assessments
REVIEW_REQUIRES_MFA = os.environ.get("REVIEW_REQUIRES_MFA") == "1"  # 1: publishing needs a second factor at sign-in
DORMANT_AFTER_DAYS = days_by_kind(  # days of silence after which a commitment counts as dormant, by its kind
    os.environ.get("DORMANT_AFTER_DAYS", ""), {"action": 365, "outcome": 730}, setting="DORMANT_AFTER_DAYS"
)
DUE_SOON_DAYS = days_by_kind(  # how far ahead a deadline counts as due soon, by how exactly it was said
    os.environ.get("DUE_SOON_DAYS", ""),
    {"day": 14, "week": 14, "month": 31, "quarter": 61, "half": 61, "year": 92},
    setting="DUE_SOON_DAYS",
)

READING_LANGUAGE_MODEL = os.environ.get(
    "READING_LANGUAGE_MODEL", ""
)  # dotted path of a plug-in that also suggests; off

# -- secrets and the way here
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data")  # files of the embedded database and its kin
SECRET_KEY = os.environ.get("SECRET_KEY") or secret_key_in(DATA_DIR)  # signs sessions and links
SECRET_KEY_GIVEN = bool(os.environ.get("SECRET_KEY"))
SECRET_KEY_FALLBACKS = os.environ.get("OLD_SECRET_KEYS", "").split()  # earlier keys, still believed while changing
HTTPS = os.environ.get("HTTPS", "0" if DEBUG else "1") == "1"  # 0: served without TLS; passwords travel in clear
PROXIES = int(os.environ.get("PROXIES", "0"))  # how many proxies of ours stand in front and set X-Forwarded-For

# -- database
DATABASE_URL = os.environ.get("DATABASE_URL", "")  # a PostgreSQL 15 or newer; empty starts the embedded one
PGBOUNCER = os.environ.get("PGBOUNCER") == "1"  # 1: DATABASE_URL leads to PgBouncer in transaction mode
DATABASES = {"default": given_database(DATABASE_URL) if DATABASE_URL else embedded_database(DATA_DIR / "postgres")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    # Server-side cursors outlive a transaction, which PgBouncer in transaction mode does not.
    "DISABLE_SERVER_SIDE_CURSORS": PGBOUNCER,
}
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", "5")
if not PGBOUNCER:  # it refuses start-up options; set them on its server then
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=5s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- parts
INSTALLED_APPS = [
    "modeltrans",
    "pgtrigger",
    "pghistory",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "procrastinate.contrib.django",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
    "policytracker.database",
    "policytracker.pages",
    "articles",
    "policytracker.government",
    "policytracker.tracking",
    "policytracker.public",
    "policytracker.desk",
    "policytracker.api",
]
MIDDLEWARE = [
    "policytracker.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "policytracker.errors.DatabaseAwayMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "policytracker.languages.LanguageMiddleware",
    "policytracker.tracking.middleware.MomentMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "policytracker.preferred.PreferenceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]
ROOT_URLCONF = "policytracker.urls"
WSGI_APPLICATION = "policytracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "policytracker.site.site",
                "policytracker.pages.themes.page_context",
            ]
        },
    }
]

# -- languages; MODELTRANS_AVAILABLE_LANGUAGES are those that content is translated into
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["policytracker.formats"]  # one way of writing days, in pages and mails
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"
MODELTRANS_AVAILABLE_LANGUAGES = ["ko"]

# -- files of pages
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False  # a command that renders a mail runs before files are collected
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # in one form: whole folders are dropped on the import page
PICTURE_FONT = os.environ.get(
    "PICTURE_FONT", ""
)  # font file for pictures beside links; default: a Korean one of the system

# -- caches: sign-in limits must be counted over all processes, page bodies may be kept by each
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # some 10 kB each
    },
}
KEPT_SECONDS = 30  # how long an unchanged public page is not made again; 0: always made anew

# -- sign-in
AUTHENTICATION_BACKENDS = [
    "policytracker.accounts.AuthenticationBackend",
    "rules.permissions.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600
INVITATION_DAYS = int(os.environ.get("INVITATION_DAYS", "7"))  # how long the link of an invitation opens the door
ACCOUNT_ADAPTER = "policytracker.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an admin, who knows the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner is mailed when a password or a second factor changes
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}  # the rest as the library has it
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# -- what browsers are told
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines beside us, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "policytracker.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "DESCRIPTION": "What a government said it would do, and what came of it.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
}

# -- audit trail: reading changes nothing, so only writing requests are followed
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="audit_trail")  # "events" are of the record
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# -- mail
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'smtp'}.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")  # the mail server
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))  # its port
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")  # sign-in at the mail server
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")  # and its password
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"  # 1: encrypt with STARTTLS
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONTACT
SERVER_EMAIL = CONTACT

# -- log: one line per event, on standard error
LOG_LEVEL = os.environ.get("LOG_LEVEL", "INFO")  # DEBUG, INFO, WARNING or ERROR
LOG_FORMAT = os.environ.get("LOG_FORMAT", "text" if DEBUG else "json")  # text for people, json for machines
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "policytracker.logs.TextFormatter"},
        "json": {"()": "policytracker.logs.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"django": {"handlers": [], "propagate": True}, "procrastinate": {"level": "WARNING"}},
}
