"""The passages in which a commitment was made or restated."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Membership, Ministry, Precision, Recorded, RecordedQuerySet

from .passages import Passage


class StatementQuerySet(RecordedQuerySet):
    """Statements by their page."""

    def for_desk_page(self) -> Self:
        """All, drafts included, with what the page of one names."""
        rows = self.select_related(
            "commitment", "ministry", "membership__official", "membership__post", "snapshot__article"
        )
        return rows.defer("snapshot__raw", "snapshot__text", "snapshot__article__shingles")


@pghistory.track()
class Statement(Passage, Recorded):
    """Who said it, when, in which words. Wording drift is read from a commitment's statements in order."""

    class Drift(models.TextChoices):
        NONE = "", _("no change")
        DEADLINE_MOVED = "deadline_moved", _("deadline moved")
        SCOPE_NARROWED = "scope_narrowed", _("scope narrowed")
        SCOPE_WIDENED = "scope_widened", _("scope widened")
        NUMBER_LOWERED = "number_lowered", _("number lowered")
        NUMBER_RAISED = "number_raised", _("number raised")
        HEDGE_ADDED = "hedge_added", _("hedge added")
        DROPPED = "dropped", _("dropped")
        REWORDED = "reworded", _("reworded")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="statements", verbose_name=_("commitment"))
    is_original = models.BooleanField(_("the first time"), default=False)
    said_on = models.DateField(_("said on"))
    said_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, default=Precision.DAY)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("said by")
    )
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("on behalf of")
    )
    drift = models.CharField(
        _("change of wording"), max_length=20, choices=Drift, blank=True, help_text=_("As confirmed by an analyst.")
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects: Any = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["said_on", "id"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "snapshot", "start", "end"], name="statement_is_told_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="statement_passage_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.exact[:120]
