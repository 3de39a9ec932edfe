"""Two rows that turn out to be one official, one initiative or one topic: one is kept, the other's address leads to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext as _

from policytracker.government.models import Alias, FormerAddress, Initiative, Official, Topic
from policytracker.tracking.models import Annotation, Candidate, Correction, Follow, Mention

from .clock import acting
from .corrections import correct_field, correct_fields
from .refusals import Refused


class NotTwo(Refused):
    """A row is not merged into itself, nor one that was merged already."""

    field = "into"


def merge_officials(*, official: Official, into: Official, note: str, by: User, at: datetime) -> Official:
    """Make two rows for one person one: posts, mentions, names and followers move, with a correction for each."""
    with acting(by=by, at=at, action="merge officials"):
        kept, merged = _locked(into, official)
        for held in merged.memberships.published():
            correct_field(target=held, field="official", value=kept, note=note, by=by, at=at)
        merged.memberships.drafts().update(official=kept)
        merged.identifiers.update(official=kept)
        _move(merged, kept, "official")
        _close(merged, kept, "official", note=note, by=by, at=at)
    return kept


def merge_initiatives(*, initiative: Initiative, into: Initiative, note: str, by: User, at: datetime) -> Initiative:
    """Make two rows for one policy one: commitments, events, mentions, notes, names and followers move."""
    with acting(by=by, at=at, action="merge initiatives"):
        kept, merged = _locked(into, initiative)
        for promised in merged.commitments.published():
            correct_field(target=promised, field="initiative", value=kept, note=note, by=by, at=at)
        merged.commitments.drafts().update(initiative=kept)
        for part in merged.children.published().exclude(pk=kept.pk):
            correct_field(target=part, field="parent", value=kept, note=note, by=by, at=at)
        merged.children.drafts().exclude(pk=kept.pk).update(parent=kept)
        _lift(kept, merged, note=note, by=by, at=at)
        kept.topics.add(*merged.topics.all())
        _move_events(merged, kept)
        Annotation.objects.filter(initiative=merged).update(initiative=kept)
        Annotation.objects.filter(about_initiative=merged).update(about_initiative=kept)
        Candidate.objects.filter(initiative=merged).update(initiative=kept)
        _move(merged, kept, "initiative")
        _close(merged, kept, "initiative", note=note, by=by, at=at)
    return kept


def merge_topics(*, topic: Topic, into: Topic, note: str, by: User, at: datetime) -> Topic:
    """Make two topics one: what is filed under one is filed under the other, with a correction for each."""
    with acting(by=by, at=at, action="merge topics"):
        kept, merged = _locked(into, topic)
        for filed in (*merged.commitments.all(), *merged.initiatives.all()):
            _refile(filed, merged, kept, note=note, by=by, at=at)
        if kept.parent_id == merged.pk:
            Topic.objects.filter(pk=kept.pk).update(parent=merged.parent)
        merged.children.exclude(pk=kept.pk).update(parent=kept)
        _move(merged, kept, "topic")
        FormerAddress.objects.filter(topic=merged).update(topic=kept)
        Topic.objects.filter(merged_into=merged).update(merged_into=kept)
        Topic.objects.filter(pk=merged.pk).update(merged_into=kept)
    return kept


def _refile(filed: Any, merged: Topic, kept: Topic, *, note: str, by: User, at: datetime) -> None:
    topics = {kept, *filed.topics.exclude(pk=merged.pk)}
    if filed.is_published:
        slip = Correction.Kind.TYPO  # we had one thing twice; no assessment rests on where it is filed
        correct_field(target=filed, field="topics", value=topics, note=note, kind=slip, by=by, at=at)
    else:
        filed.topics.set(topics)


def _lift(kept: Initiative, merged: Initiative, *, note: str, by: User, at: datetime) -> None:
    """A part that its whole is merged into takes the place of the whole."""
    if kept.parent_id != merged.pk:
        return
    if kept.is_published:
        correct_field(target=kept, field="parent", value=merged.parent, note=note, by=by, at=at)
    else:
        Initiative.objects.filter(pk=kept.pk).update(parent=merged.parent)


def _locked(kept: Any, merged: Any) -> tuple[Any, Any]:
    """Both rows, locked in one order so that two mergers cannot wait for each other. Raises NotTwo."""
    rows = type(kept)._base_manager.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    by_key = {row.pk: row for row in rows}
    kept, merged = by_key[kept.pk], by_key[merged.pk]
    if kept == merged:
        raise NotTwo(_("A row cannot be merged into itself."))
    if kept.merged_into_id or merged.merged_into_id:
        raise NotTwo(_("One of the two was merged already."))
    return kept, merged


def _move(merged: Any, kept: Any, kind: str) -> None:
    """Repoint what names the merged row; what the kept one has already is not doubled."""
    Alias.objects.get_or_create(name=getattr(merged, "name", None) or merged.label, **{kind: kept})
    _move_or_drop(Alias.objects.filter(**{kind: merged}), kept, kind, same=("name",))
    _move_or_drop(Mention.objects.filter(**{kind: merged}), kept, kind, same=("article", "surface"))
    _move_or_drop(Follow.objects.filter(**{kind: merged}), kept, kind, same=("user", "subscriber"))


def _move_or_drop(rows: models.QuerySet, kept: Any, kind: str, *, same: tuple[str, ...]) -> None:
    for row in rows:
        double = rows.model._default_manager.filter(**{kind: kept}, **{name: getattr(row, name) for name in same})
        if double.exists():
            row.delete()
        else:
            setattr(row, kind, kept)
            row.save(update_fields=[kind])


def _move_events(merged: Initiative, kept: Initiative) -> None:
    links = Initiative.events.through.objects
    already = links.filter(initiative=kept).values("event_id")
    links.filter(initiative=merged, event_id__in=list(already.values_list("event_id", flat=True))).delete()
    links.filter(initiative=merged).update(initiative=kept)


def _close(merged: Any, kept: Any, kind: str, *, note: str, by: User, at: datetime) -> None:
    FormerAddress.objects.filter(**{kind: merged}).update(**{kind: kept})
    for earlier in type(merged)._base_manager.filter(merged_into=merged, recorded_at__isnull=False):
        correct_field(target=earlier, field="merged_into", value=kept, note=note, by=by, at=at)
    if merged.recorded_at is None:
        type(merged)._base_manager.filter(pk=merged.pk).update(merged_into=kept)
        return
    correct_fields(target=merged, values={"merged_into": kept}, note=note, by=by, at=at)
