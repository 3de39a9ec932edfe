"""Initiatives: what is the policy, what was promised, where does each part stand?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Initiative, Membership
from policytracker.tracking.standing import with_standing

from ..filters import InitiativeFilter
from ..keyset import page_of
from ..pages import public_page
from ..progress import burn_up_of
from ..rail import shown_timeline
from ..scores import score_of, scores_by_initiative
from ..strips import strips
from .lists import BY_NAME, with_sort_name
from .subjects import public_subject


@public_page
def initiative_list(request: HttpRequest) -> HttpResponse:
    """Initiatives with the statuses of what was promised under each."""
    moment = request.moment
    initiatives = with_sort_name(Initiative.objects.published().known(moment.known_at).for_list_page())
    chosen = InitiativeFilter(request.GET, queryset=initiatives)
    rows = chosen.qs.distinct() if chosen.is_valid() else initiatives.none()
    if chosen.is_valid():
        chosen.count_choices()
    page = page_of(rows, BY_NAME, request.GET)
    promised = Commitment.objects.published().known(moment.known_at).filter(initiative__in=[row.pk for row in page])
    context = {"chosen": chosen, "page": page, "scores": scores_by_initiative(promised, moment)}
    return render(request, "public/initiative_list.html", context, status=200 if chosen.is_valid() else 400)


@public_page
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative: its commitments, their statuses over time, its timeline."""
    initiative = public_subject(request, Initiative.objects.published().for_detail_page(), slug)
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at).filter(initiative=initiative).for_list_page()
    commitments = list(with_standing(promised, moment))
    heads = list(Membership.objects.heading([initiative.lead_ministry_id]).known(moment.known_at))
    context = {
        "initiative": initiative,
        "commitments": commitments,
        "score": score_of(commitments, initiative=initiative.slug),
        "heads_now": holders_on(heads, moment.as_of),
        "strips": strips(commitments, heads, moment),
        "burn_up": burn_up_of(commitments, moment),
        "shown": shown_timeline(request, initiative),
        "crumbs": [(_("Initiatives"), "../")],
    }
    return render(request, "public/initiative_detail.html", context)
