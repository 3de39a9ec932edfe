"""What a new head of a ministry finds on the desk. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from policytracker.government.models import Commitment, Membership, Ministry, Official, Succession

from .ledger import set_back, told_together
from .moments import Moment
from .standing import with_standing
from .standing.columns import named
from .standing.lists import in_told_order
from .standing.status import with_terms
from .watches import TermAccount, account_of, is_open


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """Open commitments on the day a term began, each with its standing of that day, the most pressing first.

    `ministries` are the ministry and the bodies it had taken over from by then. Each commitment stands in one list:
    `waiting` for its condition, `overdue` or `ahead` by its deadline, `undated` where it has none.
    """

    membership: Membership
    on: date
    ministries: list[Ministry]
    overdue: list[Any]
    ahead: list[Any]
    waiting: list[Any]
    undated: list[Any]

    @property
    def total(self) -> int:
        return len(self.overdue) + len(self.ahead) + len(self.waiting) + len(self.undated)


def hand_over_sheet(membership: Membership, moment: Moment) -> HandOverSheet | None:
    """What the holder inherited, as known at the moment; None where the start of the term is not known."""
    if membership.started_on is None:
        return None
    eve = membership.started_on - timedelta(days=1)
    ministries = taken_over_by(membership.post.ministry, on=membership.started_on, moment=moment)
    at_start = replace(moment, as_of=membership.started_on, is_present=False)
    bodies = [ministry.pk for ministry in ministries]
    known = Commitment.objects.published().known(moment.known_at).filter(named("lead_ministry", bodies, moment))
    promised = with_terms(known, moment).filter(then_made_on__lte=eve)
    open_ones = [
        commitment
        for commitment in set_back(
            with_standing(promised.select_related("lead_ministry", "initiative"), at_start), moment
        )
        if not commitment.standing.is_not_verifiable and is_open(commitment, eve)
    ]
    open_ones.sort(key=lambda commitment: (_next_deadline(commitment) or date.max, commitment.pk))
    lists: dict[str, list[Any]] = {"overdue": [], "ahead": [], "waiting": [], "undated": []}
    for commitment in open_ones:
        lists[_list_of(commitment)].append(commitment)
    return HandOverSheet(membership=membership, on=membership.started_on, ministries=ministries, **lists)


def _list_of(commitment: Any) -> str:
    standing = commitment.standing
    if standing.is_waiting:
        return "waiting"
    if standing.is_overdue:
        return "overdue"
    return "ahead" if _next_deadline(commitment) else "undated"


def _next_deadline(commitment: Any) -> date | None:
    """The day it is due; of a recurring one, the earliest day on which a period is that nobody concluded."""
    standing = commitment.standing
    dues = [standing.due, *(period.due for period in standing.occurrences)]
    return min((due.last_day for due in dues if due.last_day and due.days_left is not None), default=None)


def held_by(officials: Iterable[Official], moment: Moment) -> QuerySet[Membership]:
    """The memberships that the record gave these officials at the moment, the latest first; to be read."""
    theirs = named("official", [official.pk for official in officials], moment, of="membership")
    known = Membership.objects.known(moment.known_at).filter(theirs).select_related("official", "post__ministry")
    return known.defer("exclusive_tenure").order_by(F("started_on").desc(nulls_last=True), "-pk")


def memberships_of(officials: Iterable[Official], moment: Moment) -> list[Membership]:
    """The posts these officials held, as the record said at the moment, the latest first."""
    return set_back(held_by(officials, moment), moment)


def terms_of(official: Any, moment: Moment) -> list[TermAccount]:
    """The official's terms at the head of ministries, each with its account, the latest first."""
    ministries = {held.post.ministry_id for held in memberships_of([official], moment) if held.post.is_head}
    return accounts_of(official, told_together(around_terms(ministries, moment), moment), moment)


def around_terms(ministries: Iterable[int], moment: Moment) -> dict[str, Any]:
    """What accounts of terms at the head of these ministries are made from, to be read: their “heads” and what they “led”."""
    ministries = set(ministries)
    led = Commitment.objects.known(moment.known_at).filter(named("lead_ministry", ministries, moment))
    return {
        "heads": Membership.objects.heading(ministries).known(moment.known_at),
        "led": in_told_order(led, moment),
    }


def accounts_of(official: Any, around: Mapping[str, list[Any]], moment: Moment) -> list[TermAccount]:
    """The accounts of the official's terms from what was read around them, the latest first."""
    heads, led = around["heads"], around["led"]
    accounts = [
        account_of(
            head,
            [other for other in heads if other.post.ministry_id == head.post.ministry_id],
            [commitment for commitment in led if commitment.lead_ministry_id == head.post.ministry_id],
            today=moment.as_of,
        )
        for head in heads
        if head.official_id == official.pk
    ]
    return sorted((account for account in accounts if account), key=lambda account: account.since, reverse=True)


def taken_over_by(ministry: Ministry, *, on: date, moment: Moment) -> list[Ministry]:
    """The ministry, then the bodies that had passed into it by a day, and those that had passed into them."""
    found = [ministry]
    for body in found:
        known = Succession.objects.known(moment.known_at).filter(successor=body).select_related("predecessor")
        passed = [succession for succession in set_back(known, moment) if succession.happened_on <= on]
        found += [succession.predecessor for succession in passed if succession.predecessor not in found]
    return found
