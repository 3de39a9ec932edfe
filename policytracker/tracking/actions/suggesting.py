"""Proposing what an article names and promises. Machines propose, people decide: nothing here changes a decision."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from articles.models import Article, Snapshot
from policytracker.government.models import Government
from policytracker.tracking.candidates import METHOD, Reading
from policytracker.tracking.matching import Found, Gazetteer
from policytracker.tracking.models import MachineReading
from policytracker.tracking.names import record_gazetteer
from policytracker.tracking.suggestions import read_with_model

from .proposing_candidates import propose_candidates
from .proposing_mentions import propose_mentions


@dataclass(frozen=True)
class Suggested:
    """What a text gave: all that was found in it, and how much of that is new."""

    mentions: tuple[Found, ...] = ()
    reading: Reading = field(default_factory=Reading)
    new_mentions: int = 0
    new_candidates: int = 0

    @property
    def is_news(self) -> bool:
        """Whether there is anything new to decide."""
        return bool(self.new_mentions or self.new_candidates)


def suggest(*, article: Article, at: datetime, gazetteer: Gazetteer | None = None) -> Suggested:
    """Propose mentions and candidates for the current text of an article.

    Doing it again proposes nothing twice: not what waits, not what was decided, not what was rejected. A proposed
    mention whose name is gone from text or record is withdrawn; a candidate leaves the queue only by a decision.
    """
    snapshot = article.current_snapshot
    if snapshot is None:
        return Suggested()
    on = day_of(article, snapshot)
    found = (gazetteer or record_gazetteer()).find(snapshot.text, on=on)
    reading = read_with_model(snapshot.text, on=on, mentions=found, home=home_countries(on), language=article.language)
    with transaction.atomic():
        Article.objects.select_for_update().only("pk").get(pk=article.pk)
        new_mentions = propose_mentions(article=article, snapshot=snapshot, found=found, at=at)
        new_candidates = propose_candidates(
            article=article, snapshot=snapshot, reading=reading, found=found, on=on, at=at
        )
        _note(snapshot, reading, at)
    return Suggested(found, reading, new_mentions, new_candidates)


def day_of(article: Article, snapshot: Snapshot) -> date:
    """The day that "this year" in the article is read against."""
    return article.published_on or snapshot.taken_at.date()


def home_countries(on: date) -> frozenset[str]:
    """The countries whose governments are tracked: those in office on the day, else all."""
    in_office = Q(started_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))
    countries = Government.objects.filter(in_office).values_list("country", flat=True)
    return frozenset(countries) or frozenset(Government.objects.values_list("country", flat=True))


def _note(snapshot: Snapshot, reading: Reading, at: datetime) -> None:
    MachineReading.objects.update_or_create(
        snapshot=snapshot,
        defaults={
            "read_at": at,
            "method": METHOD,
            "languages": list(reading.languages),
            "unread": list(reading.unread),
            "apart": [[each.start, each.end, str(each.apart)] for each in reading.apart],
        },
    )
