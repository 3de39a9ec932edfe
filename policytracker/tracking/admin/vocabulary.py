"""Admin of rubrics and tags."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from policytracker.government.admin.records import HistoryAdmin
from policytracker.tracking.models import Rubric, RubricStatus, Tag


class RubricStatusInline(admin.StackedInline):
    """The statuses of a rubric."""

    model = RubricStatus
    extra = 0


@admin.register(Rubric)
class RubricAdmin(admin.ModelAdmin):
    """Versions of the vocabulary. One that published assessments use can only be read: make a new version."""

    list_display = ("version", "name", "in_force_from")
    search_fields = ("version", "name")
    inlines = (RubricStatusInline,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not for a rubric that published assessments use."""
        return not _is_in_use(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not for a rubric that published assessments use."""
        return not _is_in_use(obj) and super().has_delete_permission(request, obj)


def _is_in_use(rubric: Rubric | None) -> bool:
    return rubric is not None and rubric.assessments.filter(recorded_at__isnull=False).exists()


@admin.register(Tag)
class TagAdmin(HistoryAdmin):
    """Tags. Renaming and merging happen at the desk, where old addresses are kept."""

    list_display = ("label", "slug", "merged_into", "created_by")
    list_select_related = ("merged_into", "created_by")
    search_fields = ("label", "slug", "i18n")
    readonly_fields = ("slug", "label", "created_by", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tags are made at the desk."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A tag is merged, never deleted: its address is a promise."""
        return False
