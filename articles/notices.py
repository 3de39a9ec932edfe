"""What an import says about an item that did not fail: a code and details to store, a sentence to read.

The counterpart of `importing.refusals`, for outcomes that are no fault.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.importing import refusals
from articles.models import Article


class Notice(StrEnum):
    """What happened to an item, beyond its outcome. The values are stored: do not rename."""

    TEXT_CHANGED = "text_changed"
    DETAILS_CHANGED = "details_changed"
    CORRECTION_KEPT = "correction_kept"
    ONE_STORY = "one_story"
    SAME_ARTICLE = "same_article"
    WAITING = "waiting"
    OPENED = "opened"
    CANCELLED = "cancelled"
    NOTHING_NEW = "nothing_new"


SENTENCES: dict[str, Promise] = {
    Notice.TEXT_CHANGED: _("The text changed: %(added)s words added, %(removed)s removed."),
    Notice.DETAILS_CHANGED: _("Its details changed: %(fields)s."),
    Notice.CORRECTION_KEPT: _("Your corrections were kept although the source says otherwise: %(fields)s."),
    Notice.ONE_STORY: _(
        "%(percent)s% the same as “%(headline)s” (%(date)s): stored, and counted as one story with it."
    ),
    Notice.SAME_ARTICLE: _(
        "The same article as “%(headline)s” (%(date)s), found at another place: nothing new stored."
    ),
    Notice.WAITING: _("Waiting until %(until)s: %(why)s"),
    Notice.OPENED: _("%(count)s items found in it."),
    Notice.CANCELLED: _("Stopped before it was read."),
    Notice.NOTHING_NEW: _("The site says that nothing changed."),
}


# What a reader decided about a text, by the code it left on the draft.
REMARKS: dict[str, Promise] = {
    "bytes_replaced": _("Some bytes were no letters and stand as “�”: compare the text with its source."),
    "tags_removed": _("The text held HTML tags; they were left out."),
    "body_from_json_ld": _("The page shows no text; it was taken from the data for search engines."),
    "body_from_script": _("The page shows no text; it was taken from the data in its scripts."),
}


def sentence(code: str, details: dict[str, Any]) -> str:
    """Return what happened in sentences of the language that is active now; "" where there is nothing to say."""
    remarks = [str(REMARKS[note]) for note in details.get("notes", ()) if note in REMARKS]
    return " ".join(filter(None, [_happened(code, details), *remarks]))


def _happened(code: str, details: dict[str, Any]) -> str:
    if not code:
        return ""
    template = SENTENCES.get(code)
    if template is None:
        return refusals.sentence(code, details)
    return _filled(str(template), details)


def _filled(template: str, details: dict[str, Any]) -> str:
    """Fill the names in; what an older release did not store shows as an ellipsis."""
    details = details | _waiting(details)
    text = template
    for name in ("added", "removed", "fields", "percent", "headline", "date", "until", "why", "count"):
        text = text.replace(f"%({name})s", _shown(details.get(name, "…")))
    return text


def _waiting(details: dict[str, Any]) -> dict[str, str]:
    """Return until when and why an item waits, in words of the reader."""
    told: dict[str, str] = {}
    if isinstance(details.get("until"), str):
        until = datetime.fromisoformat(details["until"]).astimezone(UTC)
        told["until"] = f"{date_format(until, 'DATETIME_FORMAT')} UTC"
    if "why_code" in details:
        told["why"] = refusals.sentence(details["why_code"], details.get("why_details", {}))
    return told


def _shown(value: Any) -> str:
    return ", ".join(_label(each) for each in value) if isinstance(value, list) else str(value)


def _label(name: str) -> str:
    """Return what people call a field of an article."""
    try:
        found = Article._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(found, "verbose_name", name))
