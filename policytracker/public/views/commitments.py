"""Commitments: was it done, on what evidence, who answers for it?"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policytracker.government.models import Commitment, Criterion, Membership, Milestone, Ministry
from policytracker.tracking.drift import steps_of
from policytracker.tracking.ledger import told_together
from policytracker.tracking.models import Correction, Statement
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing
from policytracker.tracking.standing.status import with_status
from policytracker.tracking.watches import answering_for

from ..addresses import address_of
from ..collation import in_order
from ..filters import CommitmentFilter
from ..keyset import Order
from ..pages import PublicRequest, public_page
from ..records import answering_record, step_record, verdict_record
from ..strips import commitment_strip, holders_since
from ..verdicts import around_verdicts, verdicts_on
from .lists import answer_list
from .subjects import answer_subject, public_subject

ORDERS = (
    Order("newest", gettext_lazy("newest first"), "then_made_on", is_descending=True, kind="date"),
    Order("oldest", gettext_lazy("oldest first"), "then_made_on", kind="date"),
    Order("due", gettext_lazy("by deadline"), "then_due_on", kind="date", is_nullable=True),
)


@public_page
def commitment_list(request: PublicRequest) -> HttpResponse:
    """Commitments by status, ministry, deadline and more."""
    moment = request.moment
    known = with_status(Commitment.objects.published().known(moment.known_at).for_list_page(), moment)
    chosen = CommitmentFilter(request.GET, queryset=known, moment=moment)
    return answer_list(
        request, "commitment", chosen, ORDERS, dress=lambda rows: with_standing(rows, moment), has_calendar=True
    )


@public_page
def commitment_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """One commitment: statement, deadline, every verdict with its evidence, and who was responsible when."""
    moment = request.moment
    commitments = with_standing(Commitment.objects.published().for_detail_page(), moment)
    commitment = public_subject(request, commitments, slug)
    beside = _beside(commitment, moment)
    around = told_together(beside | around_verdicts(commitment, moment), moment)
    heads = around["heads"]
    verdicts = verdicts_on(around, heads, moment)
    steps = steps_of(around["statements"])
    answering = answering_for(commitment, heads, today=moment.as_of)

    def context() -> dict[str, Any]:
        return {
            **{name: around[name] for name in beside},
            **{name: in_order(around[name]) for name in ("topics", "supporting")},
            "commitment": commitment,
            "standing": commitment.standing,
            "steps": steps,
            "answering": answering,
            "verdicts": verdicts,
            "strip": commitment_strip(commitment, heads, moment),
            "holders": holders_since(heads, commitment.made_on, moment.as_of),
            "crumbs": _crumbs(commitment),
        }

    parts = {
        "verdicts": map(verdict_record, verdicts),
        "wording": map(step_record, steps),
        "answering": [answering_record(answering)],
    }
    return answer_subject(request, commitment, context, parts)


def _beside(commitment: Commitment, moment: Moment) -> dict[str, Any]:
    """What the page shows beside its verdicts, to be read."""
    known_at = moment.known_at
    successors = commitment.standing.superseded_by  # type: ignore[attr-defined]
    return {
        "heads": Membership.objects.heading([commitment.lead_ministry_id]).known(known_at),
        "statements": _statements(commitment, moment),
        "topics": commitment.topics.all(),
        "supporting": Ministry.objects.known(known_at).filter(supported_commitments=commitment),
        "criteria": Criterion.objects.known(known_at).filter(commitment=commitment),
        "milestones": Milestone.objects.known(known_at).filter(commitment=commitment),
        "corrections": Correction.objects.known(known_at).corrections().filter(commitment=commitment),
        "successors": Commitment.objects.known(known_at).filter(pk__in=successors),
    }


def _statements(commitment: Commitment, moment: Moment) -> Any:
    """Where it was said, the first time and again, up to the day asked for."""
    return (
        Statement.objects.published()
        .known(moment.known_at)
        .filter(commitment=commitment, said_on__lte=moment.true_by)
        .order_by("said_on", "pk")
        .select_related("snapshot__article__publisher", "membership__official", "membership__post", "ministry")
        .defer(
            "snapshot__raw",
            "snapshot__text",
            "snapshot__article__search",
            "snapshot__article__shingles",
            "membership__exclusive_tenure",
        )
    )


def _crumbs(commitment: Commitment) -> list[tuple[str, str]]:
    initiative = commitment.initiative
    if initiative is not None and initiative.is_published:
        return [(str(initiative), address_of(initiative))]
    return [(_("Commitments"), "../")]
