"""Admin of governments, ministries, their names and successions, and topics."""

from django.contrib import admin

from policytracker.government.models import Alias, Government, Identifier, Ministry, MinistryName, Succession, Topic

from .records import HistoryAdmin, RecordAdmin


class AliasInline(admin.TabularInline):
    """Other names of a subject."""

    model = Alias
    fields = ("name", "language")
    extra = 0


class MinistryNameInline(admin.TabularInline):
    """Names a ministry bore for a time."""

    model = MinistryName
    extra = 0


class IdentifierInline(admin.TabularInline):
    """What other registers call it."""

    model = Identifier
    fields = ("scheme", "value")
    extra = 0


@admin.register(Government)
class GovernmentAdmin(RecordAdmin):
    """Terms of office."""

    list_display = ("name", "country", "started_on", "ended_on")
    search_fields = ("name", "slug")
    list_filter = ("country",)
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("predecessor",)


@admin.register(Ministry)
class MinistryAdmin(RecordAdmin):
    """Ministries and other bodies."""

    list_display = ("name", "classification", "parent", "country", "dissolved_on")
    list_filter = ("classification", "country")
    list_select_related = ("parent",)
    search_fields = ("name", "slug", "aliases__name", "i18n")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AliasInline, MinistryNameInline, IdentifierInline)


@admin.register(Succession)
class SuccessionAdmin(RecordAdmin):
    """Which body took over from which."""

    list_display = ("predecessor", "kind", "successor", "happened_on")
    list_filter = ("kind",)
    list_select_related = ("predecessor", "successor")
    search_fields = ("predecessor__name", "successor__name")
    autocomplete_fields = ("predecessor", "successor")


@admin.register(Topic)
class TopicAdmin(HistoryAdmin):
    """Subjects of policy."""

    list_display = ("label", "scheme", "code", "parent")
    list_filter = ("scheme",)
    list_select_related = ("parent",)
    search_fields = ("label", "code", "slug")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("label",)}
    inlines = (AliasInline,)


@admin.register(Alias)
class AliasAdmin(HistoryAdmin):
    """All names the gazetteer looks for."""

    list_display = ("name", "language", "ministry", "official", "post", "initiative", "topic")
    list_filter = ("language",)
    list_select_related = ("ministry", "official", "post", "initiative", "topic")
    search_fields = ("name",)
    autocomplete_fields = ("ministry", "official", "post", "initiative", "topic")
