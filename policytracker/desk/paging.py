"""Lists a page at a time, by key: the last row shown says where the next page begins."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from .numbers import number_in

SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some rows, and the addresses of what lies before and after them."""

    rows: list[Any]
    older_url: str = ""
    newer_url: str = ""
    count_text: str = ""


def page_of(rows: QuerySet, request: HttpRequest, *, size: int = SIZE) -> Page:
    """The page of `rows`, newest first by key, that the address asks for with `before`."""
    before = number_in(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    older_url = _with(request, before=found[size - 1].pk) if len(found) > size else ""
    newer_url = _with(request, before=None) if before is not None else ""
    return Page(found[:size], older_url, newer_url)


def _with(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else request.path
