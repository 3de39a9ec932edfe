"""Stores one article: created, updated, unchanged or duplicate; never twice.

Whoever writes holds one lock until the transaction ends, so that eight workers with one address make one article and
two papers with one text make one story. Reading, by far the most work, happens before and side by side.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.decisions import Decision, decide, decide_known, decide_new, remarks_of
from articles.details import apply_details
from articles.drafts import tidy
from articles.identity import Likeness, addresses_of, find_likeness, find_match, identity_key, sha
from articles.importing.documents import ArticleDraft
from articles.models import Article, ArticleAddress, ImportItem, Publisher, Snapshot, Story
from articles.signals import texts_stored

from .publishers import publisher_of
from .writing import newest, next_ids, write_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes an article was read from, and where they came from."""

    raw: bytes
    url: str = ""
    content_type: str = ""
    taken_at: datetime | None = None  # when the bytes were got, if not now
    item_id: int | None = None  # the import item that holds these very bytes, if one does


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of a draft: its outcome, the article it is now, and what to tell."""

    outcome: ImportItem.Outcome
    article: Article
    notice: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    has_new_text: bool = False


def store_article(
    *,
    draft: ArticleDraft,
    raw: bytes,
    at: datetime,
    url: str = "",
    content_type: str = "",
    publisher: Publisher | None = None,
) -> Stored:
    """Store a draft with the bytes it was read from, and return what became of it.

    `publisher` is used where neither site nor name of the draft tells. Raises DocumentRefused if a value cannot be
    stored. Fields in `Article.edited_fields` keep their value.
    """
    source = Source(raw=raw, url=url, content_type=content_type)
    with transaction.atomic():
        stored = store_draft(draft=draft, source=source, at=at, publisher=publisher)
        announce([stored], at=at)
    return stored


def announce(stored: list[Stored], *, at: datetime) -> None:
    """Tell listeners which articles have a new text; once for a whole slice of an import."""
    fresh = [each for each in stored if each.has_new_text]
    if fresh:
        changed = [each.article.pk for each in fresh if each.outcome == ImportItem.Outcome.UPDATED]
        texts_stored.send(sender=Article, article_ids=[each.article.pk for each in fresh], changed_ids=changed, at=at)


def store_draft(*, draft: ArticleDraft, source: Source, at: datetime, publisher: Publisher | None = None) -> Stored:
    """Store a draft inside the caller's transaction, without telling anyone."""
    draft = tidy(draft)
    before = newest()
    decision = decide(draft)
    if decision.writes:
        write_alone(at)
        # If another worker has stored anything since, decide again, now that nobody else writes.
        if decision.article is not None or newest() != before:
            decision = _decide_finally(draft)
    if decision.article is None:
        return _create(draft, decision, source, at=at, publisher=publisher)
    if decision.writes:
        return _update(decision.article, draft, decision, source, at=at, publisher=publisher)
    _add_addresses(decision.article, draft, at=at)
    return stored_as(decision, decision.article)


def _decide_finally(draft: ArticleDraft) -> Decision:
    match = find_match(draft)
    if match is None:
        return decide_new(draft)
    # An editor may be correcting it: wait for them, and read what they wrote.
    locked = Article.objects.select_for_update(of=("self",)).select_related("current_snapshot", "publisher")
    return decide_known(draft, match.with_article(locked.get(pk=match.article.pk)))


def _create(
    draft: ArticleDraft, decision: Decision, source: Source, *, at: datetime, publisher: Publisher | None
) -> Stored:
    [(article_id, snapshot_id)] = next_ids(1)
    article = Article(pk=article_id, imported_at=at, shingles=decision.prints, identity_key=_free_identity(draft))
    article.publisher = publisher_of(draft) or publisher
    apply_details(article, decision.change)
    article.story = _story_with(decision.likeness)
    # The text goes first, so that the article is written, and its words put into the index, only once.
    article.current_snapshot = Snapshot(pk=snapshot_id, **snapshot_fields(article, draft, source, at=at))
    article.current_snapshot.save(force_insert=True)
    article.save(force_insert=True)
    insert_addresses([(article, addresses_of(draft))], at=at)
    return stored_as(decision, article, **remarks_of(draft))


def _update(
    article: Article,
    draft: ArticleDraft,
    decision: Decision,
    source: Source,
    *,
    at: datetime,
    publisher: Publisher | None,
) -> Stored:
    before = article.current_snapshot
    if decision.has_new_text:
        _replace_text(article, draft, decision, source, at=at)
    if decision.names_publisher:
        article.publisher = publisher_of(draft) or publisher
    apply_details(article, decision.change)
    article.save()
    _add_addresses(article, draft, at=at)
    if not (decision.has_new_text and before and article.current_snapshot):
        return stored_as(decision, article)
    return stored_as(decision, article, before=before.pk, after=article.current_snapshot.pk, **remarks_of(draft))


def _replace_text(article: Article, draft: ArticleDraft, decision: Decision, source: Source, *, at: datetime) -> None:
    article.current_snapshot = _snapshot(article, draft, source, at=at)
    article.shingles = decision.prints
    # A publisher's text is never shown whole, so it must not inherit the mark of our own summary.
    article.is_summary = False
    if article.story is None:
        article.story = _story_with(find_likeness(decision.prints, apart_from=article.pk))


def stored_as(decision: Decision, article: Article, **more: Any) -> Stored:
    """Return what became of a draft that was stored as this article."""
    return Stored(
        outcome=decision.outcome,
        article=article,
        notice=decision.notice,
        detail=decision.detail | more,
        has_new_text=decision.has_new_text,
    )


def _free_identity(draft: ArticleDraft) -> str | None:
    """Return the draft's key, None if an article with other words already has it."""
    key = identity_key(draft)
    return None if key and Article.objects.filter(identity_key=key).exists() else key


def _snapshot(article: Article, draft: ArticleDraft, source: Source, *, at: datetime) -> Snapshot:
    """Return the snapshot of these bytes and this text, stored once; a page may return to an earlier state."""
    fields = snapshot_fields(article, draft, source, at=at)
    by = {name: fields.pop(name) for name in ("article", "sha256", "text_sha256")}
    snapshot, _ = Snapshot.objects.get_or_create(**by, defaults=fields)
    return snapshot


def snapshot_fields(article: Article, draft: ArticleDraft, source: Source, *, at: datetime) -> dict[str, Any]:
    """Return what a snapshot of these bytes and this text says."""
    return {
        "article": article,
        "sha256": sha(source.raw),
        "text_sha256": sha(draft.text.encode()),
        "taken_at": source.taken_at or at,
        "url": source.url,
        "raw": source.raw,
        "content_type": source.content_type[:200],
        "charset": draft.charset,
        "text": draft.text,
        "extractor": draft.extractor[:60],
        "extractor_version": draft.extractor_version[:60],
    }


def _add_addresses(article: Article, draft: ArticleDraft, *, at: datetime) -> None:
    """Make the article known under the draft's addresses; one that leads to another article stays where it is."""
    record_addresses(article=article, addresses=addresses_of(draft), at=at)


def record_addresses(*, article: Article, addresses: dict[str, str], at: datetime) -> None:
    """Record the addresses (key to address, see `identity`) of an article, those unknown so far."""
    known = set(ArticleAddress.objects.filter(key__in=addresses).values_list("key", flat=True)) if addresses else set()
    insert_addresses([(article, {key: url for key, url in addresses.items() if key not in known})], at=at)


def insert_addresses(addresses: Iterable[tuple[Article, dict[str, str]]], *, at: datetime) -> None:
    """Make articles known under new addresses, each key to address."""
    rows = [
        ArticleAddress(key=key, url=url, article=article, added_at=at)
        for article, named in addresses
        for key, url in named.items()
    ]
    if rows:
        ArticleAddress.objects.bulk_create(rows, ignore_conflicts=True)


def _story_with(likeness: Likeness | None) -> Story | None:
    """Return the story the other article tells, begun with it if it stood alone."""
    if likeness is None:
        return None
    other = likeness.article
    if other.story:
        return other.story
    story = Story.objects.create()
    Article.objects.filter(pk=other.pk).update(story=story)
    return story
