"""Taking a commitment, with what belongs to it, into the public record."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article
from policytracker.government.actions import publish
from policytracker.government.models import Commitment, Criterion, Milestone, Occurrence
from policytracker.tracking.models import Statement

from .tagging import release_tags


def publish_commitment(*, commitment: Commitment, by: User, at: datetime) -> bool:
    """Publish a commitment: its statements and the articles they quote, its criteria, periods, steps and tags with it.

    False where it was public already; what was added to it since is published all the same.

    Raises `DependsOnDraft` where its page would name a draft.
    """
    with transaction.atomic():
        is_new = publish(subject=commitment, by=by, at=at)
        statements = list(
            Statement.objects.filter(commitment=commitment)
            .drafts()
            .select_related("snapshot")
            .defer("snapshot__raw", "snapshot__text")
        )
        publish_articles(article_ids=[statement.snapshot.article_id for statement in statements], at=at)
        for statement in statements:
            publish(subject=statement, by=by, at=at)
        for part in (Criterion, Milestone, Occurrence):
            part.objects.drafts().filter(commitment=commitment).update(recorded_at=at)
        release_tags(subject=commitment, at=at)
    return is_new


def publish_articles(*, article_ids: list[int], at: datetime) -> None:
    """Let visitors see the metadata of these articles, now that a published passage quotes them."""
    Article.objects.filter(pk__in=article_ids, recorded_at__isnull=True).update(recorded_at=at)
