"""Stores many drafts in one transaction: those surely new in a few statements, the others one by one.

What becomes of each is what `store_draft` would have made of it, in order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from articles.decisions import Decision, remarks_of
from articles.details import apply_details
from articles.drafts import tidy
from articles.identity import addresses_of, host_of, identity_key
from articles.importing.documents import ArticleDraft
from articles.importing.refusals import ImportRefused
from articles.models import Article, Publisher
from articles.newcomers import Newcomers

from .publishers import publisher_of
from .storing import Source, Stored, insert_addresses, snapshot_fields, store_draft, stored_as
from .writing import newest, next_ids, write_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A draft, and the bytes it was read from."""

    draft: ArticleDraft
    source: Source


def store_drafts(
    *, incoming: Sequence[Incoming], at: datetime, publisher: Publisher | None = None
) -> list[Stored | ImportRefused]:
    """Store drafts inside the caller's transaction, without telling anyone.

    Returns for each, in order, what became of it, or why it cannot be stored. `publisher` is used where neither site
    nor name of a draft tells.
    """
    results: dict[int, Stored | ImportRefused] = {}
    drafts: dict[int, ArticleDraft] = {}
    for place, each in enumerate(incoming):
        try:
            drafts[place] = tidy(each.draft)
        except ImportRefused as refusal:
            results[place] = refusal
    sources = {place: each.source for place, each in enumerate(incoming)}
    results |= _store_new(drafts, sources, at=at, publisher=publisher)
    for place, each in enumerate(incoming):
        if place not in results:
            results[place] = _store_one(each, at=at, publisher=publisher)
    return [results[place] for place in range(len(incoming))]


def _store_one(each: Incoming, *, at: datetime, publisher: Publisher | None) -> Stored | ImportRefused:
    try:
        with transaction.atomic():
            return store_draft(draft=each.draft, source=each.source, at=at, publisher=publisher)
    except ImportRefused as refusal:
        return refusal


def _store_new(
    drafts: dict[int, ArticleDraft], sources: Mapping[int, Source], *, at: datetime, publisher: Publisher | None
) -> dict[int, Stored]:
    """Store those that are surely new."""
    before = newest()
    newcomers = Newcomers(drafts)
    decisions = newcomers.decisions()
    if not decisions:
        return {}
    write_alone(at)
    # If another worker has stored anything since, decide again, now that nobody else writes.
    if newest() != before:
        decisions = newcomers.decisions()
        if not decisions:
            return {}
    publishers = _Publishers(publisher)
    new = [
        _New(drafts[place], decision, sources[place], publishers.of(drafts[place]))
        for place, decision in decisions.items()
    ]
    return dict(zip(decisions, _create_all(new, at=at), strict=True))


@dataclass(frozen=True, slots=True)
class _New:
    draft: ArticleDraft
    decision: Decision
    source: Source
    publisher: Publisher | None


class _Publishers:
    """Whose articles they are; a site and a name are looked up once."""

    def __init__(self, otherwise: Publisher | None) -> None:
        self._otherwise = otherwise
        self._known: dict[tuple[str, str], Publisher | None] = {}

    def of(self, draft: ArticleDraft) -> Publisher | None:
        key = (host_of(draft), draft.publisher)
        if key not in self._known:
            self._known[key] = publisher_of(draft) or self._otherwise
        return self._known[key]


def _create_all(new: list[_New], *, at: datetime) -> list[Stored]:
    ids = next_ids(len(new))
    articles = [_article(each, article_id, at=at) for each, (article_id, _) in zip(new, ids, strict=True)]
    # The texts go first, so that the articles are written, and their words put into the index, only once.
    snapshots = []
    for article, each, (_, snapshot_id) in zip(articles, new, ids, strict=True):
        snapshots.append({"id": snapshot_id} | _row(article, each, at=at))
        article.current_snapshot_id = snapshot_id
    _insert_snapshots(snapshots)
    Article.objects.bulk_create(articles)
    insert_addresses(
        [(article, addresses_of(each.draft)) for article, each in zip(articles, new, strict=True)],
        at=at,
    )
    return [
        stored_as(each.decision, article, **remarks_of(each.draft)) for article, each in zip(articles, new, strict=True)
    ]


def _article(each: _New, article_id: int, *, at: datetime) -> Article:
    article = Article(
        pk=article_id, imported_at=at, shingles=each.decision.prints, identity_key=identity_key(each.draft)
    )
    article.publisher = each.publisher
    apply_details(article, each.decision.change)
    return article


def _row(article: Article, each: _New, *, at: datetime) -> dict[str, Any]:
    """Return a snapshot as a row; bytes that the database has already stay there."""
    fields = snapshot_fields(article, each.draft, each.source, at=at)
    del fields["article"]
    if each.source.item_id:
        fields["raw"] = None
    return fields | {"article_id": article.pk, "item_id": each.source.item_id}


def _insert_snapshots(rows: list[dict[str, Any]]) -> None:
    values = {name: [row[name] for row in rows] for name in rows[0]}
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_SNAPSHOTS, values)


# The bytes of an import item are stored compressed; copied within the database, they stay so.
_INSERT_SNAPSHOTS = """
INSERT INTO articles_snapshot
    (id, article_id, taken_at, url, raw, sha256, content_type, charset, text, text_sha256, extractor, extractor_version)
SELECT new.id, new.article_id, new.taken_at, new.url, COALESCE(item.payload, new.raw), new.sha256,
    new.content_type, new.charset, new.text, new.text_sha256, new.extractor, new.extractor_version
FROM unnest(
    %(id)s::bigint[], %(article_id)s::bigint[], %(taken_at)s::timestamptz[], %(url)s::text[], %(raw)s::bytea[],
    %(sha256)s::text[], %(content_type)s::text[], %(charset)s::text[], %(text)s::text[], %(text_sha256)s::text[],
    %(extractor)s::text[], %(extractor_version)s::text[], %(item_id)s::bigint[]
) AS new (id, article_id, taken_at, url, raw, sha256, content_type, charset, text, text_sha256, extractor,
    extractor_version, item_id)
LEFT JOIN articles_importitem AS item ON item.id = new.item_id
"""
