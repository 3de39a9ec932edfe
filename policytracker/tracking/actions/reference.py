"""Reference data and the parts of commitments at the desk, as drafts: officials, ministries, periods, statements …

What is public already is corrected with a note (`corrections`), or has news to tell (`offices`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from policytracker.government.actions import publish
from policytracker.government.models import Alias, FormerAddress, Initiative, Recorded, Topic
from policytracker.government.models.addresses import SUBJECTS
from policytracker.government.models.aliases import OWNERS
from policytracker.tracking.ledger import as_json
from policytracker.tracking.models import Statement
from policytracker.tracking.reading.particles import is_hangul

from .clock import acting
from .once import once
from .publishing import publish_articles
from .refusals import ChangedMeanwhile, Refused
from .rules import rules_in_words
from .tagging import release_tags

Row = TypeVar("Row", bound=Model)
LONGEST_ALIAS = 200
MOST_ALIASES = 40


class ReferenceRefused(Refused):
    """The row cannot be kept as it is."""


@dataclass(frozen=True)
class Draft:
    """What a row is to say: its columns and translations, its other names, its links to many."""

    values: Mapping[str, Any]
    aliases: Sequence[str] = ()
    links: Mapping[str, Iterable[Model]] = field(default_factory=dict)


def make_draft(*, kind: type[Row], draft: Draft, by: User, at: datetime, key: UUID | None = None) -> Row:
    """A new row that only the desk sees; a topic, which has no draft, is in use at once.

    Sent twice with one `key`, it is made once. Raises `ReferenceRefused` and `RuleBroken`.
    """

    def make() -> Row:
        row = kind()
        with acting(by=by, at=at, action=f"make {kind._meta.model_name}"):
            _fill(row, draft)
            if isinstance(row, Statement):
                row.added_by, row.added_at = by, at
            if hasattr(row, "slug"):
                row.slug = free_address(kind, _name_in(draft))
            _save(row, draft)
        return row

    return once(key=key, by=by, at=at, kind=kind, make=make)


def change_draft(*, row: Row, draft: Draft, by: User, at: datetime, seen: str = "") -> Row:
    """Correct a draft. `seen` is its `fingerprint` as the user read it.

    Raises `ReferenceRefused` where it was published meanwhile, `ChangedMeanwhile` where somebody else saved it.
    """
    with acting(by=by, at=at, action=f"change {row._meta.model_name}"):
        locked = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if isinstance(locked, Recorded) and locked.is_published:
            raise ReferenceRefused(_("This was published meanwhile. Correct it with a note."))
        if seen and seen != fingerprint(locked):
            raise ChangedMeanwhile(
                _("Somebody else saved this meanwhile. Look at what stands now, then save again."), current=locked
            )
        _fill(locked, draft)
        if isinstance(locked, Topic):
            _move_address(locked)
        _save(locked, draft)
    return locked


def _move_address(topic: Topic) -> None:
    """A topic under another name has another address; the old one leads there."""
    before = Topic.objects.get(pk=topic.pk)
    if before.label == topic.label:
        return
    own = FormerAddress.objects.filter(topic=topic)
    slug = free_address(Topic, topic.label, besides=topic)
    if slug != before.slug:
        own.filter(slug=slug).delete()
        FormerAddress.objects.create(kind="topic", slug=before.slug, topic=topic)
        topic.slug = slug


def publish_subject(*, subject: Recorded, by: User, at: datetime) -> bool:
    """Take a subject into the public record, an initiative with its tags. False where it was public already.

    Raises `DependsOnDraft` where its page would name a draft, `RuleBroken` where what it says cannot be.
    """
    with rules_in_words(), acting(by=by, at=at, action="publish"):
        is_new = publish(subject=subject, by=by, at=at)
        if isinstance(subject, Statement):
            publish_articles(article_ids=[subject.snapshot.article_id], at=at)
        if isinstance(subject, Initiative):
            release_tags(subject=subject, at=at)
    return is_new


def discard_draft(*, row: Recorded, by: User, at: datetime) -> None:
    """Take away a draft on which nothing rests. Raises `ReferenceRefused`."""
    with acting(by=by, at=at, action=f"discard {row._meta.model_name}"):
        locked = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.is_published:
            raise ReferenceRefused(_("This was published meanwhile. Correct it with a note."))
        try:
            locked.delete()
        except ProtectedError as refusal:
            raise ReferenceRefused(_("Something rests on this draft, so it stays.")) from refusal


def fingerprint(row: Model) -> str:
    """A short text that differs whenever the row or its other names do."""
    told = {field.attname: as_json(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    if told.get("i18n") is not None:
        told["i18n"] = {name: words for name, words in told["i18n"].items() if words} or None
    told["aliases"] = sorted(alias.name for alias in aliases_of(row))
    return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


def aliases_of(row: Model) -> list[Alias]:
    """The other names of a row; none for a kind that has none."""
    kind = row._meta.model_name or ""
    return list(Alias.objects.filter(**{kind: row})) if kind in OWNERS and row.pk else []


def free_address(kind: type[Model], words: str, *, besides: Model | None = None) -> str:
    """An address that no other row of this kind has or had; those of `besides` are free."""
    base = slugify(words)[:70].strip("-") or (kind._meta.model_name or "row")
    own = besides.pk if besides else None
    taken = set(kind._base_manager.filter(slug__startswith=base).exclude(pk=own).values_list("slug", flat=True))
    if kind._meta.model_name in SUBJECTS:
        name = kind._meta.model_name
        former = FormerAddress.objects.filter(kind=name, slug__startswith=base).exclude(**{name: own} if own else {})
        taken |= set(former.values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _name_in(draft: Draft) -> str:
    return str(draft.values.get("name") or draft.values.get("label") or "")


def _fill(row: Model, draft: Draft) -> None:
    for name, value in draft.values.items():
        setattr(row, name, value)


def _save(row: Model, draft: Draft) -> None:
    untold = {field.name for field in row._meta.concrete_fields} - set(draft.values)
    try:
        row.full_clean(exclude=untold, validate_constraints=False)
    except ValidationError as error:
        raise _refusal_of(error) from error
    with rules_in_words():
        row.save()
        for name, rows in draft.links.items():
            getattr(row, name).set(rows)
        if (row._meta.model_name or "") in OWNERS:
            _set_aliases(row, draft.aliases)


def _set_aliases(row: Model, names: Sequence[str]) -> None:
    kind = row._meta.model_name or ""
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if len(wanted) > MOST_ALIASES or any(len(name) > LONGEST_ALIAS for name in wanted):
        raise ReferenceRefused(
            _("At most %(most)s other names of at most %(longest)s characters, please.")
            % {"most": MOST_ALIASES, "longest": LONGEST_ALIAS},
            field="aliases",
        )
    held = {alias.name: alias for alias in aliases_of(row)}
    for name, alias in held.items():
        if name not in wanted:
            alias.delete()
    for name in wanted:
        if name not in held:
            Alias.objects.create(name=name, language="ko" if any(map(is_hangul, name)) else "", **{kind: row})


def _refusal_of(error: ValidationError) -> ReferenceRefused:
    """The first sentence of what a row's own checks say, with the field it belongs to."""
    name, sentences = next(iter(error.message_dict.items()))
    return ReferenceRefused(" ".join(sentences), field=None if name == NON_FIELD_ERRORS else name)
