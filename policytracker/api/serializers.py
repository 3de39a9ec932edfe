"""Models as JSON, and what programs send."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from articles.models import ImportBatch, Publisher
from articles.reports import COUNTED


class ImportRequestSerializer(serializers.Serializer):
    """Addresses to fetch, articles as they are, or both."""

    sources = serializers.ListField(
        child=serializers.CharField(max_length=4096),
        max_length=10_000,
        required=False,
        help_text=_("Addresses of articles, feeds or sitemaps."),
    )
    articles = serializers.ListField(
        child=serializers.DictField(),
        max_length=1_000,
        required=False,
        help_text=_("Articles with headline and text, and what is known of url, published, authors, publisher …"),
    )
    publisher: Any = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=Publisher.objects.all(),
        required=False,
        help_text=_("Slug of the publisher of what does not say its own."),
    )
    published_on = serializers.DateField(required=False, help_text=_("Day of texts that do not say theirs."))
    label = serializers.CharField(max_length=300, required=False)  # type: ignore[assignment]  # the name is ours

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a request for nothing."""
        if not attrs.get("sources") and not attrs.get("articles") and not self.context["request"].FILES:
            raise serializers.ValidationError(_("Nothing to import: give sources, articles or files."))
        return attrs


class ImportItemSerializer(serializers.Serializer):
    """What became of one item."""

    source = serializers.CharField()  # type: ignore[assignment]  # the name is ours
    outcome = serializers.CharField()
    reason_code = serializers.CharField()
    reason = serializers.CharField()
    article = serializers.IntegerField(source="article_id", allow_null=True)


class ImportSerializer(serializers.ModelSerializer):
    """How far an import is."""

    url = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()

    class Meta:
        model = ImportBatch
        fields = ("id", "url", "label", "state", "requested_at", "finished_at", "counts")

    def get_url(self, batch: ImportBatch) -> str:
        return reverse("api:import_detail", args=[batch.pk])

    def get_counts(self, batch: ImportBatch) -> dict[str, int]:
        counts = batch.outcome_counts()
        waiting = counts.get("queued", 0) + counts.get("running", 0)
        return {name: counts.get(name, 0) for name in (*COUNTED, "cancelled")} | {"waiting": waiting}
