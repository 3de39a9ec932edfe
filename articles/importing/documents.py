"""What passes between the stages of the pipeline: frozen dataclasses, nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from articles.importing.refusals import ImportRefused


class Kind(StrEnum):
    """What a document is, judged by its content."""

    PAGE = "page"
    ONE_FILE = "one_file"  # a page that a browser saved with its pictures, MHTML
    TEXT = "text"
    PDF = "pdf"
    FEED = "feed"
    SITEMAP = "sitemap"
    CSV = "csv"
    JSON_LINES = "json_lines"
    JSON = "json"  # one document: a list of rows, or one row over several lines
    ADDRESSES = "addresses"
    ZIP = "zip"
    WARC = "warc"


ONE_ARTICLE = (Kind.PAGE, Kind.ONE_FILE, Kind.TEXT, Kind.PDF)  # the others hold many


class Precision(StrEnum):
    """How exactly the source says when it was published."""

    MOMENT = "moment"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes as they came, with what came along. Nothing in here is trusted but `body`."""

    body: bytes
    name: str = ""  # file name or address, for people to recognise
    url: str = ""  # where it was found, after redirects; base of relative links
    content_type: str = ""  # Content-Type header as sent, parameters included
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When something happened, as exactly as the source says, and the words it said it in.

    `moment` is set only when the zone is stated or known for the site; `day` is the day in that zone.
    """

    raw: str = ""
    day: date | None = None
    moment: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    rule: str = ""  # how the zone or day was found: "stated", "site zone", "assumed zone", "address"

    def __bool__(self) -> bool:
        return self.day is not None


UNDATED = Dated()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    """One article as read from a document. `text` is NFC, its paragraphs joined by newline."""

    headline: str
    text: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    language: str = ""  # ISO 639-1
    published: Dated = UNDATED
    updated: Dated = UNDATED
    url: str = ""  # the address it was asked for or says it has, as given
    canonical_url: str = ""  # the one address of this article, see `canonical`
    aliases: tuple[str, ...] = ()  # other addresses of the same article, canonicalised
    image_credit: str = ""
    description: str = ""
    extractor: str = ""
    extractor_version: str = ""
    charset: str = ""
    notes: tuple[
        str, ...
    ] = ()  # what the reader decided, as codes: "body_from_script", "tags_removed", "bytes_replaced"

    @property
    def byline(self) -> str:
        return ", ".join(self.authors)

    @property
    def published_at(self) -> datetime | None:
        return self.published.moment

    @property
    def published_on(self) -> date | None:
        return self.published.day

    @property
    def published_precision(self) -> Precision:
        return self.published.precision

    @property
    def updated_at(self) -> datetime | None:
        return self.updated.moment

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n")) if self.text else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One article that a feed or sitemap announces; `url` is to be fetched."""

    url: str
    guid: str = ""
    headline: str = ""
    published: Dated = UNDATED
    updated: Dated = UNDATED
    authors: tuple[str, ...] = ()
    section: str = ""
    publisher: str = ""
    language: str = ""
    summary: str = ""
    is_sitemap: bool = False  # an entry of a sitemap index: another sitemap, not an article


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed or sitemap as read: its own name, its entries in the order given, entries refused."""

    title: str = ""
    home_url: str = ""
    language: str = ""
    entries: tuple[FeedEntry, ...] = ()
    refusals: tuple[ImportRefused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing found in a document: exactly one of draft, entry and refusal.

    `position` tells a person where: "row 3", "march/brief.html", "" for the document itself.
    """

    position: str = ""
    draft: ArticleDraft | None = None
    entry: FeedEntry | None = None
    refusal: ImportRefused | None = None
    source: Document | None = None  # the bytes of a page or text inside an archive, for its snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """What a site answered: 200 with a body, or 304 with `not_modified` and an empty body."""

    url: str  # as asked
    final_url: str  # after redirects
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False
    redirects: tuple[str, ...] = ()  # every address on the way, the first and last excluded
    address: str = ""  # the IP address that was checked and connected to
    moved_permanently: bool = False  # every redirect was 301 or 308: the new address may be kept
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def as_document(self, *, fetched_at: datetime | None = None) -> Document:
        """Return the body as a document to read."""
        return Document(
            body=self.body,
            name=self.url,
            url=self.final_url,
            content_type=self.content_type,
            fetched_at=fetched_at,
        )
