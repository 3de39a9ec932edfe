"""Search across the record."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from policytracker.tracking.ledger import set_back
from policytracker.tracking.search import KINDS, search

from ..keyset import Page
from ..pages import PublicRequest, Refused, public_page
from ..records import search_record
from ..twins import format_asked_for, list_twin, twin_links

MAX_QUERY = 400
LONGEST_FOLLOWED = 300
FEW, MANY = 10, 50


@public_page
def search_page(request: PublicRequest) -> HttpResponse:
    """Articles, initiatives, commitments, ministries and officials that match, by kind."""
    query, kind = query_of(request)
    results = search(
        query, known_at=request.moment.known_at, kinds=[kind] if kind else KINDS, limit=MANY if kind else FEW
    )
    set_back([hit.row for found in results.found for hit in found.hits], request.moment)
    if format_asked_for(request):
        rows = [{"kind": found.kind, **search_record(hit.row)} for found in results.found for hit in found.hits]
        return list_twin(request, Page(rows, "", "", ""), rows, "search")
    context = {
        "take": twin_links(request, *_follow_link(query), (_("Feed"), f"feed.atom?{request.GET.urlencode()}")),
        "query": query,
        "kind": kind,
        "results": results,
        "names": _names(),
    }
    return render(request, "public/search.html", context)


def _follow_link(query: str) -> list[tuple[str, str]]:
    """Where to ask for what is new under these words; nowhere while there are none, or too many to be followed."""
    if not query or len(query) > LONGEST_FOLLOWED:
        return []
    return [(_("Follow by mail"), f"{reverse('desk:follow_by_mail')}?{urlencode({'search': query})}")]


def _names() -> dict[str, str]:
    return {
        "initiatives": _("Initiatives"),
        "commitments": _("Commitments"),
        "ministries": _("Ministries"),
        "officials": _("Officials"),
        "articles": _("Articles"),
    }


def query_of(request: PublicRequest) -> tuple[str, str]:
    """What is looked for, and in which kind (all where it is empty). Raises Refused."""
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
    return query, kind
