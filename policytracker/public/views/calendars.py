"""Calendars of deadlines: of everything, of the filtered list of commitments, of subjects."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.standing.status import with_status

from ..calendars import calendar_response
from ..due import nearest
from ..filters import CommitmentFilter
from ..kinds import BY_NAME
from ..pages import PublicRequest, Refused, public_page
from .subjects import public_subject

MOST = 1000  # of each: missed deadlines, the latest first, and those to come, the nearest first


@public_page
def deadlines_calendar(request: PublicRequest) -> HttpResponse:
    """Every open deadline on record."""
    return _calendar(request, _("Deadlines"), _promised(request))


@public_page
def commitment_list_calendar(request: PublicRequest) -> HttpResponse:
    """The open deadlines of the commitments that the filters leave."""
    chosen = CommitmentFilter(
        request.GET, queryset=with_status(_promised(request), request.moment), moment=request.moment
    )
    if not chosen.is_valid():
        raise Refused(" ".join(chosen.errors_in_words))
    return _calendar(request, _("Commitments"), _promised(request).filter(pk__in=chosen.qs.values("pk")))


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
    return calendar_response(request, title, [*calendar.overdue, *calendar.ahead])
