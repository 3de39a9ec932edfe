"""What was reported: publishers, feeds, articles, their snapshots, and the imports that brought them."""

from .articles import Article, ArticleAddress, Fingerprint, Story
from .imports import ImportBatch, ImportItem
from .publishers import Feed, Host, Publisher
from .snapshots import Snapshot

__all__ = [
    "Article",
    "ArticleAddress",
    "Feed",
    "Fingerprint",
    "Host",
    "ImportBatch",
    "ImportItem",
    "Publisher",
    "Snapshot",
    "Story",
]
