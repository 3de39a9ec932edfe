"""What we conclude, from a date, on evidence."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from policytracker.government.models import Commitment, Occurrence, Recorded, RecordedQuerySet

from .closing import ClosingRound
from .evidence import Evidence
from .rubrics import Rubric


class AssessmentQuerySet(RecordedQuerySet):
    """Assessments by who may read them and where they are on their way."""

    def visible_to(self, user: Any) -> Self:
        """Those a user may read: a visitor the public ones, staff all but what they were asked to rate blindly.

        Whether somebody is staff is for the door to ask.
        """
        if not user.is_authenticated:
            return self.published()
        ratings = self.model._meta.get_field("blind_ratings").related_model._base_manager
        awaited = ratings.filter(assessment=OuterRef("pk"), rater=user, submitted_at__isnull=True)
        return self.filter(~Exists(awaited))

    def waiting_for_review(self) -> Self:
        """Those their authors handed over, the longest waiting first."""
        return self.filter(stage=Assessment.Stage.SUBMITTED).order_by("submitted_at", "id")


@pghistory.track()
class Assessment(Recorded):
    """A status with its rationale. Editable while a draft; append-only once recorded (triggers).

    `effective_from` is when it was true, `recorded_at` when we knew. The standing at a pair of moments is the
    assessment with the latest `effective_from` among those true and known by then, neither withdrawn nor superseded.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for review")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        DISCARDED = "discarded", _("discarded")

    class ReasonCode(models.TextChoices):
        NONE = "", _("none")
        DEADLINE_MISSED = "deadline_missed", _("deadline missed")
        REVERSED = "reversed", _("reversed")
        GIVEN_UP = "given_up", _("given up")
        BLOCKED = "blocked", _("blocked by others")
        NO_COUNTERPART = "no_counterpart", _("the other side does not answer")
        NO_FUNDS = "no_funds", _("no funds")
        NO_LAW = "no_law", _("needs a law that has not passed")
        LESS_THAN_SAID = "less_than_said", _("less than said")
        LATER_THAN_SAID = "later_than_said", _("later than said")
        OTHER_THAN_SAID = "other_than_said", _("other than said")
        NO_INFORMATION = "no_information", _("nothing found")
        GOVERNMENT_CHANGED = "government_changed", _("the government changed")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="assessments", verbose_name=_("commitment"))
    occurrence = models.ForeignKey(
        Occurrence, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("occurrence")
    )
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="assessments", verbose_name=_("rubric"))
    status = models.CharField(_("status"), max_length=30)
    effective_from = models.DateField(_("true from"))
    rationale = models.TextField(_("rationale"), blank=True)
    reason_code = models.CharField(_("reason"), max_length=30, choices=ReasonCode, blank=True)
    where_looked = models.TextField(
        _("where we looked"), blank=True, help_text=_("For “not started”: the places searched without result.")
    )
    evidence = models.ManyToManyField(
        Evidence, through="AssessmentEvidence", related_name="assessments", verbose_name=_("evidence")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessments", verbose_name=_("assessed by")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed_assessments",
        verbose_name=_("reviewed by"),
    )
    is_single_handed = models.BooleanField(_("published without a second pair of eyes"), default=False, editable=False)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, db_index=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    closing_round = models.ForeignKey(
        ClosingRound,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("closing round"),
    )
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(
        default=1, help_text=_("Counts edits, so that two editors notice each other.")
    )
    submission_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    i18n = TranslationField(fields=("rationale",))
    rationale_i18n: str

    objects: Any = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_from", "-recorded_at", "-id"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [
            # Read alone where the whole record is counted: it holds all that a verdict in force is picked by, and says.
            models.Index(
                fields=["commitment", "occurrence", "-effective_from", "-recorded_at", "-id"],
                include=["status", "rubric"],
                condition=Q(recorded_at__isnull=False),
                name="assessment_in_force",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="published") ^ Q(recorded_at__isnull=True), name="published_assessment_is_recorded"
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(reviewer__isnull=False),
                name="published_assessment_has_a_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")) | Q(is_single_handed=True),
                name="four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | Q(status="not_rated") | ~Q(rationale=""),
                name="published_assessment_has_a_rationale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status} ({self.effective_from})"


class AssessmentEvidence(models.Model):
    """This assessment rests on this evidence."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="links")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "evidence"], name="evidence_is_cited_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} ← {self.evidence_id}"


class ReviewRemark(models.Model):
    """What a reviewer said of a draft, and did with it."""

    class Verdict(models.TextChoices):
        COMMENT = "comment", _("comment")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="remarks")
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.COMMENT)
    body = models.TextField(_("remark"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.body[:80]


class Ruling(models.Model):
    """What became of a published assessment: withdrawn, disputed, upheld. A row is added, none is changed."""

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISPUTED = "disputed", _("disputed")
        UPHELD = "upheld", _("upheld")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)

    objects: Any = models.Manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="ruling_has_a_reason"),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(kind="withdrawn"), name="assessment_is_withdrawn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.kind}"
