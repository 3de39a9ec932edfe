"""Officials: what did each promise or inherit, in which post, and how did it go?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Official
from policytracker.tracking.handover import around_terms, held_by, memberships_of
from policytracker.tracking.ledger import told_together
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.columns import named, unmerged
from policytracker.tracking.standing.lists import in_told_order

from ..filters import OfficialFilter
from ..pages import PublicRequest, public_page
from ..rail import shown_timeline
from ..records import membership_record, term_record
from ..scores import list_url
from ..terms import shown_terms
from ..twins import commitments_part, most_commitments, timeline_part
from .lists import BY_NAME, answer_list, with_sort_name
from .subjects import answer_subject, public_subject


@public_page
def official_list(request: PublicRequest) -> HttpResponse:
    """Officials on record, with the posts they hold."""
    moment = request.moment
    officials = with_sort_name(
        Official.objects.known(moment.known_at).filter(unmerged("official", moment)).for_list_page(), moment
    )
    return answer_list(
        request,
        "official",
        OfficialFilter(request.GET, queryset=officials, moment=moment),
        (BY_NAME,),
        more=lambda page: _with_posts(page.rows, moment),
        has_calendar=True,
    )


def _with_posts(officials: Sequence[Any], moment: Moment) -> dict[str, Any]:
    """Gives officials of an earlier moment the posts that the record said were theirs; the page needs nothing more."""
    if not moment.is_present:
        held = memberships_of(officials, moment)
        for official in officials:
            official.told_memberships = [one for one in held if one.official_id == official.pk]
    return {}


@public_page
def official_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """One official: posts held; commitments made, inherited, and resolved on their watch."""
    moment = request.moment
    official = public_subject(request, Official.objects.published().for_detail_page(), slug)
    held = held_by([official], moment)
    numbers = list(held.values_list("pk", "post__ministry", "post__is_head"))
    promised = Commitment.objects.published().known(moment.known_at).for_list_page()
    made_by = promised.filter(named("made_by", [pk for pk, _ministry, _is_head in numbers], moment))
    ministries = {ministry for _pk, ministry, is_head in numbers if is_head}
    around = told_together(
        {
            "held": held,
            "made": in_told_order(made_by, moment)[: most_commitments(request)],
            **around_terms(ministries, moment),
        },
        moment,
    )
    official.told_memberships = around["held"]
    made, terms = around["made"], shown_terms(official, around, moment)
    shown = shown_timeline(request, official)

    def context() -> dict[str, Any]:
        return {
            "official": official,
            "made": made,
            "made_count": made_by.count(),
            "all_made": list_url("commitment", moment, official=official.slug),
            "terms": terms,
            "shown": shown,
            "crumbs": [(_("Officials"), "../")],
        }

    parts: Mapping[str, Any] = {
        "posts": [membership_record(held) for held in official.told_memberships],
        "commitments": commitments_part(request, made, official=official.slug),
        "terms": map(term_record, terms),
        "events": timeline_part(request, shown),
    }
    return answer_subject(request, official, context, parts)
