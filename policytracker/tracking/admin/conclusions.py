"""Admin of assessments and what they rest on; read-only, since each conclusion goes through its action at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from policytracker.government.admin.records import PublishedFilter, RecordAdmin
from policytracker.tracking.models import (
    Assessment,
    AssessmentEvidence,
    BlindRating,
    ClosingRound,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Event,
    Evidence,
    ReviewRemark,
    Ruling,
    Statement,
    Supersession,
)

from .reading import ReadOnlyAdmin, ReadOnlyHistoryAdmin, ReadOnlyInline


class EvidenceLinkInline(ReadOnlyInline):
    """The evidence an assessment rests on."""

    model = AssessmentEvidence


class RulingInline(ReadOnlyInline):
    """What became of a published assessment."""

    model = Ruling


class RemarkInline(ReadOnlyInline):
    """What reviewers said."""

    model = ReviewRemark


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyHistoryAdmin):
    """Conclusions."""

    list_display = ("commitment", "status", "effective_from", "stage", "author", "reviewer", "recorded_at")
    list_filter = (PublishedFilter, "status", "stage", "rubric", "is_single_handed")
    list_select_related = ("commitment", "author", "reviewer")
    search_fields = ("commitment__slug", "commitment__statement", "rationale")
    date_hierarchy = "effective_from"
    inlines = (EvidenceLinkInline, RulingInline, RemarkInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        """All but what this person was asked to rate without having read it."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyHistoryAdmin):
    """Passages for or against."""

    list_display = ("exact", "commitment", "stance", "kind", "dated_on", "recorded_at", "lost_at")
    list_filter = (PublishedFilter, "stance", "kind")
    list_select_related = ("commitment",)
    search_fields = ("exact", "commitment__slug", "note")


@admin.register(Statement)
class StatementAdmin(ReadOnlyHistoryAdmin):
    """Passages in which commitments were made or restated."""

    list_display = ("exact", "commitment", "said_on", "is_original", "drift", "recorded_at")
    list_filter = (PublishedFilter, "is_original", "drift")
    list_select_related = ("commitment",)
    search_fields = ("exact", "commitment__slug")


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """What was changed in the published record."""

    list_display = ("recorded_at", "target_kind", "target_id", "field", "kind", "note", "made_by")
    list_filter = ("kind", "target_kind")
    list_select_related = ("made_by",)
    search_fields = ("note", "field")


@admin.register(DeadlineChange, ConditionChange, Discontinuation, Supersession)
class ChangeAdmin(ReadOnlyAdmin):
    """What changed about a commitment's terms."""

    list_display = ("__str__", "happened_on", "reason", "recorded_at")
    list_filter = (PublishedFilter,)
    search_fields = ("reason",)


@admin.register(BlindRating)
class BlindRatingAdmin(ReadOnlyAdmin):
    """Second ratings; the status is shown once it is submitted."""

    list_display = ("assessment", "rater", "invited_at", "submitted_at")
    list_select_related = ("assessment", "rater")
    search_fields = ("assessment__commitment__slug", "rater__username")

    def get_queryset(self, request: HttpRequest) -> Any:
        """All but those this person still has to answer: they name the first rating."""
        by: Any = request.user
        return super().get_queryset(request).exclude(rater=by, submitted_at=None)


@admin.register(ClosingRound)
class ClosingRoundAdmin(ReadOnlyHistoryAdmin):
    """Ends of governments."""

    list_display = ("government", "opened_at", "closed_at")
    search_fields = ("government__name",)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """What happened around initiatives."""

    list_display = ("text", "happened_on")
    search_fields = ("text", "i18n")
    autocomplete_fields = ("initiatives", "ministries")
    raw_id_fields = ("sources",)
    date_hierarchy = "happened_on"
