"""Initiatives: what is the policy, what was promised, where does each part stand?"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Initiative, Membership, Topic
from policytracker.tracking.ledger import told_together
from policytracker.tracking.standing.columns import named, unmerged
from policytracker.tracking.standing.history import history_of
from policytracker.tracking.standing.lists import in_told_order

from ..collation import in_order
from ..filters import InitiativeFilter
from ..keyset import Page
from ..pages import PublicRequest, public_page
from ..progress import burn_up_of
from ..rail import shown_timeline
from ..scores import list_of_any_day, score_at, scores_by_initiative
from ..strips import strips
from ..twins import commitments_part, most_commitments, timeline_part
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
    around = told_together(
        {
            "commitments": in_told_order(promised.for_list_page(), moment)[: most_commitments(request)],
            "heads": Membership.objects.heading([initiative.lead_ministry_id]).known(moment.known_at),
            "topics": Topic.objects.filter(initiatives=initiative),
            "children": Initiative.objects.known(moment.known_at).filter(parent=initiative, merged_into=None),
        },
        moment,
    )
    commitments, heads = around["commitments"], around["heads"]
    shown = shown_timeline(request, initiative)
    any_day = list_of_any_day(moment, initiative=initiative.slug)

    def context() -> dict[str, Any]:
        return {
            "initiative": initiative,
            "topics": in_order(around["topics"]),
            "children": in_order(around["children"]),
            "commitments": commitments,
            "score": score_at(promised, moment, initiative=initiative.slug),
            "heads_now": holders_on(heads, moment.as_of),
            "strips": strips(commitments, heads, moment),
            "burn_up": burn_up_of(history_of(promised, moment), moment, any_day),
            "shown": shown,
            "crumbs": [(_("Initiatives"), "../")],
        }

    parts: Mapping[str, Any] = {
        "commitments": commitments_part(request, commitments, initiative=initiative.slug),
        "events": timeline_part(request, shown),
    }
    return answer_subject(request, initiative, context, parts)
