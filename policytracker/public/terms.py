"""The terms of an official at the head of a ministry, as sums whose every figure opens to its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from policytracker.government.models import Membership, Official
from policytracker.tracking.handover import accounts_of
from policytracker.tracking.moments import Moment
from policytracker.tracking.watches import TermAccount

SHOWN = 50


@dataclass(frozen=True)
class Figure:
    """One number of a sum, with the commitments behind it; `anchor` is where the page lists them."""

    key: str
    label: str
    anchor: str
    commitments: Sequence[Any]

    @property
    def count(self) -> int:
        return len(self.commitments)

    @property
    def shown(self) -> Sequence[Any]:
        """The first of them; a longer list is no longer read on this page, its twin has all."""
        return self.commitments[:SHOWN]

    @property
    def rest(self) -> int:
        return len(self.commitments) - len(self.shown)


@dataclass(frozen=True)
class Term:
    """One term: what its holder answered for and, the same commitments once more, what became of them."""

    membership: Membership
    account: TermAccount
    answered_for: list[Figure]
    became: list[Figure]
    sheet_url: str

    @property
    def total(self) -> int:
        return sum(figure.count for figure in self.answered_for)

    @property
    def sides(self) -> list[tuple[str, list[Figure]]]:
        """The two sides of the sum, each with its heading."""
        return [(_("Answered for"), self.answered_for), (_("What became of them"), self.became)]

    @property
    def lists(self) -> list[Figure]:
        """The figures with something behind them."""
        return [figure for figure in (*self.answered_for, *self.became) if figure.count]


def shown_terms(official: Official, around: Mapping[str, list[Any]], moment: Moment) -> list[Term]:
    """The official's terms at the head of ministries, the latest first, from what was read around them."""
    return [_term(account) for account in accounts_of(official, around, moment)]


def sheet_url(membership: Membership) -> str:
    """Where the hand-over sheet of a term is read; empty for a term that has none."""
    if membership.started_on is None or not membership.post.is_head:
        return ""
    return reverse("public:hand_over", args=[membership.pk])


def _term(account: TermAccount) -> Term:
    membership = account.membership
    left = _("Handed to the successor, open") if account.until else _("Still open")
    answered_for = (("inherited", _("Inherited")), ("made", _("Made during the term")), ("reopened", _("Open again")))
    became = (("resolved", _("Concluded")), ("ended", _("Superseded or discontinued")), ("left", left))

    def figures(named: Sequence[tuple[str, str]]) -> list[Figure]:
        return [Figure(key, label, f"t{membership.pk}-{key}", getattr(account, key)) for key, label in named]

    return Term(membership, account, figures(answered_for), figures(became), sheet_url(membership))
