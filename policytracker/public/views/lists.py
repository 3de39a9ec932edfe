"""What pages of lists share: orders, twins, and the row that sorts by name in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policytracker.tracking.ledger import set_back
from policytracker.tracking.moments import Moment

from ..collation import sort_name
from ..facets import Facets
from ..formats import format_asked_for, size_asked_for
from ..keyset import Order, Page, order_asked_for, page_of
from ..pages import PublicRequest, Refused
from ..records import record_of
from ..twins import list_twin, twin_links

BY_NAME = Order("name", gettext_lazy("by name"), "sort_name")


def answer_list(
    request: PublicRequest,
    name: str,
    chosen: Facets,
    orders: Sequence[Order],
    *,
    dress: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows,
    more: Callable[[Page], Mapping[str, Any]] = lambda page: {},
    has_calendar: bool = False,
) -> HttpResponse:
    """A page of the filtered rows, or its twin. `dress` adds what rows show, `more` what the page needs of them.

    An address that cannot be read is answered 400: the page with its form, and what is wrong said there.
    """
    format_asked = format_asked_for(request)
    order = order_asked_for(orders, request.GET)
    is_valid = chosen.is_valid()
    if format_asked and not is_valid:
        raise Refused(" ".join(chosen.errors_in_words))
    rows = dress(chosen.qs if is_valid else chosen.queryset.none())
    page = page_of(rows, order, request.GET, size=size_asked_for(request))
    set_back(page.rows, request.moment)
    if format_asked:
        return list_twin(request, page, map(record_of, page.rows), name)
    chosen.offer_choices()
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    others = [(_("Feed"), f"feed.atom{query}")]
    others += [(_("Calendar"), f"deadlines.ics{query}")] if has_calendar else []
    context = {
        "chosen": chosen,
        "orders": orders,
        "order": order,
        "page": page,
        "take": twin_links(request, *others),
        "feeds": [(_("Changes"), f"feed.atom{query}")],
        **more(page),
    }
    return render(request, f"public/{name}_list.html", context, status=200 if is_valid else 400)


def with_sort_name(rows: QuerySet[Any], moment: Moment) -> QuerySet[Any]:
    """The same rows with `sort_name`: what they are sorted by in the reader's language, as they were named then."""
    return rows.annotate(sort_name=sort_name(rows.model._meta.model_name or "", moment))
