"""Why something was not imported: a code for programs, a sentence a person can act on.

A refusal carries plain values only, so it can be stored as code and details and be told later in
the reader's language: `sentence(code, details)`.
"""

from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def gettext_noop(text: str) -> str:
    """Mark words to be translated where they are told. Django's own asks for settings, which the reading child has none of."""
    return text


class Reason(StrEnum):
    """Every reason for which an item can end as failed. The values are stored: do not rename."""

    # the address
    ADDRESS_INVALID = "address_invalid"
    SCHEME_REFUSED = "scheme_refused"
    PORT_REFUSED = "port_refused"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    OWN_SITE = "own_site"
    NAME_NOT_FOUND = "name_not_found"
    # the exchange
    NOT_FOUND = "not_found"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    UNEXPECTED_STATUS = "unexpected_status"
    TIMED_OUT = "timed_out"
    NOT_REACHED = "not_reached"
    TLS_FAILED = "tls_failed"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REDIRECT_REFUSED = "redirect_refused"
    ROBOTS_FORBID = "robots_forbid"
    ANSWER_BROKEN = "answer_broken"
    ENCODING_REFUSED = "encoding_refused"
    BROKEN_GZIP = "broken_gzip"
    TOO_LARGE = "too_large"
    EMPTY_ANSWER = "empty_answer"
    # files on this machine
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FOLDER_EMPTY = "folder_empty"
    # any document
    EMPTY = "empty"
    KIND_UNKNOWN = "kind_unknown"
    NOT_HTML = "not_html"
    WRONG_CHARSET = "wrong_charset"
    NUL_BYTES = "nul_bytes"
    TOO_SLOW = "too_slow"
    TOO_HUNGRY = "too_hungry"
    READER_FAILED = "reader_failed"
    # pages, texts, PDF
    NO_TEXT = "no_text"
    SCRIPT_ONLY = "script_only"
    PAYWALL = "paywall"
    CONSENT_WALL = "consent_wall"
    ERROR_PAGE = "error_page"
    NO_HEADLINE = "no_headline"
    NO_DATE = "no_date"
    TEXT_TOO_LONG = "text_too_long"
    PDF_WITHOUT_TEXT = "pdf_without_text"
    PDF_ENCRYPTED = "pdf_encrypted"
    PDF_BROKEN = "pdf_broken"
    # feeds
    FEED_BROKEN = "feed_broken"
    FEED_DOCTYPE = "feed_doctype"
    FEED_EMPTY = "feed_empty"
    NOT_A_FEED = "not_a_feed"
    LIST_TOO_DEEP = "list_too_deep"
    ENTRY_WITHOUT_LINK = "entry_without_link"
    # tables
    NO_ROWS = "no_rows"
    TABLE_BROKEN = "table_broken"
    COLUMN_MISSING = "column_missing"
    COLUMN_DOUBLED = "column_doubled"
    COLUMN_COUNT = "column_count"
    CELL_EMPTY = "cell_empty"
    CELL_TOO_LONG = "cell_too_long"
    CELL_CONTROL = "cell_control"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    URL_UNREADABLE = "url_unreadable"
    JSON_BROKEN = "json_broken"
    JSON_NOT_OBJECT = "json_not_object"
    JSON_KEY_DOUBLED = "json_key_doubled"
    JSON_NUMBER = "json_number"
    JSON_TOO_DEEP = "json_too_deep"
    VALUE_NOT_TEXT = "value_not_text"
    ROW_WITHOUT_CONTENT = "row_without_content"
    TOO_MANY_ROWS = "too_many_rows"
    # archives
    ARCHIVE_BROKEN = "archive_broken"
    ARCHIVE_ENCRYPTED = "archive_encrypted"
    ARCHIVE_BOMB = "archive_bomb"
    ARCHIVE_TOO_MANY = "archive_too_many"
    ARCHIVE_NAME = "archive_name"
    ARCHIVE_NESTED = "archive_nested"
    ARCHIVE_LINK = "archive_link"
    ARCHIVE_DOUBLED = "archive_doubled"
    ARCHIVE_EMPTY = "archive_empty"


SENTENCES: dict[str, Promise] = {
    Reason.ADDRESS_INVALID: _("This is not a web address we can use: %(detail)s."),
    Reason.SCHEME_REFUSED: _("Only http and https addresses can be imported, not “%(scheme)s”."),
    Reason.PORT_REFUSED: _("Only the usual web ports 80 and 443 are used, not %(port)s."),
    Reason.ADDRESS_NOT_ALLOWED: _(
        "Address not allowed: %(host)s leads to a private or reserved network. Import a saved copy instead."
    ),
    Reason.OWN_SITE: _("This address is on this very site; give the address of the original article."),
    Reason.NAME_NOT_FOUND: _("No site of the name %(host)s was found; check the spelling, or try again later."),
    Reason.NOT_FOUND: _("The site answered %(status)s, no such page: check the address, or search the site for it."),
    Reason.GONE: _("The site answered %(status)s, page removed: if you have a saved copy, import that."),
    Reason.FORBIDDEN: _("The site answered %(status)s: open it in your browser and import the saved page."),
    Reason.TOO_MANY_REQUESTS: _("The site answered %(status)s, too many requests: try again later."),
    Reason.SERVER_ERROR: _("The site answered %(status)s, a fault on its side: try again later."),
    Reason.UNEXPECTED_STATUS: _("The site answered %(status)s, which we cannot use: open the address in your browser."),
    Reason.TIMED_OUT: _("The site did not answer in full within %(seconds)s seconds: try again later."),
    Reason.NOT_REACHED: _("The site could not be reached (%(detail)s): try again later."),
    Reason.TLS_FAILED: _(
        "No secure connection to the site (%(detail)s): open it in your browser and import the saved page."
    ),
    Reason.REDIRECT_LOOP: _("The site redirects in a circle: open the address in your browser and copy where it ends."),
    Reason.TOO_MANY_REDIRECTS: _("The site redirects more than %(limit)s times: give the address where it ends."),
    Reason.REDIRECT_REFUSED: _("The site redirects to %(target)s, which we cannot follow: %(detail)s."),
    Reason.ROBOTS_FORBID: _("The site asks programs not to fetch this page: import a saved copy."),
    Reason.ANSWER_BROKEN: _("The site's answer breaks off or is not valid HTTP (%(detail)s): try again later."),
    Reason.ENCODING_REFUSED: _("The site's answer is compressed as “%(encoding)s”, which we do not accept."),
    Reason.BROKEN_GZIP: _("The compressed data is damaged or cut off: fetch or save it again."),
    Reason.TOO_LARGE: _("Larger than the limit of %(limit)s: import the article alone, as text or saved page."),
    Reason.EMPTY_ANSWER: _("The site answered with an empty page: open it in your browser and save it."),
    Reason.FILE_MISSING: _("There is no file or folder of this name."),
    Reason.FILE_UNREADABLE: _("The file cannot be read (%(detail)s)."),
    Reason.FOLDER_EMPTY: _("There are no files in the folder."),
    Reason.EMPTY: _("There is nothing in it."),
    Reason.KIND_UNKNOWN: _(
        "This is %(kind)s, not a page, text, PDF, feed, CSV, JSON Lines, ZIP or WARC file: convert it first."
    ),
    Reason.NOT_HTML: _("The address answers with %(kind)s, not with a page or a document we can read."),
    Reason.WRONG_CHARSET: _(
        "The text cannot be read in any likely encoding; byte %(byte)s is the first that fits none. "
        "Save the file as UTF-8 and import it again."
    ),
    Reason.NUL_BYTES: _("There are NUL characters in it (the first at %(offset)s): the file is damaged or not a text."),
    Reason.TOO_SLOW: _("Reading it took more than %(seconds)s seconds and was stopped; import its text as plain text."),
    Reason.TOO_HUNGRY: _("Reading it took more memory than allowed and was stopped; import its text as plain text."),
    Reason.READER_FAILED: _("The reader failed on this document (%(detail)s); import its text as plain text."),
    Reason.NO_TEXT: _("No article text was found on the page: import the text as plain text."),
    Reason.SCRIPT_ONLY: _(
        "The page builds its text by script: open it in your browser, save the page as shown, and import that."
    ),
    Reason.PAYWALL: _(
        "Only the beginning of the article is shown, the rest is for subscribers: "
        "sign in with your browser and import the saved page."
    ),
    Reason.CONSENT_WALL: _(
        "The site shows a consent or sign-in page instead of the article: "
        "open it in your browser and import the saved page."
    ),
    Reason.ERROR_PAGE: _("The page says that the article does not exist: check the address."),
    Reason.NO_HEADLINE: _("No headline was found: add one as the first line of the text."),
    Reason.NO_DATE: _(
        "No date was found in the text: add a line such as “Date: 2023-01-27”, or give the date with the import."
    ),
    Reason.TEXT_TOO_LONG: _("The text has %(length)s characters, more than the limit of %(limit)s: split it."),
    Reason.PDF_WITHOUT_TEXT: _("The PDF holds page images without text: run text recognition or replace the file."),
    Reason.PDF_ENCRYPTED: _("The PDF is locked with a password: save an unlocked copy and import that."),
    Reason.PDF_BROKEN: _("The PDF is damaged (%(detail)s): save it again from a viewer."),
    Reason.FEED_BROKEN: _("The feed is not well-formed XML (%(detail)s)."),
    Reason.FEED_DOCTYPE: _("The feed declares a document type or entities, which are refused."),
    Reason.FEED_EMPTY: _("The feed has no entries."),
    Reason.NOT_A_FEED: _("This is %(kind)s, not a feed or sitemap: look for the site's feed address."),
    Reason.LIST_TOO_DEEP: _(
        "A list inside lists, deeper than %(limit)s levels: give the address of this one by itself."
    ),
    Reason.ENTRY_WITHOUT_LINK: _("The entry “%(title)s” has no usable link."),
    Reason.NO_ROWS: _("The file has no rows."),
    Reason.TABLE_BROKEN: _("the table is not well-formed: %(detail)s."),
    Reason.COLUMN_MISSING: _("the column for “%(field)s” is missing; there are: %(columns)s."),
    Reason.COLUMN_DOUBLED: _("the column name “%(name)s” stands there twice; rename one."),
    Reason.COLUMN_COUNT: _("%(found)s cells where the header has %(expected)s: a stray or missing separator?"),
    Reason.CELL_EMPTY: _("there is nothing in “%(field)s”, which every row needs."),
    Reason.CELL_TOO_LONG: _("%(length)s characters, more than the limit of %(limit)s."),
    Reason.CELL_CONTROL: _("an unprintable character (%(character)s); remove it."),
    Reason.DATE_UNREADABLE: _(
        "“%(value)s” is not a date; expected something like 2023-01-27 or 2023-01-27T16:14+09:00."
    ),
    Reason.DATE_IMPOSSIBLE: _("“%(value)s” is not a possible date (%(detail)s)."),
    Reason.URL_UNREADABLE: _("“%(value)s” is not a web address (%(detail)s)."),
    Reason.JSON_BROKEN: _("not valid JSON: %(detail)s."),
    Reason.JSON_NOT_OBJECT: _("expected one JSON object in braces, found %(found)s."),
    Reason.JSON_KEY_DOUBLED: _("the key “%(key)s” stands there twice; keep one."),
    Reason.JSON_NUMBER: _("the number %(value)s cannot be kept; write it as text."),
    Reason.JSON_TOO_DEEP: _("the JSON is nested deeper than %(limit)s levels."),
    Reason.VALUE_NOT_TEXT: _("expected text, found %(found)s."),
    Reason.ROW_WITHOUT_CONTENT: _("neither an address nor a text with a headline: nothing to import."),
    Reason.TOO_MANY_ROWS: _("more than %(limit)s rows: split the file."),
    Reason.ARCHIVE_BROKEN: _("The archive is damaged (%(detail)s): pack it again."),
    Reason.ARCHIVE_ENCRYPTED: _("“%(name)s” is encrypted: pack it again without a password."),
    Reason.ARCHIVE_BOMB: _("“%(name)s” unpacks to more than the limit of %(limit)s."),
    Reason.ARCHIVE_TOO_MANY: _("The archive has %(count)s entries, more than the limit of %(limit)s: split it."),
    Reason.ARCHIVE_NAME: _("“%(name)s” is not an acceptable file name inside an archive (%(detail)s)."),
    Reason.ARCHIVE_NESTED: _("“%(name)s” is an archive inside an archive: unpack it and import what is in it."),
    Reason.ARCHIVE_LINK: _("“%(name)s” is a link or device, not a file."),
    Reason.ARCHIVE_DOUBLED: _("“%(name)s” is in the archive twice; only the first was read."),
    Reason.ARCHIVE_EMPTY: _("There are no files in the archive."),
}

# What kinds of documents are called, and words of readers that stand in details: told in the reader's language, too.
KINDS = {
    "page": gettext_noop("a page"),
    "one_file": gettext_noop("a saved page"),
    "text": gettext_noop("a text"),
    "pdf": gettext_noop("a PDF document"),
    "feed": gettext_noop("a feed"),
    "sitemap": gettext_noop("a sitemap"),
    "csv": gettext_noop("a CSV table"),
    "json_lines": gettext_noop("a file of JSON Lines"),
    "json": gettext_noop("a JSON document"),
    "addresses": gettext_noop("a list of addresses"),
    "zip": gettext_noop("a ZIP archive"),
    "warc": gettext_noop("a web archive"),
}
WORDS = (
    gettext_noop("JSON of another kind"),
    gettext_noop("a file of binary data"),
    gettext_noop("an image, sound or film"),
    gettext_noop("an XML document that is no feed"),
    gettext_noop("a PNG image"),
    gettext_noop("a JPEG image"),
    gettext_noop("a GIF image"),
    gettext_noop("a program"),
    gettext_noop("an Office document"),
    gettext_noop("an old Office or HWP document"),
    gettext_noop("an HWP document"),
    gettext_noop("an HWPX document"),
    gettext_noop("an OpenDocument file"),
    gettext_noop("an RTF document"),
    gettext_noop("an e-book"),
    gettext_noop("a Safari web archive"),
    gettext_noop("a RAR archive"),
    gettext_noop("a 7-Zip archive"),
    gettext_noop("too long"),
    gettext_noop("it contains a backslash or control character"),
    gettext_noop("expected https:// and a site name"),
    gettext_noop("the redirect is not an address"),
    gettext_noop("a name or password before the site name"),
    gettext_noop("brackets in the site name"),
    gettext_noop("the port is not a number"),
    gettext_noop("not a site name"),
    gettext_noop("only http and https"),
    gettext_noop("only ports 80 and 443"),
    gettext_noop("a private or reserved address"),
    gettext_noop("it names no address"),
    gettext_noop("its name could not be looked up"),
    gettext_noop("its directory is missing, the file may be cut off"),
    gettext_noop("control characters"),
    gettext_noop("an absolute path"),
    gettext_noop("it leads out of the archive"),
    gettext_noop("a quotation mark is opened here and never closed"),
    gettext_noop("a quotation mark inside a quoted cell is not doubled"),
    gettext_noop("something follows after its end"),
    gettext_noop("the clocks skipped that hour"),
    gettext_noop("its process did not start"),
    gettext_noop("its parts lie too deep in each other"),
    gettext_noop("an object"),
    gettext_noop("a list"),
    gettext_noop("text"),
    gettext_noop("true or false"),
    gettext_noop("null"),
    gettext_noop("a number"),
)
_TOLD = ("kind", "detail", "found")

# Worth trying again without anybody doing anything.
PASSING = frozenset(
    {
        Reason.TOO_MANY_REQUESTS,
        Reason.SERVER_ERROR,
        Reason.TIMED_OUT,
        Reason.NOT_REACHED,
        Reason.ANSWER_BROKEN,
    }
)


class ImportRefused(Exception):
    """Something was not imported, and why. `details` holds plain values only."""

    def __init__(self, reason: Reason, **details: str | float) -> None:
        super().__init__(reason, details)
        self.reason = Reason(reason)
        self.details: dict[str, Any] = details

    @property
    def code(self) -> str:
        return self.reason.value

    @property
    def is_passing(self) -> bool:
        """Is it worth trying again by itself?"""
        return self.reason in PASSING

    @property
    def retry_after(self) -> float | None:
        """Seconds the site asked us to wait, if it did."""
        return self.details.get("retry_after")

    def at(self, **place: str | int) -> "ImportRefused":
        """Return the same refusal with the place it happened at: line, row, column, name."""
        return type(self)(self.reason, **{**self.details, **place})

    def __str__(self) -> str:
        return sentence(self.code, self.details)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ImportRefused) and (self.code, self.details) == (other.code, other.details)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.details.items()))))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.code, self.details)


class FetchRefused(ImportRefused):
    """The gate did not fetch an address, or the site did not give it."""


class DocumentRefused(ImportRefused):
    """A reader could make nothing of a document."""


class RowRefused(ImportRefused):
    """One row of a table was not taken; the others go on."""


def _rebuild(kind: type[ImportRefused], code: str, details: dict[str, Any]) -> ImportRefused:
    return kind(Reason(code), **details)


def sentence(code: str, details: dict[str, Any]) -> str:
    """Return the reason as a sentence in the language that is active now.

    A code that a newer release stored, or details an older one left out, still give a sentence.
    """
    try:
        text = str(SENTENCES[Reason(code)]) % _Shown(details)
    except ValueError:
        text = gettext("Not imported (%(code)s).") % {"code": code}
    place = _place(details)
    return f"{place}: {text}" if place else text[:1].upper() + text[1:]


def _place(details: dict[str, Any]) -> str:
    """Say where in a file: "line 3, column “date”"."""
    parts = []
    if "line" in details:
        parts.append(gettext("line %(line)s") % {"line": details["line"]})
    if "row" in details:
        parts.append(gettext("row %(row)s") % {"row": details["row"]})
    if "column" in details:
        parts.append(gettext("column “%(column)s”") % {"column": details["column"]})
    joined = ", ".join(parts)
    return joined[:1].upper() + joined[1:]


class _Shown(dict):
    """Details for a sentence: a missing one shows as an ellipsis, a long one is cut."""

    def __missing__(self, key: str) -> str:
        return "…"

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if key in _TOLD and isinstance(value, str) and value:
            value = gettext(KINDS.get(value, value))
        return f"{value[:120]}…" if isinstance(value, str) and len(value) > 121 else value
