"""What became of an item, written on it; whoever calls saves it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
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


def save_outcomes(items: Sequence[ImportItem]) -> None:
    """Save what became of items that ended, in one statement."""
    values: dict[str, Any] = {
        "id": [item.pk for item in items],
        "outcome": [str(item.outcome) for item in items],
        "reason_code": [str(item.reason_code) for item in items],
        "reason": [item.reason for item in items],
        "detail": [json.dumps(item.detail) for item in items],
        "finished_at": [item.finished_at for item in items],
        "article_id": [item.article_id for item in items],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, values)


_SAVE = """
UPDATE articles_importitem SET outcome = ended.outcome, reason_code = ended.reason_code, reason = ended.reason,
    detail = ended.detail::jsonb, finished_at = ended.finished_at, article_id = ended.article_id,
    payload = NULL, not_before = NULL
FROM unnest(
    %(id)s::bigint[], %(outcome)s::text[], %(reason_code)s::text[], %(reason)s::text[], %(detail)s::text[],
    %(finished_at)s::timestamptz[], %(article_id)s::bigint[]
) AS ended (id, outcome, reason_code, reason, detail, finished_at, article_id)
WHERE articles_importitem.id = ended.id
"""


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
