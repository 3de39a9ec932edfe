"""Administration of what was reported. Snapshots and imports can be read here, never changed."""

from typing import Any

from django.contrib import admin
from django.db.models import Field, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.actions.correcting import correct_article, publish_article
from articles.models import Article, ArticleAddress, Feed, Host, ImportBatch, ImportItem, Publisher, Snapshot

# Of an address that is typed without its scheme.
ADDRESSES: "dict[type[Field[Any, Any]], dict[str, Any]]" = {URLField: {"assume_scheme": "https"}}


class ReadOnly:
    """What nobody changes by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SnapshotInline(ReadOnly, admin.TabularInline):
    """The page as it was, each time it was read; newest first."""

    model = Snapshot
    fields = readonly_fields = (
        "taken_at",
        "url",
        "content_type",
        "charset",
        "extractor",
        "extractor_version",
        "sha256",
    )
    show_change_link = True
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).defer("raw", "text")


class AddressInline(ReadOnly, admin.TabularInline):
    """Every address the article answers at."""

    model = ArticleAddress
    fields = readonly_fields = ("url", "added_at")
    extra = 0


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Details can be corrected; a re-import then leaves the corrected fields alone."""

    formfield_overrides = ADDRESSES
    list_display = ("headline", "publisher", "published_on", "language", "source_state", "is_public")
    list_filter = ("source_state", "language", "is_summary", ("recorded_at", admin.EmptyFieldListFilter), "publisher")
    list_select_related = ("publisher",)
    search_fields = ("headline", "byline", "url")
    date_hierarchy = "published_on"
    autocomplete_fields = ("publisher",)
    readonly_fields = ("story", "edited_fields", "source_state", "source_checked_at", "imported_at", "recorded_at")
    inlines = (SnapshotInline, AddressInline)
    actions = ("show_to_visitors",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in by importing, so that each has its source."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(boolean=True, description=_("public"))
    def is_public(self, article: Article) -> bool:
        return article.is_published

    @admin.action(description=_("Show to visitors"), permissions=("change",))
    def show_to_visitors(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            publish_article(article=article, by=request.user, at=timezone.now())

    def save_model(self, request: HttpRequest, obj: Article, form: ModelForm, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        saved = correct_article(article=obj, changes=changes, by=request.user, at=timezone.now())
        obj.edited_fields = saved.edited_fields


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly, admin.ModelAdmin):
    """Stored copies, as text: their bytes are never shown as a page."""

    list_display = ("article", "taken_at", "extractor", "extractor_version", "charset")
    list_select_related = ("article",)
    list_filter = ("extractor",)
    search_fields = ("article__headline", "url", "sha256")
    fields = (
        "article",
        "taken_at",
        "url",
        "content_type",
        "charset",
        "extractor",
        "extractor_version",
        "sha256",
        "text",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).defer("raw")


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):
    """Outlets, agencies and ministries, with the hosts by which their articles are known."""

    formfield_overrides = ADDRESSES
    list_display = ("name", "slug", "country", "is_official", "domains")
    list_filter = ("is_official", "country")
    search_fields = ("name", "slug", "homepage")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):
    """Feeds and how they do."""

    formfield_overrides = ADDRESSES
    list_display = ("__str__", "publisher", "is_active", "interval_minutes", "succeeded_at", "failures", "last_error")
    list_filter = ("is_active", "kind")
    search_fields = ("title", "url")
    autocomplete_fields = ("publisher",)
    readonly_fields = ("polled_at", "succeeded_at", "failures", "last_error")


@admin.register(Host)
class HostAdmin(ReadOnly, admin.ModelAdmin):
    """What sites ask of us."""

    list_display = ("name", "robots_fetched_at", "next_request_at", "paused_reason")
    search_fields = ("name",)


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly, admin.ModelAdmin):
    """Imports; they are asked for, stopped and retried at the desk."""

    list_display = ("__str__", "requested_by", "feed", "requested_at", "state", "finished_at")
    list_select_related = ("requested_by", "feed")
    list_filter = ("state",)
    search_fields = ("label",)
    date_hierarchy = "requested_at"


@admin.register(ImportItem)
class ImportItemAdmin(ReadOnly, admin.ModelAdmin):
    """What became of each thing that was imported."""

    list_display = ("__str__", "batch", "outcome", "reason", "article")
    list_select_related = ("batch", "article")
    list_filter = ("outcome", "reason_code")
    search_fields = ("source", "article__headline")
    show_full_result_count = False
    fields = (
        "batch",
        "parent",
        "source",
        "host",
        "outcome",
        "reason",
        "article",
        "attempts",
        "not_before",
        "finished_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportItem]:
        return super().get_queryset(request).defer("payload")
