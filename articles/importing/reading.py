"""The one entrance: a document of any kind to what is in it. Pure."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo

from articles.importing.address_list import read_address_list
from articles.importing.archives import Entry, unwarc, unzip
from articles.importing.documents import ArticleDraft, Document, FeedDocument, Found, Kind
from articles.importing.feeds import parse_feed
from articles.importing.json_rows import read_json, read_json_lines
from articles.importing.onefile import read_one_file
from articles.importing.pages import read_page
from articles.importing.pdf import read_pdf
from articles.importing.plaintext import read_text
from articles.importing.refusals import ImportRefused
from articles.importing.sniffing import sniff
from articles.importing.tables import read_csv
from articles.importing.unpacking import GZIP_MAGIC, gunzip

MAX_UNPACKED = 50_000_000

Run = Callable[[Kind, Document, tzinfo | None], ArticleDraft | FeedDocument]

_READERS: dict[Kind, Callable[..., ArticleDraft | FeedDocument]] = {
    Kind.PAGE: read_page,
    Kind.ONE_FILE: read_one_file,
    Kind.TEXT: read_text,
    Kind.PDF: read_pdf,
    Kind.FEED: parse_feed,
    Kind.SITEMAP: parse_feed,
}


def run_reader(kind: Kind, document: Document, zone: tzinfo | None) -> ArticleDraft | FeedDocument:
    """Read a page, text, PDF, feed or sitemap in this very process; raise ImportRefused."""
    return _READERS[kind](document, zone=zone)


def read(
    document: Document,
    *,
    zone: tzinfo | None = None,
    mapping: Mapping[str, str] | None = None,
    run: Run = run_reader,
) -> Iterator[Found]:
    """Yield everything in a document: articles, addresses to fetch, and refusals with their place.

    `zone` is assumed for times without one, `mapping` is field → column for tables, `run` reads one
    document: give `Sandbox().run` for anything from outside. Never raises ImportRefused: a document
    of which nothing can be made is one refusal.
    """
    try:
        yield from _read(document, zone, mapping, run)
    except ImportRefused as refusal:
        yield Found(refusal=refusal, source=document)


def _read(document: Document, zone: tzinfo | None, mapping: Mapping[str, str] | None, run: Run) -> Iterator[Found]:
    kind = sniff(document)
    if document.body.startswith(GZIP_MAGIC) and kind is not Kind.WARC:
        document = replace(document, body=gunzip(document.body, limit=MAX_UNPACKED))
    if kind is Kind.CSV:
        yield from read_csv(document, mapping=mapping, zone=zone)
    elif kind is Kind.JSON_LINES:
        yield from read_json_lines(io.BytesIO(document.body), mapping=mapping, zone=zone)
    elif kind is Kind.JSON:
        yield from read_json(document, mapping=mapping, zone=zone)
    elif kind is Kind.ADDRESSES:
        yield from read_address_list(document)
    elif kind is Kind.ZIP:
        yield from _inside(unzip(document), zone, mapping, run)
    elif kind is Kind.WARC:
        yield from _inside(unwarc(document), zone, mapping, run)
    else:
        yield from _found(run(kind, document, zone), document)


def _inside(
    entries: Iterator[Entry], zone: tzinfo | None, mapping: Mapping[str, str] | None, run: Run
) -> Iterator[Found]:
    for entry in entries:
        if entry.document is None:
            yield Found(position=entry.name, refusal=entry.refusal)
            continue
        for found in read(entry.document, zone=zone, mapping=mapping, run=run):
            position = f"{entry.name}, {found.position}" if found.position else entry.name
            yield replace(found, position=position, source=found.source or entry.document)


def _found(result: ArticleDraft | FeedDocument, document: Document) -> Iterator[Found]:
    if isinstance(result, ArticleDraft):
        yield Found(draft=result, source=document)
        return
    for entry in result.entries:
        yield Found(position=entry.url, entry=entry)
    for number, refusal in enumerate(result.refusals, start=1):
        yield Found(position=f"entry {number} without address", refusal=refusal)
