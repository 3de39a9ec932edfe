"""In which form an answer is asked for: a page for readers, or one of its twins for programs."""

from django.utils.translation import gettext as _

from .keyset import SIZE as PAGE_SIZE
from .pages import PublicRequest, Refused

FORMATS = ("json", "csv")
SIZE = 1000  # rows of a page to take away; the next one has its own address


def format_asked_for(request: PublicRequest) -> str:
    """ "json", "csv", or "" for the page itself. Raises Refused for a format there is none of."""
    asked = request.GET.get("format", "")
    if asked in ("", "html"):
        return ""
    if asked not in FORMATS:
        raise Refused(_("“format” may be “json” or “csv”."))
    return asked


def size_asked_for(request: PublicRequest) -> int:
    """How many rows the answer holds: a page's for readers, a thousand for programs."""
    return SIZE if format_asked_for(request) else PAGE_SIZE
