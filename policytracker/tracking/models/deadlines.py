"""What changed about a commitment's terms after it was made; rows are added, none is changed (triggers)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Occurrence, Precision, Recorded

from .evidence import Evidence


class Change(Recorded):
    """A dated change with its source: `happened_on` is when it was true, `recorded_at` when we knew."""

    happened_on = models.DateField(_("on"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    source_url = models.URLField(_("source"), max_length=2000, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class DeadlineChange(Change):
    """The government extended a deadline (with a source), or we override how it is read (with a reason)."""

    class Kind(models.TextChoices):
        EXTENDED = "extended", _("extended")
        OVERRIDDEN = "overridden", _("read anew")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="deadline_changes")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, blank=True, related_name="deadline_changes")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    due_words = models.CharField(_("the words it rests on"), max_length=300, blank=True)

    class Meta:
        ordering = ["happened_on", "id"]
        verbose_name = _("change of deadline")
        verbose_name_plural = _("changes of deadline")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) ^ ~Q(due_precision=""), name="changed_deadline_says_how_exact_it_is"
            ),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(evidence__isnull=False) | ~Q(source_url=""),
                name="extension_has_a_source",
            ),
            models.CheckConstraint(condition=~Q(kind="overridden") | ~Q(reason=""), name="override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.due_on}"


class ConditionChange(Change):
    """A condition was met (with evidence), or can no longer be met."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TRIGGERED = "triggered", _("met")
        LAPSED = "lapsed", _("lapsed")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="condition_changes")
    state = models.CharField(_("state"), max_length=10, choices=State)

    class Meta:
        ordering = ["happened_on", "id"]
        verbose_name = _("change of condition")
        verbose_name_plural = _("changes of condition")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="triggered") | Q(evidence__isnull=False), name="met_condition_has_evidence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.state}"


class Discontinuation(Change):
    """A recurring commitment came to an end; earlier occurrences keep their standing."""

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="discontinuation")

    class Meta:
        verbose_name = _("discontinuation")
        verbose_name_plural = _("discontinuations")

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.happened_on}"


class Supersession(Change):
    """One commitment took the place of another; both keep their verdicts."""

    old = models.ForeignKey(Commitment, models.PROTECT, related_name="supersessions")
    new = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name=_("by")
    )

    class Meta:
        ordering = ["happened_on", "id"]
        verbose_name = _("supersession")
        verbose_name_plural = _("supersessions")
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], nulls_distinct=False, name="supersession_is_told_once"),
            models.CheckConstraint(
                condition=Q(new__isnull=True) | ~Q(old=F("new")), name="commitment_does_not_supersede_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
