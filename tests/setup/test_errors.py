"""What readers see when something breaks: a page with a number, never a traceback; 503 while the database is away."""

import json
import logging

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from psycopg import errors

from policytracker import urls
from policytracker.database.away import is_database_away
from policytracker.logs import JsonFormatter, TextFormatter
from policytracker.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the reason is for the log only")


def database_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("lock timeout") from errors.LockNotAvailable()


urlpatterns = [
    path("broken", broken),
    path("away", database_away),
    path("locked", locked),
    *urls.urlpatterns,
]

own_addresses = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@own_addresses
def test_an_error_page_carries_the_number_of_the_log(visitor):
    answer = visitor.get("/broken")

    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()
    assert b"reason" not in answer.content
    assert b"Traceback" not in answer.content


@own_addresses
def test_an_error_page_that_fails_itself_still_answers(visitor, monkeypatch):
    monkeypatch.setattr("policytracker.errors.render_to_string", broken)

    answer = visitor.get("/broken")

    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()


@own_addresses
@pytest.mark.parametrize("debug", [False, True])
def test_a_database_that_is_away_is_a_503_with_retry_after(visitor, settings, debug):
    settings.DEBUG = debug

    answer = visitor.get("/away")

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert b"connection refused" not in answer.content


@own_addresses
def test_a_lock_timeout_is_no_absence(visitor):
    assert visitor.get("/locked").status_code == 500


def test_too_many_connections_count_as_away():
    error = OperationalError("too many")
    error.__cause__ = errors.TooManyConnections()

    assert is_database_away(error)


def test_a_wrong_host_is_a_bad_request(visitor, settings):
    settings.ALLOWED_HOSTS = ["tracker.example.org"]

    answer = visitor.get("/", HTTP_HOST="evil.example")

    assert answer.status_code == 400
    assert b"evil" not in answer.content


@pytest.mark.django_db
def test_health_and_readiness(client):
    assert client.get("/healthz").json() == {"status": "alive", "database": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_health_tells_of_a_database_that_is_away(client, monkeypatch):
    monkeypatch.setattr("policytracker.health._database_answers", lambda: False)

    assert client.get("/healthz").json() == {"status": "alive", "database": "away"}
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter()])
def test_one_event_is_one_line_whatever_is_in_it(formatter):
    hostile = "a\nb\r\x1b[31mred\u2028c\x00\u202e"
    record = logging.LogRecord("site", logging.INFO, "", 1, "%s", (hostile,), None)

    line = formatter.format(record)

    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_a_traceback_is_a_field_of_its_event():
    try:
        raise ValueError("why")
    except ValueError as error:
        record = logging.LogRecord("s", logging.ERROR, "", 1, "m", (), (ValueError, error, error.__traceback__))

    event = json.loads(JsonFormatter().format(record))

    assert "ValueError: why" in event["traceback"]
