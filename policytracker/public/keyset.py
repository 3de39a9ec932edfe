"""Pages of a long list by the place they start at, not by a number: the last page costs what the first does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .pages import NotThere, Refused

SIZE = 50
COUNTED_EXACTLY = 1000  # beyond it a count costs more than it tells


@dataclass(frozen=True)
class Order:
    """A way to sort: by a column, ties by id in the same direction. Rows without a value come last."""

    key: str
    label: Any
    column: str
    is_descending: bool = False
    kind: str = "text"  # or "date", "moment": how a value is written into an address
    is_nullable: bool = False


@dataclass(frozen=True)
class Page:
    """The rows of one page, and where its neighbours start."""

    rows: list[Any]
    newer_url: str
    older_url: str
    count_text: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet[Any], order: Order, asked: QueryDict, *, size: int = SIZE) -> Page:
    """The page of `rows` that the address asks for with `after` or `before`.

    Raises Refused for a place that is none, NotThere for a page beyond the end.
    """
    after, before = asked.get("after", ""), asked.get("before", "")
    total = counted(rows)
    is_backwards = bool(before)
    place = _place(before or after, order)
    found = _slice(rows, order, place, is_backwards, size)
    if place and not found:
        raise NotThere(_("The list ends before this page. Start again from its first page."))
    has_more = len(found) > size
    shown = found[:size][::-1] if is_backwards else found[:size]
    newer = has_more if is_backwards else bool(place)
    older = bool(place) if is_backwards else has_more
    return Page(
        rows=shown,
        newer_url=_url(asked, before=_cursor(shown[0], order)) if newer and shown else "",
        older_url=_url(asked, after=_cursor(shown[-1], order)) if older and shown else "",
        count_text=count_in_words(len(shown), total),
    )


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, exact up to a thousand, a thousand and one beyond."""
    return rows.order_by()[: COUNTED_EXACTLY + 1].count()


def count_in_words(shown: int, total: int) -> str:
    """ "8 of 48"; "50 of more than 1,000"."""
    if total > COUNTED_EXACTLY:
        return _("{shown} of more than {total}").format(shown=shown, total=f"{COUNTED_EXACTLY:,}")
    if shown == total:
        return ngettext("{total} in all", "{total} in all", total).format(total=total)
    return _("{shown} of {total}").format(shown=shown, total=total)


def order_asked_for(orders: Sequence[Order], asked: QueryDict) -> Order:
    """The order that the address names with `sort`; the first where it names none. Raises Refused."""
    key = asked.get("sort", "") or orders[0].key
    found = next((order for order in orders if order.key == key), None)
    if found is None:
        names = ", ".join(order.key for order in orders)
        raise Refused(_("This list cannot be sorted that way. “sort” may be one of: {names}.").format(names=names))
    return found


Place = tuple[Any, int]


def place_asked_for(asked: QueryDict, order: Order) -> Place | None:
    """The place that `after` names, for lists that are no QuerySet; None for the first page. Raises Refused."""
    return _place(asked.get("after", ""), order)


def url_after(asked: QueryDict, place: Place) -> str:
    """The address of the page that starts after the place."""
    value, pk = place
    return _url(asked, after=f"{value.isoformat() if isinstance(value, date) else value}~{pk}")


def _slice(rows: QuerySet[Any], order: Order, place: Place | None, is_backwards: bool, size: int) -> list[Any]:
    """One row more than a page, in walking order. Rows with a value are walked first, or last on the way back."""
    if not order.is_nullable:
        return _walk(rows, order, place, is_backwards, size + 1)
    valued = rows.filter(**{f"{order.column}__isnull": False})
    bare = rows.filter(**{f"{order.column}__isnull": True})
    stretches = [(bare, True), (valued, False)] if is_backwards else [(valued, False), (bare, True)]
    if place is not None and (place[0] is None) is not is_backwards:
        stretches = stretches[1:]
    found: list[Any] = []
    for stretch, is_bare in stretches:
        starts_here = place is not None and (place[0] is None) is is_bare
        found += _walk(stretch, order, place if starts_here else None, is_backwards, size + 1 - len(found))
        if len(found) > size:
            break
    return found


def _walk(rows: QuerySet[Any], order: Order, place: Place | None, is_backwards: bool, most: int) -> list[Any]:
    is_descending = order.is_descending is not is_backwards
    if place is not None:
        rows = rows.filter(_beyond(order.column, place, "lt" if is_descending else "gt"))
    column, number = F(order.column), F("pk")
    if is_descending:
        return list(rows.order_by(column.desc(nulls_last=order.is_nullable or None), number.desc())[:most])
    return list(rows.order_by(column.asc(), number.asc())[:most])


def _beyond(column: str, place: Place, compare: str) -> Q:
    value, pk = place
    if value is None:
        return Q(**{f"pk__{compare}": pk})
    # The first condition is the index's; the second only splits ties at its edge.
    ties = Q(**{f"{column}__{compare}": value}) | Q(**{f"pk__{compare}": pk})
    return Q(**{f"{column}__{compare}e": value}) & ties


def _cursor(row: Any, order: Order) -> str:
    value = getattr(row, order.column)
    words = "" if value is None else value.isoformat() if order.kind != "text" else value
    return f"{words}~{row.pk}"


def _place(words: str, order: Order) -> Place | None:
    if not words:
        return None
    value, _tilde, number = words.rpartition("~")
    try:
        pk = int(number) if number.isascii() and len(number) < 19 else -1
        place = _value(value, order), pk
    except ValueError:
        pk = -1
    if pk < 0:
        raise Refused(_("There is no such page of this list. Start again from its first page."))
    return place


def _value(words: str, order: Order) -> Any:
    """What the address says the page starts at. Raises ValueError."""
    if order.kind == "text":
        return words
    if not words and order.is_nullable:
        return None
    if order.kind == "date":
        return date.fromisoformat(words)
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _url(asked: QueryDict, **place: str) -> str:
    kept = [(key, value) for key, values in asked.lists() if key not in ("after", "before") for value in values]
    return "?" + urlencode([*kept, *place.items()])
