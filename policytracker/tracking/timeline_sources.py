"""Everything that the lines of one page of a timeline name, read in one statement however many kinds there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, reduce
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.models import Article
from policytracker.database.together import read_together
from policytracker.government.holders import holders_on
from policytracker.government.models import (
    Commitment,
    Government,
    Initiative,
    Membership,
    Milestone,
    Ministry,
    Occurrence,
    Succession,
)

from .ledger import set_back
from .models import (
    Assessment,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Event,
    Evidence,
    Ruling,
    Statement,
    Supersession,
    TimelineEvent,
)
from .moments import Moment
from .standing.columns import as_known

Kind = TimelineEvent.Kind
Rows = QuerySet[Any, Any]

# The part of a variant that names a table of its own.
VARIANT_TABLES: dict[tuple[str, str], str] = {
    (Kind.DEADLINE, "occurrence"): "occurrence",
    (Kind.DEADLINE, "change"): "deadline change",
    (Kind.TERMS, "deadline"): "deadline change",
    (Kind.TERMS, "condition"): "condition change",
    (Kind.TERMS, "discontinued"): "discontinuation",
    (Kind.TERMS, "superseded"): "supersession",
    (Kind.TERMS, "supersedes"): "supersession",
    (Kind.ORGANIZATION, "succession"): "succession",
}
PASSAGES = ("snapshot__article__publisher",)
HEAVY = ("snapshot__raw", "snapshot__text", "snapshot__article__search", "snapshot__article__shingles")
READERS: dict[str, Rows] = {
    Kind.STATEMENT: Statement.objects.select_related(*PASSAGES, "membership__official", "membership__post").defer(
        *HEAVY, "membership__exclusive_tenure"
    ),
    Kind.EVIDENCE: Evidence.objects.select_related(*PASSAGES).defer(*HEAVY),
    Kind.STATUS: Assessment.objects.select_related("occurrence", "rubric"),
    Kind.MILESTONE: Milestone.objects.all(),
    Kind.APPOINTMENT: Membership.objects.select_related("official", "post__ministry").defer("exclusive_tenure"),
    Kind.GOVERNMENT: Government.objects.select_related("predecessor"),
    Kind.ORGANIZATION: Ministry.objects.all(),
    Kind.INITIATIVE: Initiative.objects.select_related("lead_ministry"),
    Kind.CORRECTION: Correction.objects.select_related("initiative", "ministry", "official"),
    Kind.ARTICLE: Article.objects.select_related("publisher").defer("search", "shingles"),
    Kind.EVENT: Event.objects.all(),
    "occurrence": Occurrence.objects.all(),
    "deadline change": DeadlineChange.objects.select_related("occurrence"),
    "condition change": ConditionChange.objects.all(),
    "discontinuation": Discontinuation.objects.all(),
    "supersession": Supersession.objects.all(),
    "succession": Succession.objects.select_related("predecessor", "successor"),
}
# Which columns of a source name the commitments that its line is about.
OF_COMMITMENTS = (Kind.STATEMENT, Kind.EVIDENCE, Kind.STATUS, Kind.MILESTONE, Kind.CORRECTION, "occurrence")
NAMING = dict.fromkeys(OF_COMMITMENTS, ("commitment",)) | {"supersession": ("old", "new")}
COMMITMENTS, HEADS, EVENT_SOURCES, EVENT_INITIATIVES = (
    "commitments",
    "heads",
    "sources of events",
    "events' initiatives",
)


class Page:
    """Everything the rows of one page name, read once and set back to what was known at the moment."""

    def __init__(self, rows: Sequence[TimelineEvent], moment: Moment, *, with_responsible: bool) -> None:
        self.moment = moment
        self.ids: dict[str, set[int]] = {}
        for row in rows:
            self.ids.setdefault(_table_of(row), set()).add(_id_of(row))
        found = read_together(self._asked(rows, with_responsible=with_responsible))
        self.sources = {table: {row.pk: row for row in found.get(table, ())} for table in self.ids}
        for event in self.sources.get(Kind.EVENT, {}).values():
            event.told_sources = [link.article for link in found[EVENT_SOURCES] if link.event_id == event.pk]
            event.told_initiatives = [link.initiative for link in found[EVENT_INITIATIVES] if link.event_id == event.pk]
        self.commitments = {commitment.pk: commitment for commitment in found.get(COMMITMENTS, ())}
        self.heads: list[Membership] = found.get(HEADS, [])
        sources = chain.from_iterable(rows.values() for rows in self.sources.values())
        set_back(chain(sources, self.commitments.values(), self.heads), moment)
        self._holders = cache(self._holders_on)  # many lines tell of the same days

    def source(self, row: TimelineEvent) -> Any:
        """The row that a line tells of, or None."""
        return self.sources.get(_table_of(row), {}).get(_id_of(row))

    def responsible(self, ministry: Ministry | None, day: date) -> tuple[Membership, ...]:
        """Who held the heading post of a ministry on a day, by what was known at the moment."""
        return () if ministry is None else self._holders(ministry.pk, day)

    def _holders_on(self, ministry: int, day: date) -> tuple[Membership, ...]:
        return tuple(holders_on((head for head in self.heads if head.post.ministry_id == ministry), day))

    def _asked(self, rows: Sequence[TimelineEvent], *, with_responsible: bool) -> dict[str, Rows]:
        """What is to be read, by name."""
        asked = {
            table: READERS[table].filter(pk__in=ids).order_by() for table, ids in self.ids.items() if table in READERS
        }
        if Kind.STATUS in asked:
            asked[Kind.STATUS] = asked[Kind.STATUS].annotate(told_before=_status_before(self.moment))
        if Kind.EVENT in asked:
            asked |= _of_events(self.ids[Kind.EVENT], self.moment)
        named = self._named_commitments(rows)
        if named is not None:
            asked[COMMITMENTS] = _commitments().filter(pk__in=named)
            if with_responsible:
                asked[HEADS] = _heads(named, self.moment)
        return asked

    def _named_commitments(self, rows: Sequence[TimelineEvent]) -> Rows | None:
        """The numbers of the commitments that lines are about, their own or their sources'; None where no line is."""
        named: list[Rows] = []
        ids = {row.source_id for row in rows if row.kind in (Kind.COMMITMENT, Kind.DEADLINE, Kind.TERMS)}
        if ids:
            named.append(Commitment.objects.filter(pk__in=ids).order_by().values("pk"))
        for table, links in NAMING.items():
            if table in self.ids:
                sources = READERS[table].model._base_manager.filter(pk__in=self.ids[table]).order_by()
                named += [sources.values(link) for link in links]
        return reduce(lambda one, other: one.union(other), named) if named else None


def _table_of(row: TimelineEvent) -> str:
    """Which reader knows the source: the kind, or the part of the variant that names a table of its own."""
    name, _colon, number = row.variant.partition(":")
    if not number:
        return "commitment" if row.kind in (Kind.DEADLINE, Kind.TERMS) else row.kind
    return VARIANT_TABLES[row.kind, name]


def _id_of(row: TimelineEvent) -> int:
    _name, _colon, number = row.variant.partition(":")
    return int(number) if number else row.source_id


def _commitments() -> Rows:
    """Published commitments, with the subjects a line about them names."""
    return (
        Commitment.objects.published()
        .select_related("initiative", "lead_ministry", "made_by__official", "made_by__post")
        .defer("made_by__exclusive_tenure")
    )


def _heads(commitments: Rows, moment: Moment) -> Rows:
    """Whoever heads or headed the ministries that led these commitments, as the record said at the moment."""
    leading = Commitment.objects.filter(pk__in=commitments).order_by().values(led=as_known("lead_ministry", moment))
    return Membership.objects.heading(leading).known(moment.known_at)


def _of_events(ids: Iterable[int], moment: Moment) -> dict[str, Rows]:
    """What reported the events, and the initiatives around which they happened."""
    known_at = moment.known_at
    through_sources: Any = Event.sources.through
    through_initiatives: Any = Event.initiatives.through
    sources = through_sources.objects.filter(event__in=ids, article__recorded_at__lte=known_at)
    initiatives = through_initiatives.objects.filter(event__in=ids, initiative__recorded_at__lte=known_at)
    return {
        EVENT_SOURCES: sources.order_by("article")
        .select_related("article__publisher")
        .defer("article__search", "article__shingles"),
        EVENT_INITIATIVES: initiatives.order_by("initiative").select_related("initiative"),
    }


def _status_before(moment: Moment) -> Subquery:
    """The status that stood before an assessment, as known at the moment; nothing where it was the first."""
    known = Assessment.objects.known(moment.known_at)
    withdrawn = Ruling.objects.filter(
        assessment=OuterRef("pk"), kind=Ruling.Kind.WITHDRAWN, recorded_at__lte=moment.known_at
    )
    same_day = Q(effective_from=OuterRef("effective_from"))
    before = (
        Q(effective_from__lt=OuterRef("effective_from"))
        | (same_day & Q(recorded_at__lt=OuterRef("recorded_at")))
        | (same_day & Q(recorded_at=OuterRef("recorded_at"), pk__lt=OuterRef("pk")))
    )
    previous = (
        known.alias(period=Coalesce("occurrence", Value(0)))
        .filter(before, commitment=OuterRef("commitment"), period=Coalesce(OuterRef("occurrence"), Value(0)))
        .exclude(Exists(withdrawn))
        .exclude(Exists(known.filter(supersedes=OuterRef("pk"))))
        .order_by("-effective_from", "-recorded_at", "-pk")
    )
    return Subquery(previous.values("status")[:1])
