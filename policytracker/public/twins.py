"""The same content to take away: `?format=json` and `?format=csv` beside every list and subject."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from . import formats
from .columns import columns_of
from .formats import FORMATS, format_asked_for
from .keyset import SIZE as PAGE_SIZE
from .keyset import Page
from .pages import PublicRequest
from .rail import Shown
from .records import Record, absolute, line_record, record_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def twin_links(request: PublicRequest, *others: tuple[str, str]) -> list[tuple[str, str]]:
    """What a page offers to take away: its twins with the filters it was asked for, then the others."""
    kept = [
        (k, v) for k, values in request.GET.lists() if k not in ("format", "after", "before", "page") for v in values
    ]
    twins = [(name.upper(), "?" + urlencode([*kept, ("format", name)])) for name in FORMATS]
    return [*twins, *others]


def list_twin(request: PublicRequest, page: Page, records: Iterable[Record], name: str) -> HttpResponse:
    """The rows of one page as JSON or CSV, with the address of the next in both, and in the `Link` header."""
    following = absolute(request.path + page.older_url) if page.older_url else ""
    rows = list(records)
    if format_asked_for(request) == "csv":
        return _linked(csv_of(rows, name, columns_of(name)), following)
    return _linked(json_of(request, {"count": len(rows), "results": rows, "next": following or None}), following)


@dataclass(frozen=True)
class Part:
    """Rows of one kind under a subject, and the address that goes on where a part has more than a page of them.

    `columns` names the table the rows make, where it is not called like the part.
    """

    rows: Iterable[Record]
    next_url: str = ""
    columns: str = ""


def timeline_part(request: PublicRequest, shown: Shown) -> Part:
    """The lines of a subject's timeline; the next page is that of the same twin."""
    following = shown.pages.older_url
    return Part(map(line_record, shown.lines), absolute(request.path + following) if following else "")


def most_commitments(request: PublicRequest) -> int:
    """How many of a subject's are read: those its page shows, or for its twin a thousand and the one that tells of more."""
    return formats.SIZE + 1 if format_asked_for(request) else PAGE_SIZE


def commitments_part(request: PublicRequest, commitments: list[Any], **of: str) -> Part:
    """The first of a subject's commitments, the newest; the rest is in the list that `of` narrows to them."""
    rows = [record_of(commitment) for commitment in commitments[: formats.SIZE]]
    if len(commitments) <= formats.SIZE:
        return Part(rows)
    last = commitments[formats.SIZE - 1]
    asked = {**of, "format": request.GET.get("format", ""), "after": f"{last.made_on.isoformat()}~{last.pk}"}
    moment = f"&{request.moment.query}" if request.moment.query else ""
    return Part(rows, absolute(f"{reverse('public:commitment_list')}?{urlencode(asked)}{moment}"))


def subject_twin(
    request: PublicRequest, subject: Record, parts: Mapping[str, Iterable[Record] | Part], name: str
) -> HttpResponse:
    """A subject with its parts as JSON; as CSV its first part, the rows that a table is made of.

    `more` in the JSON, the `Link` header of the CSV, say where a part goes on.
    """
    told = {key: part if isinstance(part, Part) else Part(part) for key, part in parts.items()}
    first = next(iter(told))
    if format_asked_for(request) == "csv":
        return _linked(
            csv_of(list(told[first].rows), name, columns_of(told[first].columns or first)), told[first].next_url
        )
    more = {key: part.next_url for key, part in told.items() if part.next_url}
    return json_of(request, {**subject, **{key: list(part.rows) for key, part in told.items()}, "more": more})


def _linked(response: HttpResponse, following: str) -> HttpResponse:
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


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


def csv_of(rows: list[Record], name: str, columns: Sequence[str]) -> HttpResponse:
    """Rows as a table that spreadsheets open: UTF-8 with its mark, and no cell that would run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(rows[0] if rows else columns)
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    response = HttpResponse("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    words = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words
