"""Stores one article: created, updated, unchanged or duplicate; never twice.

Whoever writes holds one lock until the transaction ends, so that eight workers with one address make one article and
two papers with one text make one story. Reading, by far the most work, happens before and side by side.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from articles.identity import (
    Likeness,
    Match,
    addresses_of,
    find_likeness,
    find_match,
    fingerprint,
    identity_key,
    sha,
)
from articles.importing.differences import is_trivial
from articles.importing.documents import ArticleDraft
from articles.models import Article, ArticleAddress, ImportItem, Publisher, Snapshot, Story
from articles.notices import Notice
from articles.signals import texts_stored

from .details import Change, apply_details, details_of
from .drafts import tidy
from .publishers import publisher_of

Outcome = ImportItem.Outcome
WRITING = 5_417_001  # key of the advisory lock; any number that nothing else uses


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes an article was read from, and where they came from."""

    raw: bytes
    url: str = ""
    content_type: str = ""
    taken_at: datetime | None = None  # when the bytes were got, if not now


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of a draft: its outcome, the article it is now, and what to tell."""

    outcome: ImportItem.Outcome
    article: Article
    notice: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def has_new_text(self) -> bool:
        return bool(self.detail.get("has_new_text"))


def store_article(
    *, draft: ArticleDraft, raw: bytes, at: datetime, url: str = "", content_type: str = "", publisher: Any = None
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
    fresh = [each.article.pk for each in stored if each.has_new_text]
    if fresh:
        texts_stored.send(sender=Article, article_ids=fresh, at=at)


def store_draft(*, draft: ArticleDraft, source: Source, at: datetime, publisher: Publisher | None = None) -> Stored:
    """Store a draft inside the caller's transaction, without telling anyone."""
    draft = tidy(draft)
    match = find_match(draft)
    if match and _is_old_news(draft, match):
        return _nothing_new(match, draft, at=at)
    _write_alone()
    # Another worker may have stored it meanwhile.
    match = find_match(draft)
    if match is None:
        return _create(draft, source, at=at, publisher=publisher)
    if _is_elsewhere(draft, match):
        return _nothing_new(match, draft, at=at)
    return _update(draft, match, source, at=at, publisher=publisher)


def _write_alone() -> None:
    """Wait until nobody else writes articles; the lock falls with the transaction, also when the worker is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])


def _is_old_news(draft: ArticleDraft, match: Match) -> bool:
    article = match.article
    if _is_elsewhere(draft, match):
        return True
    if not article.publisher_id and draft.publisher:
        return False
    return not _has_new_text(draft, article) and not details_of(draft, article, publisher=None).is_news


def _is_elsewhere(draft: ArticleDraft, match: Match) -> bool:
    """Is it the same article found at another place? Then the place it was first found at tells its details."""
    return match.how == "copy" and bool(match.article.url)


def _has_new_text(draft: ArticleDraft, article: Article) -> bool:
    known = article.current_snapshot
    return known is None or (known.text != draft.text and not is_trivial(known.text, draft.text))


def _nothing_new(match: Match, draft: ArticleDraft, *, at: datetime) -> Stored:
    _add_addresses(match.article, draft, at=at)
    if _is_elsewhere(draft, match):
        return _same_article(match.article)
    return _unchanged(match.article, details_of(draft, match.article, publisher=None))


def _unchanged(article: Article, change: Change) -> Stored:
    if not change.kept:
        return Stored(outcome=Outcome.UNCHANGED, article=article)
    return Stored(
        outcome=Outcome.UNCHANGED, article=article, notice=Notice.CORRECTION_KEPT, detail=_kept_detail(change)
    )


def _kept_detail(change: Change) -> dict[str, Any]:
    return {"kept": change.kept, "fields": [each["field"] for each in change.kept]}


def _same_article(article: Article) -> Stored:
    return Stored(outcome=Outcome.DUPLICATE, article=article, notice=Notice.SAME_ARTICLE, detail=_naming(article))


def _update(draft: ArticleDraft, match: Match, source: Source, *, at: datetime, publisher: Publisher | None) -> Stored:
    # The row is locked and read again: an editor may have corrected it since it was found.
    article = (
        Article.objects.select_for_update(of=("self",)).select_related("current_snapshot").get(pk=match.article.pk)
    )
    change = details_of(draft, article, publisher=None if article.publisher_id else _publisher(draft, publisher))
    has_new_text = _has_new_text(draft, article)
    detail: dict[str, Any] = {"kept": change.kept} if change.kept else {}
    if has_new_text:
        detail |= _replace_text(article, draft, source, at=at)
    apply_details(article, change)
    article.save()
    _add_addresses(article, draft, at=at)
    if not has_new_text and not change.is_news:
        return _unchanged(article, change)
    detail["fields"] = list(change.values)
    notice = Notice.TEXT_CHANGED if "before" in detail else Notice.DETAILS_CHANGED
    return Stored(outcome=Outcome.UPDATED, article=article, notice=notice, detail=detail)


def _replace_text(article: Article, draft: ArticleDraft, source: Source, *, at: datetime) -> dict[str, Any]:
    old = article.current_snapshot
    article.current_snapshot = _snapshot(article, draft, source, at=at)
    article.shingles = fingerprint(draft.text)
    # A publisher's text is never shown whole, so it must not inherit the mark of our own summary.
    article.is_summary = False
    if article.story_id is None:
        likeness = find_likeness(article.shingles, apart_from=article.pk)
        article.story = _story_with(likeness) if likeness else None
    if old is None:
        return {"has_new_text": True}
    before_and_after = {"before": old.pk, "after": article.current_snapshot.pk}
    return {"has_new_text": True} | before_and_after | _words_between(old.text, draft.text)


def _words_between(old: str, new: str) -> dict[str, int]:
    """Count words added and removed, wherever they stand: the page shows where, see `differences.compare`."""
    before, after = Counter(old.split()), Counter(new.split())
    return {"added": (after - before).total(), "removed": (before - after).total()}


def _create(draft: ArticleDraft, source: Source, *, at: datetime, publisher: Publisher | None) -> Stored:
    prints = fingerprint(draft.text)
    likeness = find_likeness(prints)
    if likeness and not addresses_of(draft) and _is_same_publication(draft, likeness.article):
        return _same_article(likeness.article)
    article = Article(imported_at=at, shingles=prints, identity_key=_free_identity(draft))
    change = details_of(draft, article, publisher=_publisher(draft, publisher))
    apply_details(article, change)
    article.story = _story_with(likeness) if likeness else None
    article.save()
    _add_addresses(article, draft, at=at)
    article.current_snapshot = _snapshot(article, draft, source, at=at)
    article.save(update_fields=["current_snapshot"])
    detail: dict[str, Any] = {"has_new_text": True}
    if likeness is None:
        return Stored(outcome=Outcome.CREATED, article=article, detail=detail)
    detail |= {"percent": likeness.percent, "like": likeness.article.pk} | _naming(likeness.article)
    return Stored(outcome=Outcome.DUPLICATE, article=article, notice=Notice.ONE_STORY, detail=detail)


def _is_same_publication(draft: ArticleDraft, article: Article) -> bool:
    return article.published_on == draft.published_on and article.headline.casefold() == draft.headline.casefold()


def _free_identity(draft: ArticleDraft) -> str | None:
    """Return the draft's key, None if an article with other words already has it."""
    key = identity_key(draft)
    return None if key and Article.objects.filter(identity_key=key).exists() else key


def _naming(article: Article) -> dict[str, str]:
    day = article.published_on.isoformat() if article.published_on else ""
    return {"headline": article.headline, "date": day}


def _publisher(draft: ArticleDraft, given: Publisher | None) -> Publisher | None:
    return publisher_of(draft) or given


def _snapshot(article: Article, draft: ArticleDraft, source: Source, *, at: datetime) -> Snapshot:
    """Return the snapshot of these bytes and this text, stored once; a page may return to an earlier state."""
    snapshot, _ = Snapshot.objects.get_or_create(
        article=article,
        sha256=sha(source.raw),
        text_sha256=sha(draft.text.encode()),
        defaults={
            "taken_at": source.taken_at or at,
            "url": source.url,
            "raw": source.raw,
            "content_type": source.content_type[:200],
            "charset": draft.charset,
            "text": draft.text,
            "extractor": draft.extractor[:60],
            "extractor_version": draft.extractor_version[:60],
        },
    )
    return snapshot


def _add_addresses(article: Article, draft: ArticleDraft, *, at: datetime) -> None:
    """Make the article known under the draft's addresses; one that leads to another article stays where it is."""
    wanted = addresses_of(draft)
    if not wanted:
        return
    known = set(ArticleAddress.objects.filter(key__in=wanted).values_list("key", flat=True))
    ArticleAddress.objects.bulk_create(
        [
            ArticleAddress(key=key, url=url, article=article, added_at=at)
            for key, url in wanted.items()
            if key not in known
        ],
        ignore_conflicts=True,
    )


def _story_with(likeness: Likeness) -> Story:
    """Return the story the other article tells, begun with it if it stood alone."""
    other = likeness.article
    if other.story:
        return other.story
    story = Story.objects.create()
    Article.objects.filter(pk=other.pk).update(story=story)
    return story


__all__ = ["Source", "Stored", "announce", "store_article", "store_draft"]
