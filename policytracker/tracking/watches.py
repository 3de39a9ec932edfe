"""On whose watch: who made a promise, who inherited it, who was in office when it was concluded; and a term's account.

Pure: memberships and standings in, values out. `holders.py` of the government room says who held the post.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from policytracker.government.holders import holders_on

from .standing import Run


class Told(Protocol):
    """What of a commitment with its standing decides on whose watch things happened."""

    @property
    def made_on(self) -> date: ...
    @property
    def standing(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for a commitment: who made it, who inherited it while it was open, who saw it concluded."""

    made_by: tuple[Any, ...]
    inherited_by: tuple[Any, ...]
    resolved_on: date | None
    resolved_by: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class TermAccount:
    """One term at the head of a ministry. It adds up:

    inherited + made + reopened = resolved + ended + left. `ended` were superseded or discontinued, `left` are still
    open, or were handed to the successor. `until` is the first day after the term, None while it lasts.
    """

    membership: Any
    since: date
    until: date | None
    inherited: tuple[Any, ...]
    made: tuple[Any, ...]
    reopened: tuple[Any, ...]
    resolved: tuple[Any, ...]
    ended: tuple[Any, ...]
    left: tuple[Any, ...]


def answering_for(commitment: Any, heads: Sequence[Any], *, today: date) -> Answering:
    """Who answers for a commitment, from the memberships of the heading post of its lead ministry.

    `made_by` is the speaker on record, else whoever headed the ministry that day. Acting heads inherit nothing.
    """
    speaker = getattr(commitment, "made_by", None)
    resolved_on = resolution_of(commitment)
    heirs = [
        head
        for head in heads
        if head.started_on
        and not head.is_acting
        and commitment.made_on < head.started_on <= min(resolved_on or today, today)
        and is_open(commitment, head.started_on)
    ]
    return Answering(
        made_by=(speaker,) if speaker else tuple(holders_on(heads, commitment.made_on)),
        inherited_by=tuple(sorted(heirs, key=lambda head: head.started_on)),
        resolved_on=resolved_on,
        resolved_by=tuple(holders_on(heads, resolved_on)) if resolved_on else (),
    )


def resolution_of(commitment: Told) -> date | None:
    """The day from which the commitment has been concluded without a break; None while it is open."""
    concluded_since = None
    for run in commitment.standing.runs:
        if not run.is_concluded:
            concluded_since = None
        elif concluded_since is None:
            concluded_since = run.since
    return concluded_since


def account_of(membership: Any, heads: Sequence[Any], led: Iterable[Any], *, today: date) -> TermAccount | None:
    """The account of one term, from all commitments its ministry leads. None for a term without a known start.

    What cannot be verified is left out: nobody can be held to it. On a shared day the successor answers.
    """
    since = membership.started_on
    if since is None or since > today:
        return None
    until = _first_day_after(membership, heads)
    if until is not None and until > today:
        until = None
    last = (until or today + timedelta(days=1)) - timedelta(days=1)
    lists: dict[str, list[Any]] = {name: [] for name in ("inherited", "made", "reopened", "resolved", "ended", "left")}
    for commitment in led:
        if commitment.standing.is_not_verifiable or commitment.made_on > last:
            continue
        was_open = commitment.made_on < since and is_open(commitment, since - timedelta(days=1))
        stays_open = is_open(commitment, last)
        if commitment.made_on >= since:
            lists["made"].append(commitment)
        elif was_open:
            lists["inherited"].append(commitment)
        elif stays_open:
            lists["reopened"].append(commitment)
        else:
            continue
        lists[_fate(commitment, last)].append(commitment)
    return TermAccount(
        membership=membership, since=since, until=until, **{name: tuple(rows) for name, rows in lists.items()}
    )


def _fate(commitment: Any, day: date) -> str:
    if is_open(commitment, day):
        return "left"
    return "resolved" if _is_concluded(commitment.standing.runs, day) else "ended"


def is_open(commitment: Any, day: date) -> bool:
    """Whether the commitment was neither concluded nor ended otherwise at the end of a day."""
    standing = commitment.standing
    ends = [end for end in (standing.superseded_on, standing.discontinued_on) if end is not None]
    return not _is_concluded(standing.runs, day) and not any(end <= day for end in ends)


def _is_concluded(runs: Sequence[Run], day: date) -> bool:
    begun = [run for run in runs if run.since <= day]
    return bool(begun) and begun[-1].is_concluded


def _first_day_after(membership: Any, heads: Sequence[Any]) -> date | None:
    """The first day on which the membership's holder no longer counts as holder."""
    end = membership.ended_on
    if end is None:
        return None
    return end + timedelta(days=1) if membership in holders_on([*heads, membership], end) else end
