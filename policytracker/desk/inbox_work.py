"""Sections of the inbox: what somebody is to read, decide, review, finish or answer."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.tracking.models import (
    Addressee,
    Annotation,
    Assessment,
    BlindRating,
    Candidate,
    Mention,
    Notification,
    ProblemReport,
    ReviewRemark,
    Submission,
)

from .access import may
from .inbox import COUNTED, Line, Section, Who, joined, section, waiting
from .kinds import KINDS, address_of

LONGEST = 140


def addressed(who: Who) -> Section:
    """Notes that name me or answer mine."""
    rows = Addressee.objects.unread().filter(user=who.user)
    rows = rows.select_related("annotation__author", "annotation__parent").order_by("-annotation_id")
    return section(
        "addressed",
        _("Notes to me"),
        rows[: COUNTED + 1],
        lambda a: Line(
            str(a.pk),
            a.annotation.body[:LONGEST],
            reverse("desk:annotation_detail", args=[(a.annotation.parent or a.annotation).uuid]),
            joined(a.annotation.author.get_username(), a.get_reason_display()),
        ),
        is_read=True,
    )


def reviews(who: Who) -> Section | None:
    """Assessments that somebody else submitted."""
    if not may(who.user, "review"):
        return None
    rows = Assessment.objects.visible_to(who.user).waiting_for_review().exclude(author=who.user)
    rows = waiting(rows, who, "reviews", Greatest("created_at", "submitted_at", "edited_at"))
    return section(
        "reviews",
        _("Assessments waiting for my review"),
        rows.select_related("commitment", "author")[: COUNTED + 1],
        lambda a: Line(
            str(a.pk),
            str(a.commitment),
            reverse("desk:review_detail", args=[a.pk]),
            joined(a.author.get_username(), a.effective_from),
        ),
        all_url=reverse("desk:review_list"),
    )


def ratings(who: Who) -> Section:
    """Second ratings that somebody asked of me."""
    rows: Any = BlindRating.objects.filter(rater=who.user, submitted_at__isnull=True)
    rows = waiting(rows, who, "ratings", F("invited_at")).select_related("assessment__commitment")
    return section(
        "ratings",
        _("Second ratings asked of me"),
        rows.order_by("invited_at")[: COUNTED + 1],
        lambda r: Line(str(r.pk), str(r.assessment.commitment), reverse("desk:rating_detail", args=[r.pk])),
    )


def drafts(who: Who) -> Section | None:
    """My assessments that I have not submitted, or that came back."""
    if not may(who.user, "draft"):
        return None
    stages = [Assessment.Stage.DRAFT, Assessment.Stage.RETURNED]
    rows = Assessment.objects.filter(stage__in=stages, author=who.user).select_related("commitment")
    remark = ReviewRemark.objects.filter(assessment=OuterRef("pk")).order_by("-made_at").values("made_at")[:1]
    rows = waiting(rows, who, "drafts", Greatest("created_at", "edited_at", Subquery(remark)))
    return section(
        "drafts",
        _("My drafts, and what came back"),
        rows.order_by("-stage", "-created_at")[: COUNTED + 1],
        lambda a: Line(str(a.pk), str(a.commitment), _assess_url(a), a.get_stage_display()),
    )


def mine(who: Who) -> Section | None:
    """What I made that visitors do not see yet: commitments, reference data, notes meant for everyone."""
    if not may(who.user, "draft"):
        return None
    found = [*_my_commitments(who), *_my_reference(who), *_my_notes(who)]
    return section(
        "mine",
        _("Mine, not public yet"),
        found[: COUNTED + 1],
        lambda row: Line(
            f"{row._meta.model_name}:{row.pk}", str(row)[:LONGEST] or "…", _page(row), str(row._meta.verbose_name)
        ),
    )


def _my_commitments(who: Who) -> list[Any]:
    rows = Commitment.objects.drafts().filter(created_by=who.user)
    return _latest(waiting(rows, who, "mine", _touched(Commitment), kind="commitment"))


def _my_reference(who: Who) -> list[Any]:
    """Rows that I made with a form of the desk."""
    found: list[Any] = []
    touched = set(Submission.objects.filter(by=who.user).values_list("made_kind", flat=True).distinct().order_by())
    for kind in KINDS.values():
        if kind.has_drafts and kind.model._meta.label_lower in touched:
            made = Submission.objects.filter(by=who.user, made_kind=kind.model._meta.label_lower).values("made_id")
            rows = kind.matching("").filter(recorded_at=None, pk__in=made)
            found += _latest(waiting(rows, who, "mine", _touched(kind.model), kind=kind.name))
    return found


def _my_notes(who: Who) -> list[Any]:
    rows = Annotation.objects.standing().filter(
        author=who.user, visibility=Annotation.Visibility.PUBLIC, recorded_at__isnull=True
    )
    rows = rows.exclude(motivation=Annotation.Motivation.TAGGING)
    return _latest(waiting(rows, who, "mine", Coalesce("edited_at", "created_at"), kind="annotation"))


def _latest(rows: Any) -> list[Any]:
    return list(rows.order_by("-changed_at", "-pk")[: COUNTED + 1])


def _touched(model: type[Model]) -> Subquery:
    """When a row was last written, as its audit trail tells."""
    trail = apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects
    return Subquery(trail.filter(pgh_obj=OuterRef("pk")).order_by("-pgh_id").values("pgh_created_at")[:1])


def _page(row: Any) -> str:
    return reverse("desk:annotation_detail", args=[row.uuid]) if isinstance(row, Annotation) else address_of(row)


def new_articles(who: Who) -> Section | None:
    """Articles in which names or promises wait for a decision."""
    if not may(who.user, "decide_proposal"):
        return None
    mentions = Mention.objects.proposed().filter(article=OuterRef("pk")).order_by("-proposed_at")
    candidates = Candidate.objects.waiting().filter(snapshot__article=OuterRef("pk")).order_by("-proposed_at")
    rows: Any = Article.objects.filter(Exists(mentions) | Exists(candidates)).select_related("publisher")
    proposed = (Subquery(each.values("proposed_at")[:1]) for each in (mentions, candidates))
    rows = waiting(rows, who, "articles", Greatest("imported_at", *proposed)).defer("shingles", "search")
    return section(
        "articles",
        _("New articles to read"),
        rows.order_by("-imported_at", "-pk")[: COUNTED + 1],
        lambda a: Line(
            str(a.pk),
            a.headline,
            reverse("desk:article_detail", args=[a.pk]),
            joined(a.publisher, a.published_on),
            a.language,
        ),
        all_url=reverse("desk:article_list") + "?waiting=any",
    )


def followed(who: Who) -> Section:
    """News of what I follow."""
    rows = Notification.objects.for_list_page(who.user).filter(read_at__isnull=True)
    return section(
        "followed",
        _("What I follow has changed"),
        rows[: COUNTED + 1],
        lambda n: Line(str(n.pk), n.title or str(n.follow), n.path or reverse("desk:follow_list"), str(n.follow)),
        all_url=reverse("desk:follow_list"),
        is_read=True,
    )


def reports(who: Who) -> Section | None:
    """Problems that readers reported and nobody answered."""
    if not may(who.user, "handle_reports"):
        return None
    rows = waiting(ProblemReport.objects.waiting(), who, "reports", F("reported_at"))
    return section(
        "reports",
        _("Problems that readers report"),
        rows.order_by("reported_at")[: COUNTED + 1],
        lambda r: Line(str(r.pk), r.body[:LONGEST], reverse("desk:report_list") + f"#r{r.pk}", r.path),
        all_url=reverse("desk:report_list"),
    )


def releases(who: Who) -> Section | None:
    """Notes meant for everyone that nobody has released."""
    if not may(who.user, "publish"):
        return None
    rows: Any = (
        Annotation.objects.standing()
        .filter(visibility=Annotation.Visibility.PUBLIC, recorded_at__isnull=True)
        .exclude(motivation=Annotation.Motivation.TAGGING)
    )
    rows = waiting(rows, who, "releases", Coalesce("edited_at", "created_at"))
    return section(
        "releases",
        _("Notes to release to everyone"),
        rows.select_related("author").order_by("created_at")[: COUNTED + 1],
        lambda n: Line(
            str(n.pk),
            n.body[:LONGEST] or n.exact[:LONGEST],
            reverse("desk:annotation_detail", args=[n.uuid]),
            n.author.get_username(),
        ),
        all_url=reverse("desk:annotation_list") + "?whose=all&state=waiting",
    )


def _assess_url(assessment: Assessment) -> str:
    address = reverse("desk:commitment_assess", args=[assessment.commitment.slug])
    return f"{address}?occurrence={assessment.occurrence_id}" if assessment.occurrence_id else address
