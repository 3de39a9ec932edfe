"""What a page says about itself to machines: JSON-LD and meta elements. Pure.

Everything here is a claim by the site; `headlines`, `bylines` and `pages` decide what to believe.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from articles.importing.loose_json import parse_loosely

ARTICLE_TYPES = frozenset(
    re.split(
        r"\s+",
        """article newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle
    reviewnewsarticle askpublicnewsarticle blogposting liveblogposting socialmediaposting scholarlyarticle techarticle
    report advertisercontentarticle satiricalarticle medicalscholarlyarticle governmentservice pressrelease""",
    )
)
_DEEPEST = 12
_MOST_NODES = 2000
_MOST_STAMPS = 20

_AUTHOR_META = (
    "author", "article:author", "authors", "byl", "byline", "dc.creator", "dcterms.creator", "dc:creator", "creator",
    "parsely-author", "sailthru.author", "citation_author", "og:article:author", "og:author", "dable:author",
    "cxenseparse:author", "rbauthors", "article:author_name", "twitter:data1:author", "nv:reporter", "hdl_p",
)  # fmt: skip
_TITLE_META = (
    "og:title", "twitter:title", "headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title",
    "citation_title", "article:title", "hdl", "cxenseparse:title",
)  # fmt: skip
_PUBLISHED_META = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "article.published", "ptime", "date",
    "dc.date", "dcterms.date", "citation_publication_date", "cxenseparse:recs:publishtime", "og:published_time",
    "og:pubdate", "displaydate", "article_date_original", "originalpublicationdate", "dable:published_time", "regdate",
)  # fmt: skip
_UPDATED_META = (
    "article:modified_time", "article:modified", "og:updated_time", "og:modified_time", "datemodified", "lastmod",
    "dcterms.modified", "dc.date.modified", "last-modified", "article:updated_time", "revised", "utime",
)  # fmt: skip
_SECTION_META = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "cxenseparse:section",
    "category",
)
_PUBLISHER_META = ("og:site_name", "article:publisher_name", "publisher", "dc.publisher", "application-name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the page claims, in the order of trust within each kind."""

    headlines: tuple[str, ...] = ()
    authors: tuple[tuple[str, ...], ...] = ()  # one tuple a source, to be tried in turn
    persons: frozenset[str] = frozenset()  # authors the page says to be persons, whatever they call themselves
    publisher: str = ""
    section: str = ""
    language: str = ""
    published: tuple[str, ...] = ()
    stamped: tuple[str, ...] = ()  # moments in elements of the page, of this article or of others
    updated: tuple[str, ...] = ()
    canonical: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    body: str = ""
    is_free: bool = True


def read_claims(tree: HtmlElement) -> Claims:
    """Return what a parsed page claims about itself."""
    meta = _meta(tree)
    nodes = list(json_ld(tree))
    article = _article_of(nodes, meta)
    links = _links(tree)
    authors = _resolved(article.get("author") or article.get("creator"), nodes)
    people = _people(authors)
    return Claims(
        headlines=tuple(_texts([article.get("headline"), article.get("name"), *_first(meta, _TITLE_META)])),
        authors=tuple(tuple(names) for names in (people, _first(meta, _AUTHOR_META)) if names),
        persons=frozenset(_persons(authors)),
        publisher=_publisher(article, nodes, meta),
        section=_section(article, nodes, meta),
        language=_text(tree.get("lang"))
        or _text(article.get("inLanguage"))
        or next(iter(meta.get("og:locale", [])), ""),
        published=tuple(
            _texts([article.get("datePublished"), article.get("dateCreated"), *_first(meta, _PUBLISHED_META)])
        ),
        stamped=tuple(_stamps(tree)),
        updated=tuple(_texts([article.get("dateModified"), *_first(meta, _UPDATED_META)])),
        canonical=links.get("canonical", "") or next(iter(meta.get("og:url", [])), ""),
        aliases=tuple(links[name] for name in ("amphtml", "shortlink") if name in links),
        description=next(iter(_texts([*_first(meta, ("og:description", "description", "twitter:description"))])), ""),
        body=_text(article.get("articleBody")),
        is_free=str(article.get("isAccessibleForFree", True)).lower() not in ("false", "0", "no"),
    )


def json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, graphs and lists opened."""
    count = 0
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        for node in _opened(parse_loosely(script.text or ""), 0):
            count += 1
            if count > _MOST_NODES:
                return
            yield node


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(" ".join(content.split()))
    return found


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> list[str]:
    return [value for name in names for value in meta.get(name, [])]


def _stamps(tree: HtmlElement) -> Iterator[str]:
    """Yield the moments that elements hold for programs, those of changes left out."""
    found = (
        element for element in tree.iter("time", "abbr", "span") if element.get("datetime") or element.get("title")
    )
    for element in islice(found, _MOST_STAMPS):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        value = element.get("datetime") or (element.get("title") if "published" in marks else "") or ""
        if value and not ("modif" in marks or "updat" in marks):
            yield " ".join(value.split())


def _links(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("link"):
        href = (element.get("href") or "").strip()
        for rel in (element.get("rel") or "").lower().split():
            if href:
                found.setdefault(rel, href)
    return found


def _opened(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:500]:
            yield from _opened(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if isinstance(data.get(key), list | dict):
                yield from _opened(data[key], depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type")
    return {str(kind).rsplit("/", 1)[-1].lower() for kind in (value if isinstance(value, list) else [value])}


def _article_of(nodes: list[dict[str, Any]], meta: dict[str, list[str]]) -> dict[str, Any]:
    """Return the node about this very article: pages list others as well."""
    articles = [node for node in nodes if _types(node) & ARTICLE_TYPES]
    titles = {_key(title) for title in _first(meta, _TITLE_META)}
    named = [node for node in articles if _key(_text(node.get("headline")) or _text(node.get("name"))) in titles]
    return next(iter(named or articles), {})


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _texts(values: list[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for value in values:
        text = _text(value)
        if text and text not in seen:
            seen.add(text)
            yield text


def _resolved(value: Any, nodes: list[dict[str, Any]]) -> list[Any]:
    """Return the items of a field; one that only refers to another node of the page is that node."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    items = value if isinstance(value, list) else [value]
    return [
        known.get(item["@id"], item)
        if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str)
        else item
        for item in items
    ]


def _persons(values: list[Any]) -> Iterator[str]:
    """Yield the names of those that are said to be persons."""
    for item in values:
        if isinstance(item, dict) and "person" in _types(item):
            yield from _people(item)


def _people(value: Any) -> tuple[str, ...]:
    """Return the names of an author field: a string, a person, a list of either; no organisations."""
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            if "organization" in {kind.replace("newsmedia", "") for kind in _types(item)}:
                continue
            name = item.get("name")
            parts = [_text(item.get(key)) for key in ("givenName", "additionalName", "familyName")]
            names.extend(_texts(name if isinstance(name, list) else [name or " ".join(filter(None, parts))]))
        elif isinstance(item, str):
            names.append(item)
    return tuple(name for name in names if name)


def _publisher(article: dict[str, Any], nodes: list[dict[str, Any]], meta: dict[str, list[str]]) -> str:
    publisher = article.get("publisher")
    if isinstance(publisher, dict) and "@id" in publisher and "name" not in publisher:
        publisher = next((node for node in nodes if node.get("@id") == publisher["@id"]), {})
    return next(iter(_texts([*_first(meta, _PUBLISHER_META[:1]), publisher, *_first(meta, _PUBLISHER_META[1:])])), "")


def _section(article: dict[str, Any], nodes: list[dict[str, Any]], meta: dict[str, list[str]]) -> str:
    crumbs = next((node.get("itemListElement") for node in nodes if "breadcrumblist" in _types(node)), None)
    names = [_crumb(item) for item in crumbs] if isinstance(crumbs, list) else []
    headline = _key(_text(article.get("headline")))
    trail = [name for name in names[1:] if name and _key(name) != headline]
    return next(iter(_texts([article.get("articleSection"), *_first(meta, _SECTION_META), *trail[:1]])), "")


def _crumb(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    return _text(item.get("name")) or _text(item.get("item"))
