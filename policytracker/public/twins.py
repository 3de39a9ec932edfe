"""The same content to take away: `?format=json` and `?format=csv` beside every list and subject."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from .keyset import Page
from .pages import PublicRequest, Refused
from .records import Record, absolute

FORMATS = ("json", "csv")
SIZE = 1000  # rows of a page to take away; the next one has its own address
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def format_asked_for(request: PublicRequest) -> str:
    """ "json", "csv", or "" for the page itself. Raises Refused for a format there is none of."""
    asked = request.GET.get("format", "")
    if asked in ("", "html"):
        return ""
    if asked not in FORMATS:
        raise Refused(_("“format” may be “json” or “csv”."))
    return asked


def twin_links(request: PublicRequest, *others: tuple[str, str]) -> list[tuple[str, str]]:
    """What a page offers to take away: its twins with the filters it was asked for, then the others."""
    kept = [(k, v) for k, values in request.GET.lists() if k not in ("format", "after", "before") for v in values]
    twins = [(name.upper(), "?" + urlencode([*kept, ("format", name)])) for name in FORMATS]
    return [*twins, *others]


def list_twin(request: PublicRequest, page: Page, records: Iterable[Record], name: str) -> HttpResponse:
    """The rows of one page as JSON or CSV, with the address of the next."""
    following = absolute(request.path + page.older_url) if page.older_url else ""
    rows = list(records)
    if format_asked_for(request) == "csv":
        response = csv_of(rows, name)
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return response
    return json_of(request, {"count": len(rows), "results": rows, "next": following or None})


def subject_twin(
    request: PublicRequest, subject: Record, parts: Mapping[str, Iterable[Record]], name: str
) -> HttpResponse:
    """A subject with its parts as JSON; as CSV its first part, the rows that a table is made of."""
    if format_asked_for(request) == "csv":
        return csv_of(list(next(iter(parts.values()))), name)
    return json_of(request, {**subject, **{part: list(rows) for part, rows in parts.items()}})


def json_of(request: PublicRequest, content: Mapping[str, Any]) -> JsonResponse:
    """Content with what a re-user has to know about it."""
    moment = request.moment
    about = {
        "address": absolute(request.get_full_path()),
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "licence": LICENCE,
    }
    return JsonResponse({**about, **content}, json_dumps_params={"ensure_ascii": False})


def csv_of(rows: list[Record], name: str) -> HttpResponse:
    """Rows as a table that spreadsheets open: UTF-8 with its mark, and no cell that would run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    if rows:
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    response = HttpResponse("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    words = str(value)
    is_number = isinstance(value, int | float)
    return f"'{words}" if words.startswith(_FORMULA) and not is_number else words
