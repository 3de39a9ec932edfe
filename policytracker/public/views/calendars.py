"""Calendars of deadlines: of everything, of the filtered lists, of subjects."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Initiative, Official
from policytracker.tracking.revisions import deadline_revisions
from policytracker.tracking.standing.columns import named, unmerged
from policytracker.tracking.standing.status import with_status

from ..calendars import calendar_response
from ..due import nearest
from ..filters import CommitmentFilter, InitiativeFilter, OfficialFilter
from ..kinds import BY_NAME
from ..pages import PublicRequest, public_page
from ..records import absolute
from .subjects import public_subject

# Of each: missed deadlines, the latest first, and those to come, the nearest first. Programs read a calendar whole, so
# it has no further pages; it says when it leaves something out.
MOST = 1000


@public_page
def deadlines_calendar(request: PublicRequest) -> HttpResponse:
    """Every open deadline on record."""
    return _calendar(request, _("Deadlines"), _promised(request))


@public_page
def commitment_list_calendar(request: PublicRequest) -> HttpResponse:
    """The open deadlines of the commitments that the filters leave."""
    moment = request.moment
    chosen = CommitmentFilter(request.GET, queryset=with_status(_promised(request), moment), moment=moment)
    return _calendar(request, _("Commitments"), _promised(request).filter(pk__in=chosen.rows.values("pk")))


@public_page
def initiative_list_calendar(request: PublicRequest) -> HttpResponse:
    """The open deadlines of what was promised under the initiatives that the filters leave."""
    moment = request.moment
    known = Initiative.objects.known(moment.known_at).filter(unmerged("initiative", moment))
    chosen = InitiativeFilter(request.GET, queryset=known, moment=moment)
    theirs = named("initiative", chosen.rows.values_list("pk", flat=True), moment)
    return _calendar(request, _("Initiatives"), _promised(request).filter(theirs))


@public_page
def official_list_calendar(request: PublicRequest) -> HttpResponse:
    """The open deadlines of what the officials that the filters leave promised in person."""
    known = Official.objects.published().known(request.moment.known_at)
    chosen = OfficialFilter(request.GET, queryset=known, moment=request.moment)
    theirs = Q(made_by__official__in=chosen.rows.values("pk"))
    return _calendar(request, _("Officials"), _promised(request).filter(theirs))


@public_page
def subject_calendar(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """The open deadlines of one subject's commitments."""
    found = BY_NAME[kind]
    subject = public_subject(request, found.subjects(), slug)
    return _calendar(request, str(subject), _promised(request).filter(found.own(subject, request.moment)))


def _promised(request: PublicRequest) -> QuerySet[Commitment]:
    return Commitment.objects.published().known(request.moment.known_at)


def _calendar(request: PublicRequest, title: str, commitments: QuerySet[Commitment]) -> HttpResponse:
    moment = request.moment
    calendar = nearest(commitments, moment, MOST)
    deadlines = [*calendar.overdue, *calendar.ahead]
    told: dict[int, Any] = {due.commitment.pk: due.commitment for due in deadlines}
    note = _left_out() if calendar.is_cut else ""
    return calendar_response(request, title, deadlines, deadline_revisions(told.values(), moment), note)


def _left_out() -> str:
    rest = _("It holds the {most} deadlines missed last and the {most} that come next. All: {url}")
    return rest.format(most=f"{MOST:,}", url=f"{absolute(reverse('public:deadlines'))}?format=csv")
