"""Sections of the inbox: what the record itself asks for. Deadlines, silence, sources that are gone."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.pages import dates
from policytracker.tracking.models import Evidence, Statement, TimelineEvent
from policytracker.tracking.standing import with_standing
from policytracker.tracking.standing.decision import dormant_after
from policytracker.tracking.standing.status import with_state

from .inbox import COUNTED, Line, Section, Who, joined, section, waiting

LONGEST = 140
LOOKED_AT = 300  # silent commitments whose standing is computed; a list that long is worked off, not read


def deadlines(who: Who) -> Section:
    """Open commitments with a deadline in this month, extensions counted."""
    first = who.moment.as_of.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    span = (first, last)
    due = Q(due_on__range=span) | Q(occurrences__due_on__range=span) | Q(deadline_changes__due_on__range=span)
    month = timezone.make_aware(datetime.combine(first, time.min))
    rows = waiting(Commitment.objects.published().filter(due), who, "deadlines", Greatest(Value(month), _news()))
    rows = with_standing(rows.distinct(), who.moment).order_by("due_on", "pk")
    found = [(row, day) for row in rows[: COUNTED + 1] if (day := _due_in(row.standing, span))]
    return section(
        "deadlines",
        _("Deadlines this month"),
        sorted(found, key=lambda pair: pair[1]),
        lambda pair: Line(
            str(pair[0].pk),
            str(pair[0]),
            reverse("desk:commitment_detail", args=[pair[0].slug]),
            dates.in_words(pair[1], "day", "short"),
        ),
        all_url=reverse("public:deadlines"),
    )


def _due_in(standing: Any, span: tuple[date, date]) -> date | None:
    """The first open deadline of the span, of the whole or of one of its periods."""
    if standing.is_concluded or standing.is_superseded:
        return None
    days = [standing.due.last_day, *(each.due.last_day for each in standing.occurrences if not each.is_concluded)]
    return min((day for day in days if day and span[0] <= day <= span[1]), default=None)


def dormant(who: Who) -> Section:
    """Open commitments of which nothing was heard for longer than their kind may take."""
    since = who.moment.as_of - min(dormant_after(kind) for kind in Commitment.Kind.values)
    evidence = Evidence.objects.published().filter(commitment=OuterRef("pk"), dated_on__gte=since)
    statements = Statement.objects.published().filter(commitment=OuterRef("pk"), said_on__gte=since)
    silent = Commitment.objects.published().filter(~Exists(evidence), ~Exists(statements), made_on__lt=since)
    rows = with_state(waiting(silent, who, "dormant", _news()), who.moment)
    rows = with_standing(rows.filter(then_concluded=False, then_ended=False), who.moment).order_by("-made_on", "-pk")
    found = [row for row in rows[:LOOKED_AT] if row.standing.is_dormant]
    return section(
        "dormant",
        _("Dormant commitments: nothing heard for long"),
        sorted(found, key=lambda row: row.standing.last_heard_on)[: COUNTED + 1],
        lambda c: Line(
            str(c.pk),
            str(c),
            reverse("desk:commitment_detail", args=[c.slug]),
            _("last heard of %(day)s") % {"day": dates.in_words(c.standing.last_heard_on, "day", "short")},
        ),
    )


def rotted(who: Who) -> Section:
    """Evidence whose source is gone, or does not say so any more."""
    gone = Q(lost_at__isnull=False) | Q(snapshot__article__source_state=Article.SourceState.GONE)
    rows = waiting(
        Evidence.objects.published().filter(gone), who, "rotted", Coalesce("lost_at", F("snapshot__taken_at"))
    )
    rows = rows.select_related("commitment", "snapshot__article").defer("snapshot__raw", "snapshot__text")
    return section(
        "rotted",
        _("Sources that are gone or no longer say so"),
        rows.order_by("-pk")[: COUNTED + 1],
        lambda e: Line(
            str(e.pk),
            e.exact[:LONGEST],
            reverse("desk:commitment_detail", args=[e.commitment.slug]) + f"#e{e.pk}",
            joined(e.commitment),
        ),
    )


def _news() -> Any:
    """When something about a commitment last entered the record."""
    told = TimelineEvent.objects.filter(subject_kind=TimelineEvent.Subject.COMMITMENT, subject_id=OuterRef("pk"))
    return Coalesce(Subquery(told.order_by("-recorded_at").values("recorded_at")[:1]), F("recorded_at"))
