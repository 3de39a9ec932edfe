"""The steps on the way to what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from policytracker.government.models import Milestone
from policytracker.tracking.models import Correction, Evidence

from .clock import acting
from .corrections import StillADraft, correct_fields
from .refusals import Refused
from .rules import SourceMissing


class ReachedAlready(Refused):
    """The day stands already; a wrong one is corrected, with a note."""

    field = "reached_on"


class NotReachedYet(Refused):
    """Only what has happened can be recorded."""

    field = "reached_on"


def reach_milestone(
    *,
    milestone: Milestone,
    reached_on: date,
    evidence: Evidence | None = None,
    source_urls: Sequence[str] = (),
    today: date,
    by: User,
    at: datetime,
) -> Milestone:
    """Record that a public step was reached: news, with its source, told from now on.

    A piece of evidence gives the address of its article as a source. Raises StillADraft, ReachedAlready,
    NotReachedYet, SourceMissing.
    """
    told = [evidence.snapshot.article.url] if evidence is not None else []
    sources = [url for url in (*told, *source_urls) if url]
    if not sources:
        raise SourceMissing(_("Give a source: an address, or a piece of evidence."), field="source_urls")
    if reached_on > today:
        raise NotReachedYet(_("Only what has happened can be recorded; this day has not come."))
    with acting(by=by, at=at, action="reach milestone"):
        locked = Milestone._base_manager.select_for_update(of=("self",)).get(pk=milestone.pk)
        if not locked.is_published:
            raise StillADraft(_("This is still a draft: change it and publish it, without a correction."))
        if locked.reached_on is not None:
            raise ReachedAlready(_("It was reached already. A wrong day is corrected, with a note."))
        values = {"reached_on": reached_on, "source_urls": list(dict.fromkeys([*locked.source_urls, *sources]))}
        note = _("Reached on %(day)s.") % {"day": reached_on.isoformat()}
        correct_fields(target=locked, values=values, note=note, kind=Correction.Kind.NEWS, by=by, at=at)
        Milestone._base_manager.filter(pk=locked.pk).update(reached_recorded_at=at)
    return locked
