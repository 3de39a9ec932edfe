"""The notes on an article as the reading desk shows them: plain values, because a long article has hundreds."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from policytracker.tracking.models import Annotation


@dataclass(slots=True)
class Named:
    """A row that a note names: where it is found, and what it is called."""

    slug: str
    name: str


@dataclass(slots=True)
class Note:
    """A note, or an answer to one."""

    pk: int
    uuid: UUID
    snapshot_id: int
    start: int
    end: int
    exact: str
    body: str
    motivation: str
    visibility: str
    resolved_at: datetime | None
    edited_at: datetime | None
    created_at: datetime
    parent_id: int | None
    stance: str | None
    writer: str
    commitment: Named | None
    initiative: Named | None
    tags: list[Named] = field(default_factory=list)


def notes_on(article_id: int, user: Any) -> list[Note]:
    """The notes on an article that a user may read, answers included, in the text's order: two queries."""
    language = get_language() or ""
    tags: defaultdict[int, list[Named]] = defaultdict(list)
    for annotation_id, slug, label, translations in Annotation.objects.tags_of_reading_desk(article_id):
        tags[annotation_id].append(Named(slug, _translated(label, translations, f"label_{language}")))
    return [_note(row, tags, language) for row in Annotation.objects.rows_of_reading_desk(article_id, user)]


def _note(row: tuple[Any, ...], tags: dict[int, list[Named]], language: str) -> Note:
    (*plain, first, last, username, c_slug, c_name, c_more, i_slug, i_name, i_more) = row
    writer = f"{first} {last}".strip() or username
    commitment = Named(c_slug, _translated(c_name, c_more, f"statement_{language}")) if c_slug else None
    initiative = Named(i_slug, _translated(i_name, i_more, f"name_{language}")) if i_slug else None
    values: tuple[Any, ...] = (*plain, writer, commitment, initiative, tags.get(plain[0], []))
    return Note(*values)


def _translated(words: str, translations: dict[str, str] | None, field_name: str) -> str:
    return (translations and translations.get(field_name)) or words
