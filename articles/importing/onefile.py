"""Pages that a browser saved into one file (MHTML) to the page inside. Pure.

Pictures and styles lie beside the page in it, and are left where they are.
"""

from dataclasses import replace
from datetime import tzinfo
from email.message import Message
from email.parser import BytesParser

from articles.importing.documents import ArticleDraft, Document
from articles.importing.pages import read_page
from articles.importing.refusals import DocumentRefused, Reason


def read_one_file(document: Document, *, zone: tzinfo | None = None) -> ArticleDraft:
    """Return the article on the page in the file; raise DocumentRefused when there is none, and say why."""
    return read_page(page_within(document), zone=zone)


def page_within(document: Document) -> Document:
    """Return the page the browser showed, under the address it showed it at; raise DocumentRefused if there is none."""
    try:
        message = BytesParser().parsebytes(document.body)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    except RecursionError:
        raise DocumentRefused(Reason.READER_FAILED, detail="its parts lie too deep in each other") from None
    body = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(body, bytes) or not body.strip():
        raise DocumentRefused(Reason.NO_TEXT)
    address = _said(message, "Snapshot-Content-Location") or _said(page, "Content-Location")
    is_web = address.startswith(("http://", "https://"))
    return replace(
        document, body=body, url=document.url or (address if is_web else ""), content_type=_said(page, "Content-Type")
    )


def _said(message: Message, name: str) -> str:
    """Return a header as one line of text; "" without it."""
    return "".join(str(message.get(name) or "").split()) if "Location" in name else str(message.get(name) or "")
