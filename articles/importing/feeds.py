"""Feeds and sitemaps to entries: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed, sitemaps, news sitemaps, indexes.

Read by our own small reader: the libraries turn "KST" into UTC, lose the words of a date, or can be
talked into fetching. Elements are told by their local name, because feeds disagree on namespaces.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta, tzinfo
from html import unescape
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from articles.importing.addresses import parse_address
from articles.importing.bylines import clean_authors
from articles.importing.decoding import decode
from articles.importing.documents import UNDATED, Dated, Document, FeedDocument, FeedEntry
from articles.importing.fragments import without_tags
from articles.importing.languages import language_code
from articles.importing.moments import read_quietly
from articles.importing.outlets import zone_of
from articles.importing.refusals import DocumentRefused, FetchRefused, ImportRefused, Reason
from articles.importing.unpacking import GZIP_MAGIC, gunzip, shown_size

MAX_BYTES = 50_000_000
MAX_ENTRIES = 50_000
_LONGEST = 1000

# The document type that RSS 0.91 asked for; it declares nothing we would use, and is dropped unread.
_RSS_091 = re.compile(
    r"""<!DOCTYPE\s+rss\s+(?:PUBLIC\s+"-//Netscape\ Communications//DTD\ RSS\ 0\.91//EN"|SYSTEM)\s+"https?://[^"<>\[\]]{0,200}"\s*>""",
    re.VERBOSE | re.IGNORECASE,
)
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)(\w{2,31};)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_PROLOG = re.compile(r"\A\s*<\?xml[^>]*\?>")


def parse_feed(document: Document, *, zone: tzinfo | None = None) -> FeedDocument:
    """Return the entries of a feed or sitemap, and which could not be used.

    Raise DocumentRefused when it is none, is damaged, declares entities, or is empty. A date later
    than two days after `document.fetched_at` is dropped: it would be the newest entry for ever.
    """
    body = document.body
    if body.startswith(GZIP_MAGIC):
        body = gunzip(body, limit=MAX_BYTES)
    if len(body) > MAX_BYTES:
        raise DocumentRefused(Reason.TOO_LARGE, limit=shown_size(MAX_BYTES))
    text = decode(body, content_type=document.content_type).text.lstrip("\ufeff \r\n\t")
    if not text:
        raise DocumentRefused(Reason.EMPTY)
    reader = _Reader(document, zone)
    feed = reader.json_feed(text) if text.startswith("{") else reader.xml(text)
    if not feed.entries and not feed.refusals:
        raise DocumentRefused(Reason.FEED_EMPTY)
    return feed


class _Reader:
    """Reads one document; knows where it came from and which zone its unmarked times are in."""

    def __init__(self, document: Document, zone: tzinfo | None) -> None:
        self._base = document.url
        self._zone = zone_of(document.url) or zone
        self._latest = document.fetched_at.date() + timedelta(days=2) if document.fetched_at else None

    def json_feed(self, text: str) -> FeedDocument:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DocumentRefused(Reason.FEED_BROKEN, detail=str(error)[:120]) from None
        items = data.get("items") if isinstance(data, dict) else None
        if not isinstance(items, list) or "jsonfeed.org" not in str(data.get("version", "")):
            raise DocumentRefused(Reason.NOT_A_FEED, kind="JSON of another kind")
        home = str(data.get("home_page_url") or "")
        self._base = self._base or home
        candidates = (self._json_entry(item) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
        return self._collected(candidates, _plain(data.get("title")), home, str(data.get("language") or ""))

    def xml(self, text: str) -> FeedDocument:
        root = _parse_xml(text)
        kind = _name(root)
        if kind in ("urlset", "sitemapindex"):
            entries = (self._sitemap_entry(element) for element in _children(root, "url", "sitemap"))
            return self._collected(entries, "", "", "")
        if kind == "feed":
            entries = (self._atom_entry(element) for element in _children(root, "entry"))
            return self._collected(entries, _text(root, "title"), _atom_link(root), root.get(_XML_LANG, ""))
        channel = next(_children(root, "channel"), root)
        if kind not in ("rss", "rdf", "channel"):
            what = "a page" if kind == "html" else f"an XML document <{kind[:40]}>"
            raise DocumentRefused(Reason.NOT_A_FEED, kind=what)
        # In RSS 1.0 the items stand beside the channel, not in it.
        items = [*_children(channel, "item"), *(_children(root, "item") if root is not channel else ())]
        entries = (self._rss_entry(element) for element in items)
        return self._collected(entries, _text(channel, "title"), _rss_link(channel), _text(channel, "language"))

    def _collected(
        self, entries: Iterable[FeedEntry | ImportRefused], title: str, home: str, language: str
    ) -> FeedDocument:
        """Return the entries with a usable address, each address once."""
        kept: dict[str, FeedEntry] = {}
        refusals: list[ImportRefused] = []
        for entry in entries:
            if len(kept) + len(refusals) >= MAX_ENTRIES:
                break
            if isinstance(entry, ImportRefused):
                refusals.append(entry)
            else:
                kept.setdefault(entry.url, entry)
        return FeedDocument(
            title=title,
            home_url=home,
            language=language_code(language),
            entries=tuple(kept.values()),
            refusals=tuple(refusals),
        )

    def _rss_entry(self, item: etree._Element) -> FeedEntry | ImportRefused:
        guid = _text(item, "guid", "id")
        link = _text(item, "origLink") or _rss_link(item) or (guid if guid.startswith(("http://", "https://")) else "")
        return self._entry(
            link or item.get(_RDF_ABOUT, ""),
            guid=guid,
            headline=_text(item, "title"),
            published=_text(item, "pubDate", "date", "published", "issued", "created"),
            updated=_text(item, "updated", "modified"),
            authors=[_mail_name(text) for text in _texts(item, "creator", "author")],
            section=_text(item, "category", "subject"),
            summary=_text(item, "description", "summary"),
            publisher=_text(item, "source"),
        )

    def _atom_entry(self, item: etree._Element) -> FeedEntry | ImportRefused:
        people = [_text(person, "name") for person in _children(item, "author")]
        category = next(_children(item, "category"), None)
        return self._entry(
            _atom_link(item),
            guid=_text(item, "id"),
            headline=_text(item, "title"),
            published=_text(item, "published", "issued", "created") or _text(item, "updated", "modified"),
            updated=_text(item, "updated", "modified"),
            authors=people or _texts(item, "creator"),
            section=(category.get("label") or category.get("term") or "") if category is not None else "",
            summary=_text(item, "summary"),
            language=item.get(_XML_LANG, ""),
        )

    def _json_entry(self, item: dict[str, Any]) -> FeedEntry | ImportRefused:
        authors = item.get("authors") or [item.get("author")]
        names = [str(author.get("name") or "") for author in authors if isinstance(author, dict)]
        identifier = str(item.get("id") or "")
        link = item.get("external_url") or item.get("url") or (identifier if identifier.startswith("http") else "")
        return self._entry(
            str(link),
            guid=identifier,
            headline=_plain(item.get("title")),
            published=str(item.get("date_published") or ""),
            updated=str(item.get("date_modified") or ""),
            authors=names,
            section=next((str(tag) for tag in item.get("tags") or [] if isinstance(tag, str)), ""),
            summary=_plain(item.get("summary")),
            language=str(item.get("language") or ""),
        )

    def _sitemap_entry(self, element: etree._Element) -> FeedEntry | ImportRefused:
        news = next(_children(element, "news"), None)
        publication = next(_children(news, "publication"), None) if news is not None else None
        return self._entry(
            _text(element, "loc"),
            headline=_text(news, "title") if news is not None else "",
            published=_text(news, "publication_date") if news is not None else "",
            updated=_text(element, "lastmod"),
            publisher=_text(publication, "name") if publication is not None else "",
            language=_text(publication, "language") if publication is not None else "",
            is_sitemap=_name(element) == "sitemap",
        )

    def _entry(
        self,
        link: str,
        *,
        guid: str = "",
        headline: str = "",
        published: str = "",
        updated: str = "",
        authors: Iterable[str] = (),
        section: str = "",
        summary: str = "",
        publisher: str = "",
        language: str = "",
        is_sitemap: bool = False,
    ) -> FeedEntry | ImportRefused:
        """Return the entry, or why it cannot be used."""
        url = self._address(link)
        if url is None:
            return DocumentRefused(Reason.ENTRY_WITHOUT_LINK, title=(headline or summary or guid or link)[:100])
        return FeedEntry(
            url=url,
            guid=guid[:_LONGEST] or url,
            headline=headline[:_LONGEST],
            published=self._date(published),
            updated=self._date(updated),
            authors=clean_authors(authors),
            section=section[:200],
            publisher=publisher[:200],
            language=language_code(language),
            summary=summary[:5000],
            is_sitemap=is_sitemap,
        )

    def _address(self, link: str) -> str | None:
        """Return the link as an absolute address, None if it is no web address."""
        link = link.strip()
        if not link:
            return None
        try:
            return str(parse_address(urljoin(self._base, link)))
        except (FetchRefused, ValueError):
            return None

    def _date(self, text: str) -> Dated:
        dated = read_quietly(text, zone=self._zone)
        if dated.day and self._latest and dated.day > self._latest:
            return UNDATED
        return dated


_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _parse_xml(text: str) -> etree._Element:
    """Return the root; what feeds commonly get wrong is mended, anything else is refused with its line."""
    if re.match(r"\s*(?:<!doctype\s+html|<html)\b", text[:1000], re.IGNORECASE):
        raise DocumentRefused(Reason.NOT_A_FEED, kind="a page")
    text = _RSS_091.sub("", text, count=1)
    if _DOCTYPE.search(_CDATA.sub("", text)):
        raise DocumentRefused(Reason.FEED_DOCTYPE)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(_mended(text).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise DocumentRefused(Reason.FEED_BROKEN, detail=f"line {line}: {str(error.msg)[:120]}") from None


def _mended(text: str) -> str:
    """Drop the declaration and control characters; give bare ampersands and HTML's entities their characters."""
    text = _CONTROL.sub("", _PROLOG.sub("", text))
    if "&" not in text:
        return text
    parts = _CDATA.split(text)
    return "".join(part if index % 2 else _BARE_AMPERSAND.sub(_entity, part) for index, part in enumerate(parts))


def _entity(match: re.Match[str]) -> str:
    name = match[1]
    if not name:
        return "&amp;"
    char = unescape(f"&{name}")
    return char.replace("<", "&lt;") if char != f"&{name}" else f"&amp;{name}"


def _name(element: etree._Element) -> str:
    tag = element.tag
    return etree.QName(tag).localname.lower() if isinstance(tag, str) else ""


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    wanted = {name.lower() for name in names}
    return (child for child in element if _name(child) in wanted)


def _texts(element: etree._Element, *names: str) -> list[str]:
    found = [_plain("".join(child.itertext())) for name in names for child in _children(element, name)]
    return [text for text in found if text]


def _text(element: etree._Element, *names: str) -> str:
    """Return the text of the first child of one of these names, by order of the names."""
    return next(iter(_texts(element, *names)), "")


def _plain(value: Any) -> str:
    """Return a title or summary as one line of text: feeds put markup there, escaped once or twice."""
    if not isinstance(value, str):
        return ""
    text = without_tags(value) if "<" in value or "&" in value else value
    text = without_tags(text) if "<" in text and ">" in text else text
    return " ".join(text.split())


def _rss_link(item: etree._Element) -> str:
    for link in _children(item, "link"):
        if link.text and link.text.strip():
            return link.text.strip()
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return link.get("href", "")
    return ""


def _atom_link(item: etree._Element) -> str:
    links = [(link.get("rel", "alternate"), link.get("href", "")) for link in _children(item, "link")]
    chosen = next((href for rel, href in links if rel == "alternate" and href), "")
    return chosen or next(
        (href for rel, href in links if href and rel not in ("self", "edit", "replies", "enclosure")), ""
    )


def _mail_name(text: str) -> str:
    """Return the name of "mail@site (Name)", as RSS wants authors written."""
    match = re.match(r"\S+@\S+\s*\(([^)]*)\)", text)
    return match[1] if match else text
