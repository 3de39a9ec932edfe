"""What was promised: commitments, their periods, steps and criteria."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from .governments import Government
from .initiatives import Initiative
from .ministries import Ministry
from .officials import Membership
from .precision import Precision
from .records import Recorded, RecordedQuerySet
from .topics import Topic


class CommitmentQuerySet(RecordedQuerySet):
    """Commitments, with what pages show of them."""

    def for_list_page(self) -> Self:
        """With the subjects a line of a list names."""
        return self.select_related("lead_ministry", "initiative", "government").defer("note")

    def for_detail_page(self) -> Self:
        """With everything the head of the page names."""
        return self.select_related("lead_ministry", "initiative", "government", "made_by__official", "made_by__post")

    def likely_for(self, *, initiatives: list[int], ministries: list[int]) -> Self:
        """All, drafts included; first those of these initiatives, then those of these ministries, then the newest."""
        rank = Case(When(initiative__in=initiatives, then=0), When(lead_ministry__in=ministries, then=1), default=2)
        return self.order_by(rank, "-made_on", "-pk")

    def for_desk_list(self) -> Self:
        """All, drafts included, with what a line of the list names."""
        return self.select_related("initiative", "lead_ministry", "government")

    def for_desk_page(self) -> Self:
        """All, drafts included, with what the page of one names."""
        rows = self.select_related(
            "initiative", "lead_ministry", "government", "made_by__official", "made_by__post", "created_by"
        )
        return rows.prefetch_related("criteria", "topics", "supporting_ministries", "occurrences", "milestones")


@pghistory.track()
class Commitment(Recorded):
    """One thing that was promised.

    `due_on` is the last day of the period that `due_precision` names, as first promised; later extensions and
    overrides are rows of their own in `tracking`, so that what was known on a day can be told.
    """

    class Kind(models.TextChoices):
        ACTION = "action", _("action")
        OUTCOME = "outcome", _("outcome")

    class Specificity(models.TextChoices):
        SPECIFIC = "specific", _("specific")
        VAGUE = "vague", _("vague")

    class Verifiability(models.TextChoices):
        UNDECIDED = "undecided", _("not decided yet")
        VERIFIABLE = "verifiable", _("verifiable")
        NOT_VERIFIABLE = "not_verifiable", _("not verifiable")

    class Recurrence(models.TextChoices):
        NONE = "", _("once")
        YEARLY = "yearly", _("every year")
        HALF_YEARLY = "half-yearly", _("every half-year")
        QUARTERLY = "quarterly", _("every quarter")
        MONTHLY = "monthly", _("every month")
        OTHER = "other", _("at another interval")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    statement = models.TextField(_("statement"), help_text=_("What was promised, in one plain sentence."))
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("initiative")
    )
    government = models.ForeignKey(
        Government, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("government")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ACTION)
    specificity = models.CharField(_("specificity"), max_length=10, choices=Specificity, default=Specificity.SPECIFIC)
    verifiability = models.CharField(
        _("verifiability"), max_length=20, choices=Verifiability, default=Verifiability.UNDECIDED
    )
    verifiability_note = models.CharField(_("why"), max_length=300, blank=True)
    lead_ministry = models.ForeignKey(
        Ministry, models.PROTECT, related_name="commitments", verbose_name=_("lead ministry")
    )
    supporting_ministries = models.ManyToManyField(
        Ministry, blank=True, related_name="supported_commitments", verbose_name=_("supporting ministries")
    )
    made_by = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("made by"),
        help_text=_("Empty when the ministry spoke as a body."),
    )
    made_on = models.DateField(_("made on"))
    made_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, default=Precision.DAY)
    due_on = models.DateField(_("due on"), null=True, blank=True, help_text=_("The last day of the period."))
    due_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    due_words = models.CharField(_("the words it rests on"), max_length=300, blank=True)
    condition = models.TextField(_("condition"), blank=True, help_text=_("What has to happen first."))
    is_conditional = models.BooleanField(
        _("waits for its condition"),
        default=False,
        help_text=_("Kept out of rates until the condition is met. An obstacle is not a condition."),
    )
    recurrence = models.CharField(_("recurrence"), max_length=20, choices=Recurrence, blank=True)
    reversed_on = models.DateField(_("undone on"), null=True, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="commitments", verbose_name=_("topics"))
    note = models.TextField(_("note"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    i18n = TranslationField(fields=("statement", "condition", "note"))
    objects: Any = CommitmentQuerySet.as_manager()
    statement_i18n: str
    condition_i18n: str
    note_i18n: str

    class Meta:
        ordering = ["-made_on", "-id"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        indexes = [
            models.Index(fields=["lead_ministry", "-made_on"]),
            models.Index(fields=["initiative", "-made_on"]),
            models.Index(fields=["due_on"]),
            models.Index(F("made_on").desc(), F("id").desc(), name="commitment_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) ^ ~Q(due_precision=""),
                name="commitment_due_date_says_how_exact_it_is",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("made_on")),
                name="commitment_is_due_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(is_conditional=False) | ~Q(condition=""), name="commitment_that_waits_names_its_condition"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="commitment_has_a_statement"),
        ]

    def __str__(self) -> str:
        return self.statement_i18n


class ClosedDateRange(models.Func):
    """The days from one to another, both included."""

    function = "DATERANGE"
    template = "%(function)s(%(expressions)s, '[]')"


@pghistory.track()
class Occurrence(Recorded):
    """One period of a recurring commitment: "the 2024 report"."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="occurrences", verbose_name=_("commitment"))
    label = models.CharField(_("label"), max_length=200)
    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    due_words = models.CharField(_("the words it rests on"), max_length=300, blank=True)

    i18n = TranslationField(fields=("label",))
    label_i18n: str

    class Meta:
        ordering = ["period_start"]
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "period_start"], name="occurrence_period_is_told_once"),
            models.UniqueConstraint(fields=["id", "commitment"], name="occurrence_with_its_commitment"),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="occurrence_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) ^ ~Q(due_precision=""),
                name="occurrence_due_date_says_how_exact_it_is",
            ),
            ExclusionConstraint(
                name="periods_of_a_series_share_no_day",
                expressions=[
                    ("commitment", RangeOperators.EQUAL),
                    # A period turned around is refused by its own check, not by an error of the range.
                    (ClosedDateRange("period_start", Greatest("period_start", "period_end")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another period of this commitment covers some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.label_i18n

    def clean(self) -> None:
        """What is to be kept once has no periods."""
        if self.commitment_id and not self.commitment.recurrence:
            raise ValidationError({"commitment": _("This commitment is to be kept once; it has no periods.")})


@pghistory.track()
class Milestone(Recorded):
    """A dated step on the way."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="milestones", verbose_name=_("commitment"))
    label = models.CharField(_("label"), max_length=200)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    reached_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    source_urls = models.JSONField(_("sources"), default=list, blank=True)

    i18n = TranslationField(fields=("label",))
    label_i18n: str

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) ^ ~Q(due_precision=""),
                name="milestone_due_date_says_how_exact_it_is",
            )
        ]

    def __str__(self) -> str:
        return self.label_i18n


@pghistory.track()
class Criterion(Recorded):
    """What was set beforehand: what would count as fulfilled."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="criteria", verbose_name=_("commitment"))
    text = models.CharField(_("criterion"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    i18n = TranslationField(fields=("text",))
    text_i18n: str

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return self.text_i18n
