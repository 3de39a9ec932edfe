"""Every address of the public door, taken from its list of addresses: a page that is added later is not forgotten."""

from typing import Any

from policytracker.public.kinds import KINDS
from policytracker.public.urls import urlpatterns

# The published things of `make_record`, as the addresses name them.
SLUGS = {
    "initiative": "report",
    "commitment": "yearly",
    "ministry": "mou",
    "official": "kwon",
    "topic": "rights",
    "tag": "human-rights",
}
PLURALS = {kind.name: kind.plural for kind in KINDS}
# What an address needs beyond a slug: one example for each.
EXAMPLES = {
    "article_detail": "/articles/{article}/",
    "article_annotations": "/articles/{article}/annotations.jsonld",
    "article_picture": "/articles/{article}/picture.png",
    "hand_over": "/hand-over/{membership}/",
    "search": "/search/?q=report",
    "search_feed": "/search/feed.atom?q=report",
    "embed": "/embed/commitment/yearly/",
    "oembed": "/oembed/?url={site}/initiatives/report/",
    "sitemap": "/sitemap-commitments.xml",
    "sitemap_index": "/sitemap.xml",
}
ENDINGS = {"feed": "feed.atom", "calendar": "deadlines.ics", "picture": "picture.png", "cite": "cite/"}
ENDINGS |= {"embedding": "embedding/", "detail": ""}
# Answers that are no pages, with what reads them.
NOT_PAGES = ("_feed", "_annotations", "_calendar", "_picture", "feed", "oembed", "robots", "sitemap", "sitemap_index")


def names() -> list[str]:
    """The names of all addresses of the public door."""
    return [pattern.name for pattern in urlpatterns]


def page_names() -> list[str]:
    """Those that answer with a page for people."""
    return [name for name in names() if not name.endswith(NOT_PAGES)]


def path_of(name: str, record: Any = None, *, site: str = "http://127.0.0.1:8000") -> str:
    """An address of that name in the small record, which is asked only for what has a number."""
    if name in EXAMPLES:
        numbers = {"article": record.article.pk, "membership": record.membership.pk} if record else {}
        return EXAMPLES[name].format(site=site, **numbers)
    kind, _, what = name.partition("_")
    if kind in SLUGS and what in ENDINGS:
        return f"/{PLURALS[kind]}/{SLUGS[kind]}/{ENDINGS[what]}"
    (pattern,) = (pattern for pattern in urlpatterns if pattern.name == name)
    return f"/{pattern.pattern}"
