"""The hand-over sheet: what a new head of a ministry found on the desk, and what became of it since."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Membership
from policytracker.tracking.handover import HandOverSheet, hand_over_sheet
from policytracker.tracking.ledger import set_back
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing

from ..addresses import address_of
from ..formats import format_asked_for
from ..pages import NotThere, PublicRequest, public_page
from ..records import inherited_record, membership_record
from ..twins import Part, subject_twin, twin_links


@dataclass(frozen=True)
class Inherited:
    """One commitment that was open on the first day: it carries its standing of that day, `now` is where it stands."""

    commitment: Any
    part: str
    now: Any

    @property
    def has_moved(self) -> bool:
        """Whether its status is another one now."""
        return self.now.status != self.commitment.standing.status


@dataclass(frozen=True)
class List:
    """One list of the sheet."""

    key: str
    label: str
    rows: list[Inherited]


@public_page
def hand_over(request: PublicRequest, number: int) -> HttpResponse:
    """What was open on the day a term began: overdue, due ahead, waiting for a condition, without a date; with the sum."""
    membership, sheet = _sheet(number, request.moment)
    parts = _parts(sheet, request.moment)
    if format_asked_for(request):
        rows = [inherited_record(row) for part in parts for row in part.rows]
        told = {"official": membership.official.slug, **membership_record(membership), "total": sheet.total}
        return subject_twin(
            request, told, {"commitments": Part(rows, columns="inherited")}, f"hand-over-{membership.pk}"
        )
    context = {
        "membership": membership,
        "sheet": sheet,
        "parts": parts,
        "further": sheet.ministries[1:],
        "take": twin_links(request),
        "crumbs": [(str(membership.official), address_of(membership.official))],
    }
    return render(request, "public/hand_over.html", context)


def _sheet(number: int, moment: Moment) -> tuple[Membership, HandOverSheet]:
    """The term and its sheet. Raises NotThere where the term is not on record, has no known start, or lies ahead."""
    terms = Membership.objects.known(moment.known_at).filter(
        post__is_head=True, official__recorded_at__isnull=False, post__recorded_at__isnull=False
    )
    membership = terms.select_related("official", "post__ministry").filter(pk=number).first()
    if membership is None:
        raise NotThere(_("No term at the head of a ministry has this number in the public record."))
    set_back([membership], moment)
    sheet = hand_over_sheet(membership, moment)
    if sheet is None:
        raise NotThere(_("The day on which this term began is not known, so nobody can say what was open on it."))
    if sheet.on > moment.as_of:
        raise NotThere(_("On the day you ask about, this term had not begun."))
    return membership, sheet


def _parts(sheet: HandOverSheet, moment: Moment) -> list[List]:
    named = (
        ("overdue", _("Overdue on that day"), sheet.overdue),
        ("ahead", _("Deadline ahead"), sheet.ahead),
        ("waiting", _("Waiting for a condition"), sheet.waiting),
        ("undated", _("Without a date"), sheet.undated),
    )
    ids = [commitment.pk for _key, _label, commitments in named for commitment in commitments]
    now = {row.pk: row.standing for row in with_standing(Commitment.objects.filter(pk__in=ids), moment)}
    return [
        List(key, label, [Inherited(commitment, key, now[commitment.pk]) for commitment in commitments])
        for key, label, commitments in named
    ]
