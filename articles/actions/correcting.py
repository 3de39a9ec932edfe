"""Corrects an article's details by hand, and puts it into the public record or takes it out."""

from datetime import datetime
from typing import Any

from django.db import transaction

from articles.details import IMPORTED
from articles.models import Article


def correct_article(*, article: Article, changes: dict[str, Any], by: Any, at: datetime) -> Article:
    """Set fields by hand; those that imports also set are marked, so that a re-import leaves them alone."""
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        changed = [name for name, value in changes.items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, changes[name])
        marked = [name for name in changed if name in IMPORTED]
        locked.edited_fields = sorted({*locked.edited_fields, *marked})
        locked.save(update_fields=[*changed, "edited_fields"])
    return locked


def publish_article(*, article: Article, by: Any, at: datetime) -> None:
    """Show an article's metadata and marked passages to visitors; one that is shown already stays as it is."""
    Article.objects.filter(pk=article.pk, recorded_at=None).update(recorded_at=at)
