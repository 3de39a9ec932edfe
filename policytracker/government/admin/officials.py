"""Admin of officials, posts and memberships."""

from django.contrib import admin

from policytracker.government.models import Membership, Official, Post

from .organizations import AliasInline, IdentifierInline
from .records import RecordAdmin, TriedForm


class MembershipInline(admin.TabularInline):
    """Posts an official held, or holders of a post."""

    model = Membership
    form = TriedForm
    fields = (
        "official",
        "post",
        "started_on",
        "started_precision",
        "ended_on",
        "ended_precision",
        "is_acting",
        "source_urls",
    )
    autocomplete_fields = ("official", "post")
    show_change_link = True
    extra = 0

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        """Rows here are added and read; one that is public changes at the desk, with a note."""
        return False


@admin.register(Official)
class OfficialAdmin(RecordAdmin):
    """People."""

    list_display = ("name", "party", "country")
    list_filter = ("country",)
    list_select_related = ("party",)
    search_fields = ("name", "slug", "aliases__name", "i18n")
    autocomplete_fields = ("party",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MembershipInline, AliasInline, IdentifierInline)


@admin.register(Post)
class PostAdmin(RecordAdmin):
    """Positions."""

    list_display = ("label", "ministry", "is_single_holder", "is_head")
    list_filter = ("is_head", "is_single_holder")
    list_select_related = ("ministry",)
    search_fields = ("label", "slug", "ministry__name", "i18n")
    autocomplete_fields = ("ministry",)
    prepopulated_fields = {"slug": ("label",)}
    inlines = (MembershipInline, AliasInline)


@admin.register(Membership)
class MembershipAdmin(RecordAdmin):
    """Who held which post, from when to when."""

    list_display = ("official", "post", "started_on", "ended_on", "is_acting")
    list_filter = ("is_acting",)
    list_select_related = ("official", "post")
    search_fields = ("official__name", "post__label")
    autocomplete_fields = ("official", "post")
    date_hierarchy = "started_on"
