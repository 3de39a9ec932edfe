"""What became of an item, written on it; whoever calls saves it."""

from datetime import datetime
from typing import Any

from django.utils import translation

from articles.importing.refusals import ImportRefused
from articles.models import ImportItem, Publisher
from articles.notices import sentence

from .storing import Stored

Outcome = ImportItem.Outcome
FIELDS = ("outcome", "reason_code", "reason", "detail", "finished_at", "not_before", "article", "payload")


def settle(item: ImportItem, stored: Stored, *, at: datetime) -> None:
    """Set what became of an item whose article was stored. Its bytes are in the snapshot now."""
    item.outcome, item.article = stored.outcome, stored.article
    item.detail = {**item.detail, **stored.detail}
    item.finished_at, item.payload = at, None
    tell(item, stored.notice, stored.detail)


def mark_failed(item: ImportItem, refusal: ImportRefused, *, at: datetime) -> None:
    """Set that an item failed, and why. Its bytes stay, so that it can be tried again."""
    item.outcome, item.finished_at = Outcome.FAILED, at
    item.detail = {**item.detail, "refusal": storable(refusal.details)}
    tell(item, refusal.code, refusal.details)


def tell(item: ImportItem, code: str, details: dict[str, Any]) -> None:
    """Set reason and code; the stored sentence is English, pages tell it anew in the reader's language."""
    with translation.override("en"):
        item.reason_code, item.reason = code, storable(sentence(code, details))


def storable(value: Any) -> Any:
    """Return a value whose words the database can hold: NUL and half characters become a mark."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(key): storable(each) for key, each in value.items()}
    return [storable(each) for each in value] if isinstance(value, list | tuple) else value


def given_publisher(item: ImportItem) -> Publisher | None:
    """Return the publisher named with the import, for drafts that do not say theirs."""
    chosen = item.batch.options.get("publisher")
    return Publisher.objects.filter(pk=chosen).first() if chosen else None
