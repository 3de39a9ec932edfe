"""Who takes a post up and who leaves it, and what becomes of ministries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from policytracker.government.models import Alias, Membership, Ministry, MinistryName, Official, Post, Succession
from policytracker.tracking.ledger import current_value
from policytracker.tracking.models import Correction

from .clock import acting
from .corrections import StillADraft, correct_fields, end_of
from .refusals import Refused
from .rules import RuleBroken, rules_in_words

# What these kinds of succession do to the predecessor: it is no more. A body that others split from may live on.
ENDING = frozenset({Succession.Kind.MERGED, Succession.Kind.REPLACED, Succession.Kind.RENAMED})


class PostIsHeld(Refused):
    """Somebody else certainly holds the single-holder post on some of these days."""

    field = "started_on"


class AlreadyEnded(Refused):
    """The end stands already; a wrong one is corrected, with a note."""

    field = "ended_on"


class DissolvedAlready(Refused):
    """The end stands already; a wrong one is corrected, with a note."""

    field = "happened_on"


def appoint(
    *,
    official: Official,
    post: Post,
    started_on: date,
    precision: str = "day",
    is_acting: bool = False,
    nominated_on: date | None = None,
    source_urls: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Membership:
    """Record that an official takes up a post. The same person may come back to it.

    Raises PostIsHeld where another holder's days overlap: end that membership first, or mark this one as acting.
    """
    with _holders_in_words(), acting(by=by, at=at, action="appoint"):
        return Membership.objects.create(
            official=official,
            post=post,
            started_on=started_on,
            started_precision=precision,
            is_acting=is_acting,
            nominated_on=nominated_on,
            source_urls=list(source_urls),
            recorded_at=at,
        )


def end_membership(
    *, membership: Membership, ended_on: date, precision: str = "day", by: User, at: datetime
) -> Membership:
    """Record that an official left a post: news, told from now on. Raises AlreadyEnded."""
    if membership.ended_on is not None:
        raise AlreadyEnded(_("This membership has an end already. Correct it, with a note that says why."))
    with _holders_in_words():
        end_of(target=membership, values={"ended_on": ended_on, "ended_precision": precision}, by=by, at=at)
    return membership


def hand_over(
    *,
    post: Post,
    to: Official,
    on: date,
    precision: str = "day",
    nominated_on: date | None = None,
    source_urls: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Membership:
    """End every open membership of a post and appoint the successor, on one day."""
    with acting(by=by, at=at, action="hand over"):
        for held in Membership.objects.published().filter(post=post, started_on__isnull=False, ended_on=None):
            end_membership(membership=held, ended_on=on, precision=precision, by=by, at=at)
        return appoint(
            official=to,
            post=post,
            started_on=on,
            precision=precision,
            nominated_on=nominated_on,
            source_urls=source_urls,
            by=by,
            at=at,
        )


def succeed(
    *,
    predecessor: Ministry,
    successor: Ministry,
    kind: str,
    happened_on: date,
    precision: str = "day",
    source_urls: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Succession:
    """Record that one body took over from another; merged, replaced and renamed bodies are dissolved by it.

    Both keep their pages, commitments and history. Split bodies are recorded once for each successor. Raises RuleBroken
    while somebody still holds a post of a body that is dissolved by it.
    """
    for body in (predecessor, successor):
        if not body.is_published:
            raise StillADraft(
                _("Publish “%(name)s” first: both bodies are named to readers.") % {"name": body}, field="successor"
            )
    with acting(by=by, at=at, action="succeed"), rules_in_words():
        succession = Succession.objects.create(
            predecessor=predecessor,
            successor=successor,
            kind=kind,
            happened_on=happened_on,
            happened_precision=precision,
            source_urls=list(source_urls),
            recorded_at=at,
        )
        if kind in ENDING and predecessor.dissolved_on is None:
            dissolve(ministry=predecessor, dissolved_on=happened_on, precision=precision, by=by, at=at)
    return succession


def dissolve(
    *,
    ministry: Ministry,
    dissolved_on: date,
    precision: str = "day",
    source_urls: Sequence[str] = (),
    note: str = "",
    by: User,
    at: datetime,
) -> Ministry:
    """Record that a body is no more. Raises DissolvedAlready, StillADraft, or RuleBroken while
    somebody still holds a post of it: that they left is recorded first.
    """
    if ministry.dissolved_on is not None:
        raise DissolvedAlready(_("It was dissolved already. A wrong day is corrected, with a note."))
    with rules_in_words(), acting(by=by, at=at, action="dissolve"):
        values = {"dissolved_on": dissolved_on, "dissolved_precision": precision}
        end_of(target=ministry, values=values, by=by, at=at)
        reason = note or _("Dissolved on %(day)s.") % {"day": dissolved_on.isoformat()}
        _add_sources(ministry, source_urls, note=reason, by=by, at=at)
    return ministry


def rename_ministry(
    *,
    ministry: Ministry,
    names: dict[str, str],
    renamed_on: date,
    slug: str = "",
    note: str = "",
    source_urls: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Ministry:
    """The same body under another name from a day on: `names` by language, "en" first of all.

    The old names stay in the list of names over time and among the aliases, so that old articles still find it; the
    old address leads to the new one. Raises RuleBroken for a day on which the old name was not in use yet.
    """
    with acting(by=by, at=at, action="rename"), rules_in_words():
        values = {"name" if language == "en" else f"name_{language}": name for language, name in names.items()}
        for (language, name), field in zip(names.items(), list(values), strict=True):
            _close_name(ministry, language, current_value(ministry, field) or "", renamed_on, at=at)
            MinistryName.objects.create(
                ministry=ministry, language=language, name=name, valid_from=renamed_on, recorded_at=at
            )
        if slug:
            values["slug"] = slug
        reason = note or _("Renamed on %(day)s.") % {"day": renamed_on.isoformat()}
        correct_fields(target=ministry, values=values, note=reason, kind=Correction.Kind.NEWS, by=by, at=at)
        _add_sources(ministry, source_urls, note=reason, by=by, at=at)
    return ministry


def _add_sources(ministry: Ministry, source_urls: Sequence[str], *, note: str, by: User, at: datetime) -> None:
    """What tells the news joins the body's sources."""
    known = list(dict.fromkeys([*ministry.source_urls, *source_urls]))
    if known != ministry.source_urls:
        news = Correction.Kind.NEWS
        correct_fields(target=ministry, values={"source_urls": known}, note=note, kind=news, by=by, at=at)


def _close_name(ministry: Ministry, language: str, name: str, day: date, *, at: datetime) -> None:
    if not name:
        return
    open_names = ministry.names.filter(language=language, valid_until=None)
    ended = {"valid_until": day, "end_recorded_at": at}
    if not open_names.update(**ended):
        MinistryName.objects.create(ministry=ministry, language=language, name=name, recorded_at=at, **ended)
    Alias.objects.get_or_create(name=name, ministry=ministry, defaults={"language": language})


@contextmanager
def _holders_in_words() -> Iterator[None]:
    """Refusals about who holds a post, under the names that callers know them by."""
    known: dict[str, type[Refused]] = {
        "post_has_one_holder_at_a_time": PostIsHeld,
        "membership_ends_after_it_starts": AlreadyEnded,
    }
    try:
        with rules_in_words():
            yield
    except RuleBroken as refusal:
        if refusal.rule not in known:
            raise
        raise known[refusal.rule](str(refusal)) from refusal
