"""Ministries: what does each owe, under whom, and what is late?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership, Ministry
from policytracker.tracking.standing import with_standing

from ..pages import public_page
from ..rail import shown_timeline
from ..scores import score_of, scores_by_ministry
from .subjects import public_subject

SHOWN = 50


@public_page
def ministry_list(request: HttpRequest) -> HttpResponse:
    """Ministries with their scores, and the other bodies on record."""
    moment = request.moment
    scored = scores_by_ministry(Commitment.objects.published().known(moment.known_at), moment)
    known = {ministry.pk for ministry, _score in scored}
    others = Ministry.objects.published().known(moment.known_at).exclude(pk__in=known)
    return render(request, "public/ministry_list.html", {"ministries": scored, "others": others})


@public_page
def ministry_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One ministry: its scoreboard, who headed it when, its commitments and its timeline."""
    moment = request.moment
    ministry = public_subject(request, Ministry.objects.published().for_detail_page(), slug)
    heads = list(Membership.objects.heading([ministry.pk]).known(moment.known_at))
    promised = Commitment.objects.published().known(moment.known_at).filter(lead_ministry=ministry).for_list_page()
    commitments = list(with_standing(promised, moment))
    context = {
        "ministry": ministry,
        "score": score_of(commitments, ministry=ministry.slug),
        "commitments": commitments[:SHOWN],
        "heads": sorted(heads, key=lambda held: (held.started_on is not None, held.started_on), reverse=True),
        "heads_now": holders_on(heads, moment.as_of),
        "shown": shown_timeline(request, ministry),
        "crumbs": [(_("Ministries"), "../")],
    }
    return render(request, "public/ministry_detail.html", context)
