"""What a page says about itself to machines: JSON-LD, meta elements, data left in scripts. Pure.

Everything here is a claim by the site; `headlines`, `bylines` and `pages` decide what to believe.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

ARTICLE_TYPES = frozenset(
    re.split(
        r"\s+",
        """article newsarticle reportagenewsarticle analysisnewsarticle backgroundnewsarticle opinionnewsarticle
    reviewnewsarticle askpublicnewsarticle blogposting liveblogposting socialmediaposting scholarlyarticle techarticle
    report advertisercontentarticle satiricalarticle medicalscholarlyarticle governmentservice pressrelease""",
    )
)
_DEEPEST = 12
_LARGEST_SCRIPT = 3_000_000
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
_BODY_KEYS = frozenset(
    re.split(
        r"\s+",
        """articlebody body bodytext bodyhtml body_html content contenthtml content_html contents text html fulltext
    storybody story_body articlecontent article_content articletext maincontent newscontent news_content cntn
    bodycontent article_body rendered richtext markdown""",
    )
)
_ASSIGNED = re.compile(r"(?:=|\()\s*(?=[\[{])")
_TAG = re.compile(r"<[a-zA-Z/][^>]{0,2000}>")


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
        for node in _opened(_loads(script.text or ""), 0):
            count += 1
            if count > _MOST_NODES:
                return
            yield node


def script_bodies(tree: HtmlElement) -> Iterator[str]:
    """Yield article bodies left as data in scripts, HTML or text, the likeliest of each script."""
    for script in tree.iterfind(".//script"):
        text = script.text or ""
        kind = (script.get("type") or "").lower()
        if not 300 < len(text) < _LARGEST_SCRIPT or kind == "application/ld+json" or not _could_hold_body(text):
            continue
        for data in _data_in(text, is_json="json" in kind):
            body = _likeliest_body(data)
            if body:
                yield body


def without_tags(html: str) -> str:
    """Return the text of a fragment, a line a block; for bodies kept as HTML inside JSON."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", html)
    text = re.sub(
        r"(?i)<br\s*/?>|</?(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|tr|figure)\b[^>]*>", "\n", text
    )
    text = unescape(_TAG.sub("", text))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


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


def _loads(text: str) -> Any:
    """Parse JSON as sites write it: comments around it, raw newlines, a comma too many."""
    text = re.sub(
        r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*\Z",
        "",
        text,
    )
    text = text.strip().rstrip(";")
    if not text or len(text) > _LARGEST_SCRIPT:
        return None
    for attempt in (text, re.sub(r",(\s*[\]}])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


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


def _could_hold_body(text: str) -> bool:
    lowered = text[:_LARGEST_SCRIPT].lower()
    return any(f'"{key}"' in lowered for key in _BODY_KEYS) or "json.parse(" in lowered


def _data_in(text: str, *, is_json: bool) -> Iterator[Any]:
    """Yield the JSON values of a script: all of it, or what is assigned to variables."""
    if is_json:
        data = _loads(text)
        if data is not None:
            yield data
        return
    decoder = json.JSONDecoder(strict=False)
    position, found = 0, 0
    while found < 10 and (match := _ASSIGNED.search(text, position)):
        try:
            data, position = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            position = match.end()
            found += 1
            continue
        found += 1
        if isinstance(data, dict | list) and len(str(data)[:400]) > 300:
            yield data
    for match in list(re.finditer(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.){300,}\")", text))[:3]:
        try:
            yield json.loads(json.loads(match[1], strict=False), strict=False)
        except (ValueError, TypeError, RecursionError):
            continue


def _likeliest_body(data: Any) -> str:
    """Return the longest prose under a key that names a body, "" when there is none."""
    best = ""
    stack: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while stack and seen < 50_000:
        node, depth = stack.pop()
        seen += 1
        if depth > 40:
            continue
        if isinstance(node, dict):
            for key, value in node.items():
                candidate = _as_body(key, value)
                if len(candidate) > len(best):
                    best = candidate
                if isinstance(value, dict | list):
                    stack.append((value, depth + 1))
        elif isinstance(node, list):
            stack.extend((item, depth + 1) for item in node if isinstance(item, dict | list))
    return best


def _as_body(key: str, value: Any) -> str:
    """Return a value as body text, if its key names a body or it is a list of paragraphs."""
    if isinstance(value, str):
        return _prose(value) if key.lower() in _BODY_KEYS else ""
    if isinstance(value, list) and len(value) > 1:
        return _prose("\n".join(_block(item) for item in value))
    return ""


def _block(item: Any) -> str:
    """Return one paragraph of a list of content elements."""
    if isinstance(item, str):
        return f"<p>{item}</p>" if len(item) > 40 else ""
    if not isinstance(item, dict):
        return ""
    kind = str(item.get("type") or item.get("_type") or item.get("__typename") or item.get("kind") or "").lower()
    if kind and not re.search(r"text|paragraph|\bp\b|header|heading|list|block|quote|html|raw", kind):
        return ""
    for key in ("content", "text", "html", "value", "children"):
        value = item.get(key)
        if isinstance(value, str):
            return f"<p>{value}</p>"
        if isinstance(value, list):
            return "<p>" + "".join(_inline(part) for part in value) + "</p>"
    return ""


def _inline(part: Any) -> str:
    if isinstance(part, dict):
        return next((part[key] for key in ("text", "value", "content") if isinstance(part.get(key), str)), "")
    return part if isinstance(part, str) else ""


def _prose(value: str) -> str:
    """Return the text if it reads like prose: long, with sentences."""
    text = without_tags(value) if "<" in value or "&" in value else value.strip()
    ends = len(re.findall(r"[.!?。다][\"'”’)]?(?:\s|\Z)", text))
    return text if len(text) >= 200 and ends * 400 >= len(text) and "{" not in text[:20] else ""
