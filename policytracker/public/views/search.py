"""Search across the record."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from policytracker.tracking.ledger import set_back
from policytracker.tracking.search import KINDS, RANKED, Results, search

from .. import formats
from ..columns import columns_of
from ..formats import format_asked_for
from ..kinds import KINDS as KINDS_WITH_PAGES
from ..pages import PublicRequest, Refused, public_page
from ..records import absolute, search_record
from ..twins import csv_of, json_of, twin_links

MAX_QUERY = 400
LONGEST_FOLLOWED = 300
FEW, MANY = 10, 50
LISTS = {kind.plural: f"public:{kind.name}_list" for kind in KINDS_WITH_PAGES} | {"articles": "public:article_list"}


@public_page
def search_page(request: PublicRequest) -> HttpResponse:
    """Articles, initiatives, commitments, ministries and officials that match, by kind."""
    query, kind = query_of(request)
    limit = formats.SIZE if format_asked_for(request) else MANY if kind else FEW
    results = search(query, known_at=request.moment.known_at, kinds=[kind] if kind else KINDS, limit=limit)
    set_back([hit.row for found in results.found for hit in found.hits], request.moment)
    if format_asked_for(request):
        return _twin(request, query, results)
    feed = f"feed.atom?{request.GET.urlencode()}"
    context = {
        "feeds": [(_("Search: {query}").format(query=query), feed)] if query else [],
        "take": twin_links(request, *_follow_link(query), (_("Feed"), feed)),
        "query": query,
        "kind": kind,
        "results": results,
        "names": _names(),
    }
    return render(request, "public/search.html", context)


def _twin(request: PublicRequest, query: str, results: Results) -> HttpResponse:
    """What was met. Where a kind holds more than a search tells, `more` or the `Link` header names its own list."""
    rows = [{"kind": found.kind, **search_record(hit.row)} for found in results.found for hit in found.hits]
    more = {
        found.kind: absolute(_list_of(found.kind, query, request))
        for found in results.found
        if found.has_more or (found.kind == "articles" and len(found.hits) >= RANKED)
    }
    if format_asked_for(request) == "json":
        return json_of(request, {"count": len(rows), "results": rows, "more": more})
    response = csv_of(rows, "search", columns_of("search"))
    if more:
        response["Link"] = ", ".join(f'<{url}>; rel="related"' for url in more.values())
    return response


def _list_of(kind: str, query: str, request: PublicRequest) -> str:
    """The list of that kind narrowed to the words, in the form that was asked for."""
    asked = {"q": query, "format": format_asked_for(request)}
    return f"{reverse(LISTS[kind])}?{urlencode(asked)}"


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
