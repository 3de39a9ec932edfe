"""Officials: what did each promise or inherit, in which post, and how did it go?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Official
from policytracker.tracking.standing import with_standing

from ..filters import OfficialFilter
from ..keyset import page_of
from ..pages import public_page
from ..rail import shown_timeline
from ..watch import on_their_watch
from .lists import BY_NAME, with_sort_name
from .subjects import public_subject


@public_page
def official_list(request: HttpRequest) -> HttpResponse:
    """Officials on record, with the posts they hold."""
    officials = with_sort_name(Official.objects.published().known(request.moment.known_at).for_list_page())
    chosen = OfficialFilter(request.GET, queryset=officials)
    rows = chosen.qs if chosen.is_valid() else officials.none()
    if chosen.is_valid():
        chosen.count_choices()
    context = {"chosen": chosen, "page": page_of(rows, BY_NAME, request.GET)}
    return render(request, "public/official_list.html", context, status=200 if chosen.is_valid() else 400)


@public_page
def official_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One official: posts held; commitments made, inherited, and resolved on their watch."""
    moment = request.moment
    official = public_subject(request, Official.objects.published().for_detail_page(), slug)
    promised = Commitment.objects.published().known(moment.known_at).for_list_page()
    made = list(with_standing(promised.filter(made_by__official=official), moment))
    context = {
        "official": official,
        "made": made,
        "watch": on_their_watch(official, promised, moment),
        "shown": shown_timeline(request, official),
        "crumbs": [(_("Officials"), "../")],
    }
    return render(request, "public/official_detail.html", context)
