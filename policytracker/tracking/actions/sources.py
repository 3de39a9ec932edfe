"""Watches what the record cites: looks again at the sources, and flags quotes that no longer occur there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from articles.actions.checking import Checked, check_source
from articles.models import Article
from articles.models.snapshots import OWN_SUMMARY
from articles.queue import enqueue
from articles.tools import Tools
from policytracker.tracking.anchors import find_again
from policytracker.tracking.citations import cited_articles
from policytracker.tracking.models import Evidence

from .reattaching import reattach_annotations

EVERY = timedelta(days=7)
FOLLOW = "tracking.follow_texts"


@dataclass(frozen=True)
class Followed:
    """How many quotes of an article's earlier texts stand in its current one, and how many are lost."""

    found: int
    lost: int


def check_cited_sources(
    *,
    tools: Tools,
    limit: int | None = None,
    every: timedelta = EVERY,
    on_checked: Callable[[Checked], None] = lambda checked: None,
) -> int:
    """Look again at the sources of cited articles that are due, each in its own transaction; return how many."""
    due = cited_articles().due_for_source_check(tools.clock(), every=every)
    count = 0
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        article = Article.objects.select_related("current_snapshot", "publisher").get(pk=pk)
        checked = _check_when_free(article, tools)
        if checked:
            on_checked(checked)
            count += 1
    return count


def _check_when_free(article: Article, tools: Tools) -> Checked | None:
    """Check a source; wait a few times for its host, then leave it for the next round."""
    for _ in range(5):
        checked = check_source(article=article, tools=tools)
        if checked:
            return checked
        tools.pause(1)
    return None


def queue_following(article_ids: list[int]) -> None:
    """Enqueue, in the caller's transaction, what a new text means for the quotes of earlier ones."""
    cited = list(cited_articles().filter(pk__in=article_ids).values_list("pk", flat=True))
    annotated = Article.objects.filter(pk__in=article_ids, snapshots__annotations__isnull=False).distinct()
    wanted = sorted({*cited, *annotated.values_list("pk", flat=True)})
    if wanted:
        enqueue(FOLLOW, article_ids=wanted)


def follow_text(*, article: Article, at: datetime) -> Followed:
    """Give annotations their place in the article's current text, and flag evidence whose words are not in it.

    Evidence itself stays where it is: it quotes the snapshot it was found in, which never changes. Words of our own
    summaries are not expected at the source.
    """
    snapshot = article.current_snapshot
    if snapshot is None:
        return Followed(0, 0)
    found = lost = 0
    with transaction.atomic():
        reattach_annotations(article=article, at=at)
        quotes = Evidence.objects.filter(snapshot__article=article).exclude(snapshot__extractor=OWN_SUMMARY)
        for piece in quotes.select_for_update(of=("self",)):
            occurs = find_again(snapshot.text, exact=piece.exact, prefix=piece.prefix, suffix=piece.suffix) is not None
            found, lost = found + occurs, lost + (not occurs)
            lost_at = None if occurs else piece.lost_at or at
            if lost_at != piece.lost_at:
                piece.lost_at = lost_at
                piece.save(update_fields=["lost_at"])
    return Followed(found, lost)
