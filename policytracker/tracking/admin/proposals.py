"""Admin of what machines propose and what people noted; read-only: decisions are made at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from policytracker.tracking.models import Annotation, Candidate, Mention

from .reading import ReadOnlyHistoryAdmin


@admin.register(Mention)
class MentionAdmin(ReadOnlyHistoryAdmin):
    """Which subjects articles name."""

    list_display = ("surface", "subject", "article", "state", "is_ambiguous", "decided_by")
    list_filter = ("state", "is_ambiguous")
    list_select_related = ("article", "ministry", "official", "post", "initiative", "topic", "decided_by")
    search_fields = ("surface", "article__headline")


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyHistoryAdmin):
    """Sentences that may be commitments."""

    list_display = ("exact", "score", "state", "reason", "commitment", "decided_by")
    list_filter = ("state", "reason", "kind", "specificity")
    list_select_related = ("commitment", "decided_by")
    search_fields = ("exact", "actor_text")


@admin.register(Annotation)
class AnnotationAdmin(ReadOnlyHistoryAdmin):
    """Notes that others may read; private ones stay their author's, from admins too."""

    list_display = ("__str__", "author", "motivation", "visibility", "created_at", "resolved_at", "detached_at")
    list_filter = ("visibility", "motivation")
    list_select_related = ("author",)
    search_fields = ("body", "exact", "author__username")

    def get_queryset(self, request: HttpRequest) -> Any:
        """All annotations this user may read."""
        return Annotation.objects.visible_to(request.user)
