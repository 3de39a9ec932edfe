"""Which kept timelines make up a subject's: its own, and what its ministry's heads and governments are to it.

What a ministry's heads and governments are to its policies is not kept again under each policy: it is read from the
ministry's watch, from the day the policy began.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Min

from policytracker.government.models import Commitment, Initiative, Membership, Ministry, Official

from .ledger import is_told_at, values_at
from .models import TimelineEvent
from .moments import Moment
from .timeline_rows import BEGINNING, END, Stream

EVERYTHING = "everything"
Subject = TimelineEvent.Subject
Kind = TimelineEvent.Kind


def streams_of(subject: Any, moment: Moment) -> list[Stream]:
    """The kept timelines of a subject, of a list of them, or of `EVERYTHING`."""
    subjects = subject if isinstance(subject, list | tuple) else [subject]
    return [stream for _subject, stream in streams_by_subject(subjects, moment)]


def streams_by_subject(subjects: Sequence[Any], moment: Moment) -> Iterator[tuple[Any, Stream]]:
    """Each subject with its kept timelines; what decides on them is read once for all subjects."""
    around = _Around(subjects, moment)
    for subject in subjects:
        for stream in around.streams(subject):
            yield subject, stream


class _Around:
    """What lies around the subjects: their ministries, when they began, who headed what."""

    def __init__(self, subjects: Sequence[Any], moment: Moment) -> None:
        self.ministries = _lead_ministries([s for s in subjects if isinstance(s, Commitment | Initiative)], moment)
        self.begun = _first_promises([s for s in subjects if isinstance(s, Initiative)], moment)
        self.heads = _heads_beside([s for s in subjects if isinstance(s, Official)], moment)

    def streams(self, subject: Any) -> list[Stream]:
        """The kept timelines of one of the subjects."""
        if subject == EVERYTHING:
            return [Stream(Subject.ALL, 0)]
        own = Stream(Subject(subject._meta.model_name), subject.pk)
        return [own, *self._watched(subject)]

    def _watched(self, subject: Any) -> list[Stream]:
        if isinstance(subject, Ministry):
            return [Stream(Subject.WATCH, subject.pk)]
        if isinstance(subject, Commitment):
            return self._watch_over(subject, since=subject.made_on)
        if isinstance(subject, Initiative):
            first = _beginning(subject) or self.begun.get(subject.pk)
            return self._watch_over(subject, since=first, until=subject.ended_on) if first else []
        if isinstance(subject, Official):
            return self._on_their_watch(subject)
        return []

    def _watch_over(self, subject: Any, *, since: date, until: date | None = None) -> list[Stream]:
        ministry = self.ministries.get((subject._meta.model_name, subject.pk))
        return [] if ministry is None else [Stream(Subject.WATCH, ministry, since, until or END)]

    def _on_their_watch(self, official: Official) -> list[Stream]:
        """What became of a ministry's commitments while this official headed it; a shared day is the successor's."""
        begun = {
            (head.post_id, head.started_on)
            for head in self.heads
            if not head.is_acting and head.official_id != official.pk
        }
        streams = []
        for head in self.heads:
            if head.official_id == official.pk:
                until = head.ended_on or END
                if (head.post_id, until) in begun:
                    until -= timedelta(days=1)
                streams.append(
                    Stream(Subject.MINISTRY, head.post.ministry_id, head.started_on or BEGINNING, until, Kind.STATUS)
                )
        return streams


def _lead_ministries(subjects: Sequence[Any], moment: Moment) -> dict[tuple[str, int], int | None]:
    own = {(subject._meta.model_name, subject.pk): subject.lead_ministry_id for subject in subjects}
    if moment.is_present or all(is_told_at(subject, moment.known_at) for subject in subjects):
        return own
    return values_at(subjects, "lead_ministry", moment.known_at)


def _beginning(initiative: Initiative) -> date | None:
    return initiative.announced_on or initiative.started_on


def _first_promises(initiatives: Sequence[Initiative], moment: Moment) -> dict[int, date]:
    """When the first commitment was made, of initiatives whose own beginning is not known."""
    undated = [initiative.pk for initiative in initiatives if _beginning(initiative) is None]
    if not undated:
        return {}
    promises = Commitment.objects.known(moment.known_at).filter(initiative__in=undated).order_by()
    return dict(promises.values_list("initiative").annotate(first=Min("made_on")))


def _heads_beside(officials: Sequence[Official], moment: Moment) -> list[Membership]:
    """Everybody who headed a post that one of the officials headed."""
    if not officials:
        return []
    return list(
        Membership.objects.known(moment.known_at)
        .filter(post__is_head=True, post__memberships__official__in=officials, started_on__isnull=False)
        .select_related("post")
        .distinct()
    )
