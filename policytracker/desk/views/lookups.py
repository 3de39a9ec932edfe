"""Suggestions while one types."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from ..access import DeskRequest, desk_view
from ..lookups import LOOKUPS, options_html


@require_GET
@desk_view()
def lookup_options(request: DeskRequest, kind: str) -> HttpResponse:
    """The options of a list that match what stands in the field named by `field`."""
    lookup = LOOKUPS.get(kind)
    if lookup is None:
        raise Http404
    typed = request.GET.get(request.GET.get("field", ""), "")
    if kind != "tags":
        return HttpResponse(options_html(lookup.suggestions(typed)))
    before, comma, word = typed.rpartition(",")
    kept = f"{before.strip()}, " if comma else ""
    labels = lookup.matching(word).values_list("label", flat=True)[:20]
    return HttpResponse(options_html(kept + label for label in labels))
