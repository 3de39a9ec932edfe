"""Ministries: what does each owe, under whom, and what is late?"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership, Ministry, MinistryName
from policytracker.pages.statuses import STATUSES
from policytracker.tracking.ledger import set_back, told_together
from policytracker.tracking.moments import Moment
from policytracker.tracking.rates import scoreboard
from policytracker.tracking.standing.columns import named
from policytracker.tracking.standing.history import history_of
from policytracker.tracking.standing.lists import in_told_order

from ..collation import in_order
from ..formats import format_asked_for
from ..keyset import Page
from ..pages import PublicRequest, public_page
from ..progress import statuses_over_time
from ..rail import shown_timeline
from ..records import record_of
from ..scores import Score, list_of_any_day, score_at, score_of, scores_by_ministry
from ..twins import commitments_part, list_twin, most_commitments, timeline_part, twin_links
from .subjects import answer_subject, public_subject


@public_page
def ministry_list(request: PublicRequest) -> HttpResponse:
    """Ministries with their scores, and the other bodies on record."""
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at)
    scored = scores_by_ministry(scoreboard(promised, moment, by="lead_ministry"), moment)
    known = {ministry.pk for ministry, _score in scored}
    unscored = Ministry.objects.published().known(moment.known_at).exclude(pk__in=known)
    others = in_order(set_back(unscored, moment))
    if format_asked_for(request):
        rows = [record_of(ministry) | _score(score) for ministry, score in scored]
        rows += [record_of(ministry) | _score(score_of([], moment)) for ministry in others]
        return list_twin(request, Page(rows, "", "", ""), rows, "ministries")
    context = {
        "ministries": scored,
        "others": others,
        "feeds": [(_("Changes"), "feed.atom")],
        "take": twin_links(request, (_("Feed"), "feed.atom"), (_("Calendar"), "deadlines.ics")),
    }
    return render(request, "public/ministry_list.html", context)


def _score(score: Score) -> dict[str, int]:
    """The counts of a ministry, for its twin."""
    return {
        "commitments": score.total,
        "overdue": score.overdue,
        "not_verifiable": score.not_verifiable,
        **{status.key: score.counts[status.key] for status in STATUSES},
    }


@public_page
def ministry_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """One ministry: its scoreboard, who headed it when, its commitments and its timeline."""
    moment = request.moment
    ministry = public_subject(request, Ministry.objects.published().for_detail_page(), slug)
    promised = (
        Commitment.objects.published().known(moment.known_at).filter(named("lead_ministry", [ministry.pk], moment))
    )
    around = told_together(
        {
            "commitments": in_told_order(promised.for_list_page(), moment)[: most_commitments(request)],
            "heads": Membership.objects.heading([ministry.pk]).known(moment.known_at),
            "names": ministry.names.all(),
            "children": Ministry.objects.known(moment.known_at).filter(parent=ministry),
        },
        moment,
    )
    commitments, heads = around["commitments"], around["heads"]
    shown = shown_timeline(request, ministry)
    any_day = list_of_any_day(moment, ministry=ministry.slug)

    def context() -> dict[str, Any]:
        return {
            "ministry": ministry,
            "score": score_at(promised, moment, ministry=ministry.slug),
            "over_time": statuses_over_time(history_of(promised, moment), moment, any_day),
            "commitments": commitments,
            "heads": sorted(heads, key=lambda held: (held.started_on is not None, held.started_on), reverse=True),
            "names": _names(around["names"], moment),
            "children": in_order(around["children"]),
            "heads_now": holders_on(heads, moment.as_of),
            "shown": shown,
            "crumbs": [(_("Ministries"), "../")],
        }

    parts: Mapping[str, Any] = {
        "commitments": commitments_part(request, commitments, ministry=ministry.slug),
        "events": timeline_part(request, shown),
    }
    return answer_subject(request, ministry, context, parts)


def _names(names: list[MinistryName], moment: Moment) -> list[tuple[MinistryName, date | None]]:
    """The names it had borne by the day asked for, as known then, each with its end where that had come.

    Nothing without any date.
    """
    told = [
        (name, name.valid_until if _had_come(name.valid_until, name.end_recorded_at, moment) else None)
        for name in names
        if _had_come(name.valid_from or date.min, name.recorded_at, moment)
    ]
    return told if any(name.valid_from or until for name, until in told) else []


def _had_come(day: date | None, recorded_at: datetime | None, moment: Moment) -> bool:
    """Whether the day had come, and we knew of it; what carries no moment was known all along."""
    return day is not None and day <= moment.as_of and (recorded_at is None or recorded_at <= moment.known_at)
