"""Keeps what a page answered for as long as nothing it tells has changed, and tells readers who have it that it is the same.

A public page is a pure function of its address, the language, the day and the record. The record's stamp is read
before the data, so a body is never kept under a newer stamp than its own. Two transactions that commit out of order,
or a change that adds no row, may leave the stamp as it was; a kept body therefore goes after half a minute in any case.

The ETag is of the body itself: whatever else was written meanwhile, a page that tells the same has the same.
"""

import zlib
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from policytracker.pages.themes import chosen_theme

MOST_BYTES = 1_000_000  # of a body that is kept; longer ones are made anew
# Whatever is published, withdrawn or corrected adds a row to one of these; the first tells of most.
STAMP = """
    SELECT (SELECT max(id) FROM tracking_timelineevent), (SELECT max(id) FROM tracking_ruling),
        (SELECT max(id) FROM tracking_correction), (SELECT max(id) FROM tracking_assessment),
        (SELECT max(id) FROM tracking_annotation), (SELECT max(id) FROM government_membership),
        (SELECT max(id) FROM government_commitment), (SELECT max(id) FROM government_occurrence),
        (SELECT max(recorded_at) FROM articles_article)
"""


def kept(request: HttpRequest, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What `make` answers, or what it answered before; 304 for a reader who has it already.

    Kept are answers to readers who chose no theme, while the setting KEPT_SECONDS is not 0.
    """
    key = "" if chosen_theme(request) or not settings.KEPT_SECONDS else _key(request)
    response = (_kept(key) if key else None) or _made(key, make)
    if "ETag" not in response:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _kept(key: str) -> HttpResponse | None:
    found = caches["pages"].get(key)
    if found is None:
        return None
    body, headers = found
    return HttpResponse(zlib.decompress(body), headers=headers)


def _made(key: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, with its ETag where it is one; kept under the key, if there is any."""
    response = make()
    if response.status_code != 200 or response.streaming or "ETag" in response:
        return response
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    if key and len(response.content) <= MOST_BYTES:
        value = (zlib.compress(response.content, 1), dict(response.items()))
        caches["pages"].set(key, value, settings.KEPT_SECONDS)
    return response


def _key(request: HttpRequest) -> str:
    moment = request.moment  # type: ignore[attr-defined]
    where = (settings.SITE_URL, settings.RELEASE, connection.settings_dict["NAME"], request.get_full_path())
    return sha256(repr((*where, get_language(), moment.as_of, *_stamp())).encode()).hexdigest()


def _stamp() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(cursor.fetchone())
