"""Initiatives: what is the policy, what was promised, where does each part stand?"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Initiative, Membership
from policytracker.tracking.ledger import set_back
from policytracker.tracking.standing.columns import named, unmerged
from policytracker.tracking.standing.lists import told_list

from ..filters import InitiativeFilter
from ..keyset import Page
from ..pages import PublicRequest, public_page
from ..progress import burn_up_of
from ..rail import shown_timeline
from ..records import record_of
from ..scores import score_of, scores_by_initiative
from ..strips import strips
from ..twins import timeline_part
from .lists import BY_NAME, answer_list, with_sort_name
from .subjects import answer_subject, public_subject


@public_page
def initiative_list(request: PublicRequest) -> HttpResponse:
    """Initiatives with the statuses of what was promised under each."""
    moment = request.moment
    initiatives = with_sort_name(
        Initiative.objects.known(moment.known_at).filter(unmerged("initiative", moment)).for_list_page(), moment
    )
    chosen = InitiativeFilter(request.GET, queryset=initiatives, moment=request.moment)

    def scores(page: Page) -> dict[str, Any]:
        promised = Commitment.objects.published().known(moment.known_at)
        return {"scores": scores_by_initiative(page, promised, moment)}

    return answer_list(
        request, "initiative", chosen, (BY_NAME,), dress=lambda rows: rows.distinct(), more=scores, has_calendar=True
    )


@public_page
def initiative_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """One initiative: its commitments, their statuses over time, its timeline."""
    initiative = public_subject(request, Initiative.objects.published().for_detail_page(), slug)
    moment = request.moment
    promised = (
        Commitment.objects.published().known(moment.known_at).filter(named("initiative", [initiative.pk], moment))
    )
    commitments = told_list(promised.for_list_page(), moment)
    heads = set_back(Membership.objects.heading([initiative.lead_ministry_id]).known(moment.known_at), moment)
    shown = shown_timeline(request, initiative)
    context = {
        "initiative": initiative,
        "commitments": commitments,
        "score": score_of(commitments, moment, initiative=initiative.slug),
        "heads_now": holders_on(heads, moment.as_of),
        "strips": strips(commitments, heads, moment),
        "burn_up": burn_up_of(commitments, moment),
        "shown": shown,
        "crumbs": [(_("Initiatives"), "../")],
    }
    parts: Mapping[str, Any] = {"commitments": map(record_of, commitments), "events": timeline_part(request, shown)}
    return answer_subject(request, initiative, context, parts)
