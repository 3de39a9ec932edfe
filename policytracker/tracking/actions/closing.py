"""The end of a government: a round in which every open commitment gets its closing assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policytracker.government.models import Commitment, Government
from policytracker.tracking.models import ClosingRound, Correction

from .clock import acting
from .corrections import correct_fields, end_of
from .reference import free_address
from .refusals import Refused
from .rules import rules_in_words


class StillOpen(Refused):
    """Nothing closes silently: some commitments have no closing assessment yet. `commitments` are they."""

    def __init__(self, sentence: str, *, commitments: QuerySet[Commitment]) -> None:
        super().__init__(sentence)
        self.commitments = commitments


class NotTheNext(Refused):
    """Another government follows, or this one followed another."""

    field = "successor"


def end_government(*, government: Government, ended_on: date, by: User, at: datetime) -> ClosingRound:
    """Record that a government left office, and open its closing round."""
    with acting(by=by, at=at, action="end government"):
        if government.ended_on is None:
            end_of(target=government, values={"ended_on": ended_on}, by=by, at=at)
        return open_closing_round(government=government, by=by, at=at)


def change_government(
    *,
    government: Government,
    ended_on: date,
    started_on: date,
    successor: Government | None = None,
    names: Mapping[str, str] | None = None,
    source_urls: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Government:
    """Record that one government left office and another took over: the closing round of the first one opens.

    The next one is `successor`, or is made of `names` ("name", "name_ko"), of the same country and time zone; it is
    public afterwards. Gives the next one. Raises NotTheNext where it took office on another day or followed another.
    """
    with acting(by=by, at=at, action="change government"):
        end_government(government=government, ended_on=ended_on, by=by, at=at)
        if successor is None:
            return _next_government(government, names or {}, started_on, source_urls, at=at)
        followed = Government._base_manager.select_for_update(of=("self",)).get(pk=successor.pk)
        if followed.predecessor_id is not None or followed.started_on != started_on:
            raise NotTheNext(
                _("“%(name)s” took office on %(day)s; it cannot be the next one here.")
                % {"name": followed, "day": followed.started_on.isoformat()}
            )
        if followed.is_published:
            told = {"predecessor": government, "source_urls": merged_addresses(followed.source_urls, source_urls)}
            note = _("Took over from “%(name)s”.") % {"name": government}
            correct_fields(target=followed, values=told, note=note, kind=Correction.Kind.NEWS, by=by, at=at)
            return followed
        followed.predecessor = government
        followed.source_urls = merged_addresses(followed.source_urls, source_urls)
        followed.recorded_at = at
        followed.save(update_fields=["predecessor", "source_urls", "recorded_at"])
    return followed


def _next_government(
    government: Government, names: Mapping[str, str], started_on: date, source_urls: Sequence[str], *, at: datetime
) -> Government:
    following = Government(
        slug=free_address(Government, names["name"]),
        country=government.country,
        time_zone=government.time_zone,
        started_on=started_on,
        predecessor=government,
        source_urls=list(source_urls),
        recorded_at=at,
    )
    for field, words in names.items():
        setattr(following, field, words)
    with rules_in_words():
        following.save()
    return following


def merged_addresses(held: Sequence[str], further: Sequence[str]) -> list[str]:
    """Web addresses of both lists, each once, in order."""
    return list(dict.fromkeys([*held, *further]))


def open_closing_round(*, government: Government, by: User, at: datetime) -> ClosingRound:
    """The closing round of a government; the one that is open already where there is one."""
    with acting(by=by, at=at, action="open closing round"):
        closing, _is_new = ClosingRound.objects.get_or_create(
            government=government, defaults={"opened_at": at, "opened_by": by}
        )
    return closing


def close_round(*, closing: ClosingRound, by: User, at: datetime) -> ClosingRound:
    """Close the round. Raises StillOpen, with the commitments, while one of them has no closing assessment."""
    with acting(by=by, at=at, action="close round"):
        locked = ClosingRound.objects.select_for_update().get(pk=closing.pk)
        if locked.closed_at is None:
            _refuse_open(locked)
            locked.closed_at = at
            locked.save(update_fields=["closed_at"])
    return locked


def still_open(closing: ClosingRound) -> QuerySet[Commitment]:
    """The commitments that the round has yet to close, by the same rule the database holds it to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tracking_rule_still_open(%s, %s)", [closing.pk, closing.government_id])
        ids = [row[0] for row in cursor.fetchall()]
    return Commitment.objects.filter(pk__in=ids).order_by("due_on", "pk")


def _refuse_open(closing: ClosingRound) -> None:
    commitments = still_open(closing)
    left = commitments.count()
    if left:
        raise StillOpen(
            ngettext(
                "%(n)d open commitment of this government has no closing assessment.",
                "%(n)d open commitments of this government have no closing assessment.",
                left,
            )
            % {"n": left},
            commitments=commitments,
        )
