"""Checking that words stand where somebody says they stand."""

from django.utils.translation import gettext as _

from articles.models import Snapshot
from policytracker.tracking.anchors import Quote, quote_at

from .refusals import Refused

LONGEST_QUOTE = 5_000  # code points; a passage is evidence, not the article


class NoSuchPassage(Refused):
    """The quote does not stand at its offsets in the snapshot."""


def passage_in(snapshot: Snapshot, *, start: int, end: int, exact: str) -> Quote:
    """The passage of `snapshot` from `start` to `end` (code points), whose words must be `exact`.

    Raises `NoSuchPassage`.
    """
    try:
        quote = quote_at(snapshot.text, start, end)
    except ValueError:
        raise NoSuchPassage(_("The text has no such passage. Select the words again.")) from None
    if quote.exact != exact:
        raise NoSuchPassage(
            _("These words do not stand at that place in the stored text. Select them again; your note is still here.")
        )
    if not exact.strip():
        raise NoSuchPassage(_("Only blank space is selected. Select some words."))
    if len(exact) > LONGEST_QUOTE:
        raise NoSuchPassage(
            _("The passage has %(length)s characters; select at most %(most)s.")
            % {"length": len(exact), "most": LONGEST_QUOTE}
        )
    return quote
