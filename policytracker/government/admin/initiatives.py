"""Admin of initiatives."""

from django.contrib import admin

from policytracker.government.models import Initiative

from .organizations import AliasInline
from .records import RecordAdmin


@admin.register(Initiative)
class InitiativeAdmin(RecordAdmin):
    """Named policies."""

    list_display = ("name", "lead_ministry", "government", "started_on", "ended_on")
    list_filter = ("government", "topics")
    list_select_related = ("lead_ministry", "government")
    search_fields = ("name", "slug", "description", "aliases__name", "i18n")
    autocomplete_fields = ("lead_ministry", "government", "parent", "topics")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AliasInline,)
