"""Keeps the body of a page for as long as nothing it tells has changed.

A page that asks much and is asked for often is a pure function of its address, the language, the day and the record.
The record's stamp is read before the data, so a body is never kept under a newer stamp than its own. Two transactions
that commit out of order may leave the stamp as it was; a kept body therefore goes after half a minute in any case.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from policytracker.pages.themes import chosen_theme

from .pages import PublicRequest

SECONDS = 30
# Whatever is published, withdrawn or corrected adds a row to one of these; the first tells of most.
STAMP = """
    SELECT (SELECT max(id) FROM tracking_timelineevent), (SELECT max(id) FROM tracking_ruling),
        (SELECT max(id) FROM tracking_correction), (SELECT max(id) FROM tracking_assessment),
        (SELECT max(id) FROM government_membership), (SELECT max(id) FROM government_commitment),
        (SELECT max(id) FROM government_occurrence), (SELECT max(recorded_at) FROM articles_article)
"""

View = Callable[..., HttpResponse]


def kept_while_unchanged(view: View) -> View:
    """The page of the present day for readers who chose no theme is made once for each state of the record."""

    @wraps(view)
    def answer(request: PublicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.moment.is_present or request.GET or chosen_theme(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        kept = caches["pages"].get(key)
        if kept is None:
            kept = view(request, *args, **kwargs).content
            caches["pages"].set(key, kept, SECONDS)
        return HttpResponse(kept)

    return answer


def _key(request: HttpRequest) -> str:
    moment = request.moment  # type: ignore[attr-defined]
    where = (settings.SITE_URL, settings.RELEASE, connection.settings_dict["NAME"], request.path, get_language())
    return sha256(repr((*where, moment.as_of, *_stamp())).encode()).hexdigest()


def _stamp() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(cursor.fetchone())
