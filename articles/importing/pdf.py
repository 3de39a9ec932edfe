"""A PDF with text to an article: the biggest words of the first page are the headline. Pure."""

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import tzinfo
from importlib.metadata import version

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from articles.importing.decoding import to_nfc
from articles.importing.documents import ArticleDraft, Document
from articles.importing.plaintext import read_copied
from articles.importing.refusals import DocumentRefused, Reason
from articles.importing.unpacking import shown_size

EXTRACTOR, VERSION = "pypdf", version("pypdf")
MAX_BYTES = 20_000_000
MAX_PAGES = 300
_FEWEST_LETTERS = 40
_SENTENCE_END = re.compile(r"[.!?…。:;”\"')\]]\s*\Z")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class _Pages:
    """The lines of each page, and the headline if the first page has one in larger type."""

    lines: list[list[str]]
    headline: str


def read_pdf(document: Document, *, zone: tzinfo | None = None) -> ArticleDraft:
    """Return the article of a PDF; raise DocumentRefused when it is locked, damaged or without text."""
    if len(document.body) > MAX_BYTES:
        raise DocumentRefused(Reason.TOO_LARGE, limit=shown_size(MAX_BYTES))
    pages = _pages(document.body)
    lines = _without_running_heads(pages.lines)
    text = "\n".join(_paragraphs(lines))
    if len(re.findall(r"[^\W\d_]", text)) < _FEWEST_LETTERS:
        raise DocumentRefused(Reason.PDF_WITHOUT_TEXT)
    head = f"Title: {pages.headline}\n\n" if pages.headline else ""
    draft = read_copied(head + text, url=document.url, zone=zone)
    return replace(draft, extractor=EXTRACTOR, extractor_version=VERSION)


def _pages(body: bytes) -> _Pages:
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentRefused(Reason.PDF_ENCRYPTED)
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise DocumentRefused(Reason.TOO_LARGE, limit=f"{MAX_PAGES} pages")
        sized: list[tuple[float, str]] = []
        lines = [_page_lines(page, sized if number == 0 else None) for number, page in enumerate(reader.pages)]
    except DocumentRefused:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, AssertionError) as error:
        raise DocumentRefused(Reason.PDF_BROKEN, detail=_told(error)) from None
    except (NotImplementedError, ImportError) as error:
        raise DocumentRefused(Reason.PDF_ENCRYPTED, detail=_told(error)) from None
    return _Pages(lines, _largest(sized))


def _page_lines(page: PageObject, sized: list[tuple[float, str]] | None) -> list[str]:
    def note(text: str, _cm: list[float], tm: list[float], _font: object, size: float | None) -> None:
        if sized is not None and text.strip():
            sized.append((round(abs(float(size or 0) * float(tm[3] or 1)), 1), text))

    text = page.extract_text(visitor_text=note)
    return [" ".join(line.split()) for line in to_nfc(text.replace("\x00", "")).split("\n")]


def _largest(sized: list[tuple[float, str]]) -> str:
    """Return the words in the largest type, if they are clearly larger and few enough for a headline."""
    if not sized:
        return ""
    usual: Counter[float] = Counter()
    for size, text in sized:
        usual[size] += len(text)
    common = usual.most_common(1)[0][0]
    largest = max(size for size, _text in sized)
    headline = to_nfc(
        " ".join("".join(text if text.endswith(" ") else f"{text} " for size, text in sized if size == largest).split())
    )
    return headline if largest > common * 1.15 and 8 <= len(headline) <= 200 else ""


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """Drop page numbers, and lines that stand at the top or bottom of most pages."""
    edges = Counter(line for page in pages for line in {*_edge(page)})
    often = {line for line, count in edges.items() if len(pages) > 2 and count * 2 > len(pages)}
    return [
        line
        for page in pages
        for line in page
        if line not in often
        and not re.fullmatch(r"[-–—\s]*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—\s]*", line, re.IGNORECASE)
    ]


def _edge(page: list[str]) -> list[str]:
    lines = [line for line in page if line]
    return lines[:2] + lines[-2:]


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines that the page's width broke."""
    widest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
        elif is_open and paragraphs:
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        if line:
            is_open = len(line) * 10 >= widest * 7 and not _SENTENCE_END.search(line)
    return paragraphs


def _joined(start: str, rest: str) -> str:
    if start.endswith("-") and rest[:1].islower():
        return start[:-1] + rest
    return f"{start} {rest}"


def _told(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:120] or type(error).__name__
