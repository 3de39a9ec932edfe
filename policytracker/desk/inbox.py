"""What waits for somebody at the desk: a section for each kind of work, at most a screenful of rows in each.

A section is done with by doing its work; where there is nothing to do to a row, by putting the section aside until
something newer comes (`Preference.inbox_done_until`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.pages import dates
from policytracker.tracking.models import (
    Addressee,
    Annotation,
    Assessment,
    BlindRating,
    Candidate,
    Evidence,
    Mention,
    Notification,
    ProblemReport,
)
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing

from .access import may

SHOWN = 8
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits."""

    label: str
    url: str
    meta: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of work: what waits, how much of it, where the rest is, and how to be done with it."""

    key: str
    title: str
    lines: list[Line]
    count: int
    all_url: str = ""
    done_label: str = ""
    done_url: str = ""

    @property
    def count_text(self) -> str:
        """The count, exact up to a hundred."""
        return f"{COUNTED}+" if self.count > COUNTED else str(self.count)


@dataclass(frozen=True)
class Who:
    """Whose inbox it is, at which moment, and what they put aside."""

    user: Any
    moment: Moment
    now: datetime
    aside: dict[str, datetime] = field(default_factory=dict)

    def since(self, key: str) -> datetime | None:
        """When the section was put aside."""
        return self.aside.get(key)


def aside_of(stored: dict[str, str]) -> dict[str, datetime]:
    """The moments at which sections were put aside, as stored."""
    return {key: at for key, text in stored.items() if (at := parse_datetime(text)) is not None}


def inbox(who: Who) -> list[Section]:
    """The sections that concern this user, those with something in them first."""
    sections = [section for build in SECTIONS if (section := build(who)) is not None]
    return sorted(sections, key=lambda section: not section.count)


def _section(key: str, title: str, rows: Iterable[Any], line: Callable[[Any], Line], **ways: str) -> Section:
    found = list(rows)
    return Section(key, title, [line(row) for row in found[:SHOWN]], len(found), **ways)


def _since(rows: Any, field_name: str, at: datetime | None) -> Any:
    return rows.filter(**{f"{field_name}__gt": at}) if at else rows


def _articles(who: Who) -> Section | None:
    if not may(who.user, "decide_proposal"):
        return None
    mentions = Mention.objects.proposed().filter(article=OuterRef("pk"))
    candidates = Candidate.objects.waiting().filter(snapshot__article=OuterRef("pk"))
    rows = Article.objects.filter(Exists(mentions) | Exists(candidates)).select_related("publisher")
    rows = (
        _since(rows, "imported_at", who.since("articles")).defer("shingles", "search").order_by("-imported_at", "-pk")
    )
    return _section(
        "articles",
        _("New articles to read"),
        rows[: COUNTED + 1],
        lambda a: Line(
            a.headline, reverse("desk:article_detail", args=[a.pk]), _joined(a.publisher, a.published_on), a.language
        ),
        all_url=reverse("desk:article_list") + "?waiting=any",
        done_label=_("Put these aside"),
    )


def _reviews(who: Who) -> Section | None:
    if not may(who.user, "review"):
        return None
    rows = Assessment.objects.visible_to(who.user).waiting_for_review().exclude(author=who.user)
    return _section(
        "reviews",
        _("Assessments waiting for my review"),
        rows.select_related("commitment", "author")[: COUNTED + 1],
        lambda a: Line(
            str(a.commitment),
            reverse("desk:review_detail", args=[a.pk]),
            _joined(a.author.get_username(), a.effective_from),
        ),
        all_url=reverse("desk:review_list"),
    )


def _drafts(who: Who) -> Section | None:
    if not may(who.user, "draft"):
        return None
    stages = [Assessment.Stage.DRAFT, Assessment.Stage.RETURNED]
    rows = Assessment.objects.filter(stage__in=stages, author=who.user).select_related("commitment")
    return _section(
        "drafts",
        _("My drafts, and what came back"),
        rows.order_by("-stage", "-created_at")[: COUNTED + 1],
        lambda a: Line(str(a.commitment), _assess_url(a), a.get_stage_display()),
    )


def _ratings(who: Who) -> Section | None:
    rows = BlindRating.objects.filter(rater=who.user, submitted_at__isnull=True)
    return _section(
        "ratings",
        _("Second ratings asked of me"),
        rows.select_related("assessment__commitment").order_by("invited_at")[: COUNTED + 1],
        lambda r: Line(str(r.assessment.commitment), reverse("desk:rating_detail", args=[r.pk])),
    )


def _addressed(who: Who) -> Section:
    rows = Addressee.objects.unread().filter(user=who.user)
    rows = rows.select_related("annotation__author", "annotation__parent").order_by("-annotation_id")
    return _section(
        "addressed",
        _("Notes to me"),
        rows[: COUNTED + 1],
        lambda a: Line(
            a.annotation.body[:140],
            reverse("desk:annotation_detail", args=[(a.annotation.parent or a.annotation).uuid]),
            _joined(a.annotation.author.get_username(), a.get_reason_display()),
        ),
        done_label=_("Mark as read"),
    )


def _followed(who: Who) -> Section:
    rows = Notification.objects.for_list_page(who.user).filter(read_at__isnull=True)
    return _section(
        "followed",
        _("What I follow has changed"),
        rows[: COUNTED + 1],
        lambda n: Line(n.title or str(n.follow), reverse("desk:follow_list"), str(n.follow)),
        all_url=reverse("desk:follow_list"),
        done_label=_("Mark as read"),
        done_url=reverse("desk:notifications_read"),
    )


def _deadlines(who: Who) -> Section:
    first = who.moment.as_of.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    due = Q(due_on__range=(first, last)) | Q(occurrences__due_on__range=(first, last))
    rows = with_standing(Commitment.objects.published().filter(due).distinct(), who.moment).order_by("due_on", "pk")
    open_ones = [commitment for commitment in rows[: COUNTED + 1] if not commitment.standing.is_concluded]
    open_ones = [] if _is_aside(who, "deadlines", first) else open_ones
    return _section(
        "deadlines",
        _("Deadlines this month"),
        open_ones,
        lambda c: Line(str(c), reverse("desk:commitment_detail", args=[c.slug]), _due(c)),
        done_label=_("Put aside until next month"),
    )


def _rotted(who: Who) -> Section:
    gone = Q(lost_at__isnull=False) | Q(snapshot__article__source_state=Article.SourceState.GONE)
    rows = Evidence.objects.published().filter(gone)
    at = who.since("rotted")
    if at:
        rows = rows.filter(Q(lost_at__gt=at) | Q(snapshot__article__source_checked_at__gt=at))
    rows = rows.select_related("commitment", "snapshot__article").defer("snapshot__raw", "snapshot__text")
    return _section(
        "rotted",
        _("Sources that are gone or no longer say so"),
        rows.order_by("-pk")[: COUNTED + 1],
        lambda e: Line(
            e.exact[:140], reverse("desk:commitment_detail", args=[e.commitment.slug]) + f"#e{e.pk}", str(e.commitment)
        ),
        done_label=_("Put these aside"),
    )


def _reports(who: Who) -> Section | None:
    if not may(who.user, "handle_reports"):
        return None
    rows = ProblemReport.objects.filter(handled_at__isnull=True).order_by("reported_at")
    return _section(
        "reports",
        _("Problems that readers report"),
        rows[: COUNTED + 1],
        lambda r: Line(r.body[:140], reverse("desk:report_list") + f"#r{r.pk}", r.path),
        all_url=reverse("desk:report_list"),
    )


def _releases(who: Who) -> Section | None:
    if not may(who.user, "publish"):
        return None
    waiting = (
        Annotation.objects.standing()
        .filter(visibility=Annotation.Visibility.PUBLIC, recorded_at__isnull=True)
        .exclude(motivation=Annotation.Motivation.TAGGING)
    )
    return _section(
        "releases",
        _("Notes to release to everyone"),
        waiting.select_related("author").order_by("created_at")[: COUNTED + 1],
        lambda n: Line(
            n.body[:140] or n.exact[:140],
            reverse("desk:annotation_detail", args=[n.uuid]),
            n.author.get_username(),
        ),
        all_url=reverse("desk:annotation_list") + "?whose=all&state=waiting",
    )


SECTIONS: tuple[Callable[[Who], Section | None], ...] = (
    _addressed,
    _reviews,
    _ratings,
    _drafts,
    _articles,
    _followed,
    _deadlines,
    _rotted,
    _reports,
    _releases,
)
ASIDE = ("articles", "deadlines", "dormant", "rotted")


def _is_aside(who: Who, key: str, from_day: date) -> bool:
    at = who.since(key)
    return at is not None and at.date() >= from_day


def _due(commitment: Any) -> str:
    return dates.in_words(commitment.due_on, commitment.due_precision) if commitment.due_on else ""


def _joined(*parts: Any) -> str:
    words = [dates.in_words(part, "day", "short") if isinstance(part, date) else str(part) for part in parts if part]
    return " · ".join(words)


def _assess_url(assessment: Assessment) -> str:
    address = reverse("desk:commitment_assess", args=[assessment.commitment.slug])
    return f"{address}?occurrence={assessment.occurrence_id}" if assessment.occurrence_id else address
