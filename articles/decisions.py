"""What importing a draft would do: decided here, by reading only; done by `actions.storing`, shown by previews."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from articles.details import Change, details_of
from articles.identity import Likeness, Match, addresses_of, find_likeness, find_match
from articles.importing.differences import is_trivial
from articles.importing.documents import ArticleDraft
from articles.importing.duplicates import fingerprint
from articles.models import Article, ImportItem, Snapshot
from articles.notices import Notice

Outcome = ImportItem.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome, the article it concerns if one is known, and what to tell about it."""

    outcome: ImportItem.Outcome
    article: Article | None = None
    likeness: Likeness | None = None
    change: Change = field(default_factory=Change)
    has_new_text: bool = False
    names_publisher: bool = False
    prints: list[int] = field(default_factory=list)
    notice: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        """Is there more to write than another address of a known article?"""
        return self.outcome in (Outcome.CREATED, Outcome.UPDATED) or self.notice == Notice.ONE_STORY


def decide(draft: ArticleDraft) -> Decision:
    """Return what importing a tidied draft would do now."""
    match = find_match(draft)
    return decide_known(draft, match) if match else decide_new(draft)


def decide_known(draft: ArticleDraft, match: Match) -> Decision:
    """Return what importing a draft of a known article would do."""
    article = match.article
    if match.how == "copy" and (article.url or not is_trivial(article.headline, draft.headline)):
        # The same words at another place: the place they were first found at tells the details.
        return _same_article(article)
    change = details_of(draft, article)
    has_new_text = _has_new_text(draft, article.current_snapshot)
    names_publisher = bool(draft.publisher) and article.publisher_id is None
    if not (has_new_text or names_publisher or change.is_news):
        return _unchanged(article, change)
    detail: dict[str, Any] = {"kept": change.kept} if change.kept else {}
    detail["fields"] = [*change.values, *(["publisher"] if names_publisher else [])]
    if has_new_text and article.current_snapshot:
        detail |= _words_between(article.current_snapshot.text, draft.text)
    return Decision(
        outcome=Outcome.UPDATED,
        article=article,
        change=change,
        has_new_text=has_new_text,
        names_publisher=names_publisher,
        prints=fingerprint(draft.text) if has_new_text else [],
        notice=Notice.TEXT_CHANGED if "added" in detail else Notice.DETAILS_CHANGED,
        detail=detail,
    )


def decide_new(draft: ArticleDraft) -> Decision:
    """Return what importing a draft of no known article would do."""
    prints = fingerprint(draft.text)
    likeness = find_likeness(prints)
    if likeness and not addresses_of(draft) and _is_same_publication(draft, likeness.article):
        return _same_article(likeness.article)
    return newly(draft, prints=prints, likeness=likeness)


def newly(draft: ArticleDraft, *, prints: list[int], likeness: Likeness | None = None) -> Decision:
    """Return what importing a draft does that is a new article, of the story of another one if it is like one."""
    told: dict[str, Any] = {}
    if likeness:
        told = {"percent": likeness.percent, "like": likeness.article.pk} | _naming(likeness.article)
    return Decision(
        outcome=Outcome.DUPLICATE if likeness else Outcome.CREATED,
        likeness=likeness,
        change=details_of(draft, Article()),
        has_new_text=True,
        names_publisher=True,
        prints=prints,
        notice=Notice.ONE_STORY if likeness else "",
        detail=told,
    )


def remarks_of(draft: ArticleDraft) -> dict[str, list[str]]:
    """Return what the reader of a new text had to decide, as details of the outcome."""
    return {"notes": list(draft.notes)} if draft.notes else {}


def _same_article(article: Article) -> Decision:
    return Decision(outcome=Outcome.DUPLICATE, article=article, notice=Notice.SAME_ARTICLE, detail=_naming(article))


def _unchanged(article: Article, change: Change) -> Decision:
    if not change.kept:
        return Decision(outcome=Outcome.UNCHANGED, article=article)
    detail = {"kept": change.kept, "fields": [each["field"] for each in change.kept]}
    return Decision(outcome=Outcome.UNCHANGED, article=article, notice=Notice.CORRECTION_KEPT, detail=detail)


def _has_new_text(draft: ArticleDraft, known: Snapshot | None) -> bool:
    return known is None or (known.text != draft.text and not is_trivial(known.text, draft.text))


def _is_same_publication(draft: ArticleDraft, article: Article) -> bool:
    return article.published_on == draft.published_on and article.headline.casefold() == draft.headline.casefold()


def _naming(article: Article) -> dict[str, str]:
    day = article.published_on.isoformat() if article.published_on else ""
    return {"headline": article.headline, "date": day}


def _words_between(old: str, new: str) -> dict[str, int]:
    """Count words added and removed, wherever they stand: the page shows where, see `differences.compare`."""
    before, after = Counter(old.split()), Counter(new.split())
    return {"added": (after - before).total(), "removed": (before - after).total()}
