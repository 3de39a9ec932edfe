"""Search across the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.tracking.search import KINDS, search

from ..pages import Refused, public_page

MAX_QUERY = 400
FEW, MANY = 10, 50


@public_page
def search_page(request: HttpRequest) -> HttpResponse:
    """Articles, initiatives, commitments, ministries and officials that match, by kind."""
    query = request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "")
    if len(query) > MAX_QUERY:
        raise Refused(
            _("The search is {count} characters long; up to {most} can be looked for.").format(
                count=f"{len(query):,}", most=MAX_QUERY
            )
        )
    if kind and kind not in KINDS:
        raise Refused(_("“kind” may be one of: {names}.").format(names=", ".join(KINDS)))
    results = search(
        query, known_at=request.moment.known_at, kinds=[kind] if kind else KINDS, limit=MANY if kind else FEW
    )
    context = {"query": query, "kind": kind, "results": results, "names": _names()}
    return render(request, "public/search.html", context)


def _names() -> dict[str, str]:
    return {
        "initiatives": _("Initiatives"),
        "commitments": _("Commitments"),
        "ministries": _("Ministries"),
        "officials": _("Officials"),
        "articles": _("Articles"),
    }
