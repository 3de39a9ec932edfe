"""Which stored article a draft is: by address, by its own words, or a near-duplicate. Reads only.

An article is first its address. What has none (a pasted text, a row of a table) is known by its headline and day, or
by being word for word what is already stored.
"""

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import Q, QuerySet

from articles.importing.canonical import canonicalise, identity_of
from articles.importing.documents import ArticleDraft
from articles.importing.duplicates import SAME_STORY, fingerprint, is_same_story, shared
from articles.importing.refusals import ImportRefused
from articles.models import Article, ArticleAddress

_CANDIDATES = 5
_SAME_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A stored article and how a draft was recognised as it: "address", "words" or "copy"."""

    article: Article
    how: str

    def with_article(self, article: Article) -> "Match":
        """Return the match with the article read again."""
        return replace(self, article=article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Another article that tells the same story, and how much of their fingerprints they share."""

    article: Article
    share: float

    @property
    def percent(self) -> int:
        return min(100, round(self.share * 100))


def sha(data: bytes) -> str:
    """Return the SHA-256 in hex."""
    return sha256(data).hexdigest()


def address_key(url: str) -> str:
    """Return the key of an address; the same for its http, mobile and AMP forms. Raises ImportRefused for none."""
    return sha(identity_of(url).encode())


def identity_key(draft: ArticleDraft) -> str | None:
    """Return the key of a draft without an address, None if it has no day to tell it by."""
    if addresses_of(draft) or not draft.published_on:
        return None
    return words_key(draft)


def words_key(draft: ArticleDraft) -> str:
    """Return the key that headline and day give."""
    headline = " ".join(unicodedata.normalize("NFKC", draft.headline).casefold().split())
    return sha(f"{draft.published_on}\n{headline}".encode())


def addresses_of(draft: ArticleDraft) -> dict[str, str]:
    """Return key -> address, the canonical one first."""
    urls = [url for url in (draft.canonical_url, draft.url, *draft.aliases) if url]
    found: dict[str, str] = {}
    for url in urls:
        with suppress(ImportRefused):
            found.setdefault(address_key(url), canonicalise(url))
    return found


def find_match(draft: ArticleDraft) -> Match | None:
    """Return the article this draft is, or None. One query for an article that is not known, at most four."""
    keys = list(addresses_of(draft))
    if not _may_be_known(draft, keys):
        return None
    return _by_address(keys) or _by_words(draft) or _by_copy(draft, keys)


def _may_be_known(draft: ArticleDraft, keys: list[str]) -> bool:
    """Is anything stored under one of its addresses, its headline and day, or its very text?"""
    words = words_key(draft) if draft.published_on else None
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"keys": keys, "words": words, "text": sha(draft.text.encode())})
        return bool(cursor.fetchone()[0])


_KNOWN = """
SELECT EXISTS (SELECT FROM articles_articleaddress WHERE key = ANY(%(keys)s::varchar[]))
    OR EXISTS (SELECT FROM articles_article WHERE identity_key = %(words)s)
    OR EXISTS (SELECT FROM articles_snapshot WHERE text_sha256 = %(text)s)
"""


def _by_address(keys: list[str]) -> Match | None:
    known = {address.key: address.article for address in _addresses(keys)}
    found = next((known[key] for key in keys if key in known), None)
    return Match(article=found, how="address") if found else None


def _addresses(keys: list[str]) -> Iterable[ArticleAddress]:
    if not keys:
        return []
    return ArticleAddress.objects.filter(key__in=keys).select_related("article__current_snapshot", "article__publisher")


def _by_words(draft: ArticleDraft) -> Match | None:
    """Find an article that came without address: the draft may bring it one."""
    if not draft.published_on:
        return None
    found = _articles().filter(identity_key=words_key(draft)).first()
    return Match(article=found, how="words") if found and tells_the_same(draft, found) else None


def tells_the_same(draft: ArticleDraft, article: Article) -> bool:
    """Do the texts tell one story? "Statement" and "Briefing" are headlines of many things on one day."""
    if article.current_snapshot and article.current_snapshot.text == draft.text:
        return True
    return is_same_story(fingerprint(draft.text), article.shingles)


def _by_copy(draft: ArticleDraft, keys: list[str]) -> Match | None:
    """Find the very text: for a draft without address anywhere, else only the same publisher's same article."""
    copies = _articles().filter(current_snapshot__text_sha256=sha(draft.text.encode()))
    if keys:
        copies = copies.filter(Q(headline=draft.headline) & _same_publication(draft))
    found = copies.order_by("id").first()
    return Match(article=found, how="copy") if found else None


def _same_publication(draft: ArticleDraft) -> Q:
    """The same moment at the same site: one article under two addresses. Two papers with one agency text are not."""
    if not draft.published_at:
        return Q(pk=None)
    moment = (draft.published_at - _SAME_MOMENT, draft.published_at + _SAME_MOMENT)
    return Q(published_at__range=moment, publisher__domains__contains=[host_of(draft)])


def host_of(draft: ArticleDraft) -> str:
    """Return the host of the draft's address without "www."; "" without address."""
    url = next(iter(addresses_of(draft).values()), "")
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _articles() -> QuerySet[Article]:
    return Article.objects.select_related("current_snapshot", "publisher")


def find_likeness(prints: list[int], *, apart_from: int | None = None) -> Likeness | None:
    """Return the article most like a text of these fingerprints, or None if none tells the same story."""
    likely = likely_copies(prints, apart_from=apart_from) if prints else []
    best = max(likely, key=lambda row: shared(prints, row[1]), default=None)
    if best is None or not is_same_story(prints, best[1]):
        return None
    return Likeness(article=Article.objects.for_list_page().get(pk=best[0]), share=shared(prints, best[1]))


def likely_copies(prints: list[int], *, apart_from: int | None) -> list[tuple[int, list[int]]]:
    """Return the articles with most fingerprints in common, and their fingerprints. One query, through the index."""
    values = {"share": SAME_STORY, "me": apart_from or 0, "limit": _CANDIDATES}
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, {"prints": prints, **values})
        return cursor.fetchall()


_LIKE = "SELECT id, shingles FROM articles_alike(%(prints)s::bigint[], %(share)s, %(me)s, %(limit)s)"
