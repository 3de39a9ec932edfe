"""Looks again at the sources of stored articles: still there, changed, moved, gone. What we stored stays."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles.given import host_of_address
from articles.identity import address_key
from articles.importing.canonical import canonicalise
from articles.importing.documents import FetchResult, Found
from articles.importing.refusals import FetchRefused, ImportRefused, Reason
from articles.models import Article
from articles.signals import sources_checked
from articles.tools import Tools

from .hosts import fetch_politely, take_host
from .storing import Source, announce, record_addresses, store_draft

State = Article.SourceState
_GONE = (Reason.NOT_FOUND, Reason.GONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How a source was found, and why, where that needs saying."""

    article: Article
    state: Article.SourceState
    reason: str = ""


def check_source(*, article: Article, tools: Tools) -> Checked | None:
    """Fetch an article's source again and note what became of it; None while its host is busy.

    A changed text is a new snapshot; a page that cannot be read any more (a sign-in wall, say) leaves the stored text
    as it is. Of our own summaries only the presence of the source is checked: their text is not the source's.
    """
    try:
        host = host_of_address(article.url)
        if not take_host(host, at=tools.clock()):
            return None
        result = fetch_politely(article.url, host=host, tools=tools)
    except FetchRefused as refusal:
        state = State.GONE if refusal.reason in _GONE else State.UNREACHABLE
        return _note(article, state, reason=str(refusal), at=tools.clock())
    except ImportRefused as refusal:
        return _note(article, State.UNREACHABLE, reason=str(refusal), at=tools.clock())
    return _compare(article, result, tools)


def _compare(article: Article, result: FetchResult, tools: Tools) -> Checked:
    at = tools.clock()
    has_moved = result.moved_permanently and address_key(result.final_url) != address_key(article.url)
    quiet = State.MOVED if has_moved else State.PRESENT
    if article.is_summary:
        return _note(article, quiet, reason=result.final_url if has_moved else "", at=at)
    document = result.as_document(fetched_at=at)
    found = next(iter(tools.reader.read(document)), Found())
    if found.draft is None:
        return _note(article, State.CHANGED, reason=str(found.refusal or ""), at=at)
    source = Source(raw=document.body, url=document.url, content_type=document.content_type, taken_at=at)
    with transaction.atomic():
        # Whatever the page says its address is, it was asked for as this article.
        record_addresses(article=article, addresses=_addresses(article, result, has_moved), at=at)
        stored = store_draft(draft=found.draft, source=source, at=at)
        announce([stored], at=at)
        is_changed = stored.article == article and stored.has_new_text
        return _note(article, State.CHANGED if is_changed else quiet, reason="", at=at)


def _addresses(article: Article, result: FetchResult, has_moved: bool) -> dict[str, str]:
    urls = [article.url, result.final_url] if has_moved else [article.url]
    return {address_key(url): canonicalise(url) for url in urls}


def _note(article: Article, state: Article.SourceState, *, reason: str, at: datetime) -> Checked:
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(source_state=state, source_checked_at=at)
        sources_checked.send(sender=Article, article_ids=[article.pk], at=at)
    article.source_state, article.source_checked_at = state, at
    return Checked(article=article, state=state, reason=reason)
