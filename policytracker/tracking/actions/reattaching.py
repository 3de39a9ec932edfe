"""Giving annotations their place in a text that changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles.models import Article, Snapshot
from policytracker.tracking.anchors import find_again
from policytracker.tracking.models import Annotation


@dataclass(frozen=True)
class Reattached:
    """How many annotations found their place, and how many did not."""

    found: int
    detached: int


def reattach_annotations(*, article: Article, at: datetime) -> Reattached:
    """Move the annotations of an article's earlier snapshots to its current one, by quote and surroundings.

    One whose words cannot be found stays on the snapshot it was made on and is listed as detached.
    """
    snapshot = article.current_snapshot
    if snapshot is None:
        return Reattached(0, 0)
    found = detached = 0
    with transaction.atomic():
        earlier = Annotation.objects.select_for_update().filter(snapshot__article=article).exclude(snapshot=snapshot)
        for annotation in earlier:
            if _reattach(annotation, snapshot):
                found += 1
            else:
                annotation.detached_at = annotation.detached_at or at
                annotation.save(update_fields=["detached_at"])
                detached += 1
    return Reattached(found, detached)


def _reattach(annotation: Annotation, snapshot: Snapshot) -> bool:
    quote = find_again(
        snapshot.text,
        exact=annotation.exact,
        prefix=annotation.prefix,
        suffix=annotation.suffix,
        near=annotation.start or 0,
    )
    if quote is None:
        return False
    annotation.snapshot = snapshot
    annotation.start, annotation.end, annotation.exact = quote.start, quote.end, quote.exact
    annotation.prefix, annotation.suffix = quote.prefix, quote.suffix
    annotation.detached_at = None
    annotation.save(update_fields=["snapshot", "start", "end", "exact", "prefix", "suffix", "detached_at"])
    return True
