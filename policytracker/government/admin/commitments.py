"""Admin of commitments and what belongs to them."""

from django.contrib import admin

from policytracker.government.models import Commitment, Criterion, Milestone, Occurrence

from .records import RecordAdmin


class CriterionInline(admin.TabularInline):
    """What would count as fulfilled."""

    model = Criterion
    fields = ("text", "position")
    extra = 0


class MilestoneInline(admin.TabularInline):
    """Dated steps."""

    model = Milestone
    fields = ("label", "due_on", "due_precision", "reached_on")
    extra = 0


class OccurrenceInline(admin.TabularInline):
    """Periods of a recurring commitment."""

    model = Occurrence
    fields = ("label", "period_start", "period_end", "due_on", "due_precision")
    extra = 0


@admin.register(Commitment)
class CommitmentAdmin(RecordAdmin):
    """What was promised."""

    list_display = ("statement", "lead_ministry", "initiative", "made_on", "due_on", "verifiability")
    list_filter = ("verifiability", "kind", "specificity", "recurrence", "topics")
    list_select_related = ("lead_ministry", "initiative")
    search_fields = ("slug", "statement", "initiative__name", "lead_ministry__name", "i18n")
    autocomplete_fields = ("initiative", "government", "lead_ministry", "supporting_ministries", "made_by", "topics")
    date_hierarchy = "made_on"
    inlines = (CriterionInline, MilestoneInline, OccurrenceInline)


@admin.register(Occurrence)
class OccurrenceAdmin(RecordAdmin):
    """Periods of recurring commitments."""

    list_display = ("label", "commitment", "period_start", "due_on")
    list_select_related = ("commitment",)
    search_fields = ("label", "commitment__statement", "commitment__slug")
    autocomplete_fields = ("commitment",)


@admin.register(Milestone)
class MilestoneAdmin(RecordAdmin):
    """Dated steps of commitments."""

    list_display = ("label", "commitment", "due_on", "reached_on")
    list_select_related = ("commitment",)
    search_fields = ("label", "commitment__statement", "commitment__slug")
    autocomplete_fields = ("commitment",)
