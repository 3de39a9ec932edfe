"""Writing on passages, initiatives and commitments: notes, replies, edits, and putting them aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pghistory
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.models import Snapshot
from policytracker.government.models import Commitment, Initiative
from policytracker.tracking.models import Addressee, Annotation, AnnotationRevision, Tag

from .passages import passage_in
from .publishing import publish_articles
from .reattaching import reattach_annotations
from .refusals import ChangedMeanwhile, Refused

LONGEST_NOTE = 20_000  # characters
NAMED = re.compile(r"(?<![\w@/.])@([\w.+-]*\w)")

Motivation = Annotation.Motivation
Visibility = Annotation.Visibility


class NoteRefused(Refused):
    """The note cannot be kept as it is."""

    field = "body"


@dataclass(frozen=True)
class Words:
    """What a note says and to whom."""

    motivation: str = Motivation.COMMENTING
    body: str = ""
    tags: Sequence[Tag] = ()
    visibility: str = Visibility.TEAM
    about_initiative: Initiative | None = None
    about_commitment: Commitment | None = None


def annotate_passage(
    *,
    snapshot: Snapshot,
    start: int,
    end: int,
    exact: str,
    words: Words,
    by: User,
    at: datetime,
    is_released: bool = False,
    key: UUID | None = None,
) -> Annotation:
    """A note on a passage; public at once where it is meant for everyone and `is_released`.

    A passage of a snapshot that was replaced meanwhile is looked for in the new one. Sent twice with one `key`, the
    note is stored once. Raises `NoSuchPassage` where the words do not stand there, `NoteRefused` for a note that
    cannot be kept.
    """
    quote = passage_in(snapshot, start=start, end=end, exact=exact)
    target = {
        "snapshot": snapshot,
        "start": quote.start,
        "end": quote.end,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }
    with transaction.atomic():
        annotation = _store(target=target, words=words, by=by, at=at, key=key)
        if snapshot.article.current_snapshot_id not in (None, annotation.snapshot_id):
            reattach_annotations(article=snapshot.article, at=at)
            annotation.refresh_from_db()
        _release(annotation, is_released=is_released, by=by, at=at)
    return annotation


def annotate_subject(
    *,
    subject: Initiative | Commitment,
    words: Words,
    by: User,
    at: datetime,
    is_released: bool = False,
    key: UUID | None = None,
) -> Annotation:
    """A note on an initiative or a commitment. Raises `NoteRefused`."""
    if not words.body.strip():
        raise NoteRefused(_("Write something, or leave the note."))
    with transaction.atomic():
        target = {subject._meta.model_name or "": subject}
        annotation = _store(target=target, words=words, by=by, at=at, key=key)
        _release(annotation, is_released=is_released, by=by, at=at)
    return annotation


def reply(*, to: Annotation, body: str, by: User, at: datetime, key: UUID | None = None) -> Annotation:
    """An answer to a note, on the same target and for the same readers. Raises `NoteRefused`."""
    if to.deleted_at is not None:
        raise NoteRefused(_("This note was deleted meanwhile, so it cannot be answered."))
    if not body.strip():
        raise NoteRefused(_("Write something, or leave the answer."))
    root = to.parent or to
    visibility = Visibility.TEAM if root.visibility == Visibility.PUBLIC else root.visibility
    target = {name: getattr(root, name) for name in ("snapshot", "initiative", "commitment")}
    target |= {name: getattr(root, name) for name in ("start", "end", "exact", "prefix", "suffix")}
    words = Words(motivation=Motivation.REPLYING, body=body, visibility=visibility)
    return _store(target=target | {"parent": root}, words=words, by=by, at=at, key=key)


def edit_annotation(*, annotation: Annotation, words: Words, version: int, by: User, at: datetime) -> Annotation:
    """Change what a note says; how it read before is kept.

    Raises `ChangedMeanwhile` where it is no longer at `version`, `NoteRefused` for a note that cannot be kept.
    """
    _check(words)
    with transaction.atomic(), pghistory.context(user=by.pk, action="edit annotation"):
        current = Annotation.objects.select_for_update().get(pk=annotation.pk)
        if current.deleted_at is not None:
            raise NoteRefused(_("This note was deleted meanwhile."))
        if current.version != version:
            raise ChangedMeanwhile(_("This note was changed meanwhile. Both versions are below."), current=current)
        _keep_revision(current, by=by, at=at)
        current.body, current.motivation = words.body.strip(), words.motivation
        current.about_initiative, current.about_commitment = words.about_initiative, words.about_commitment
        if words.visibility != current.visibility:
            current.visibility, current.recorded_at = words.visibility, None
            current.replies.update(visibility=_for_replies(words.visibility))
        current.version += 1
        current.edited_at = at
        current.save()
        current.tags.set(words.tags)
        _address(current)
    return current


def release_annotation(*, annotation: Annotation, by: User, at: datetime) -> bool:
    """Let everyone read a note that its author meant for everyone. False where they could already.

    Raises `NoteRefused` where its author did not, or where it stands on a draft.
    """
    if annotation.visibility != Visibility.PUBLIC:
        raise NoteRefused(_("Its author did not mean this note for everyone."))
    subject = annotation.initiative or annotation.commitment
    if subject is not None and not subject.is_published:
        raise NoteRefused(_("Publish “%(name)s” first: the note stands on it.") % {"name": subject})
    with transaction.atomic(), pghistory.context(user=by.pk, action="release annotation"):
        waiting = Annotation.objects.standing().filter(pk=annotation.pk, recorded_at__isnull=True)
        is_new = bool(waiting.update(recorded_at=at))
        if annotation.snapshot is not None:
            publish_articles(article_ids=[annotation.snapshot.article_id], at=at)
    annotation.refresh_from_db(fields=["recorded_at"])
    return is_new


def resolve_annotation(*, annotation: Annotation, by: User, at: datetime) -> None:
    """Say that a note has been dealt with; it stays readable."""
    Annotation.objects.filter(pk=annotation.pk, resolved_at__isnull=True).update(resolved_at=at, resolved_by=by)


def reopen_annotation(*, annotation: Annotation, by: User, at: datetime) -> None:
    """Say that a note has not been dealt with after all."""
    Annotation.objects.filter(pk=annotation.pk).update(resolved_at=None, resolved_by=None)


def delete_annotation(*, annotation: Annotation, by: User, at: datetime) -> None:
    """Take a note away from every page; evidence made of it stays, and so does the audit trail."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="delete annotation"):
        Annotation.objects.filter(pk=annotation.pk, deleted_at__isnull=True).update(deleted_at=at, recorded_at=None)


def mark_read(*, addressees: Any, at: datetime) -> int:
    """Put notes to somebody aside; how many there were."""
    return addressees.filter(read_at__isnull=True).update(read_at=at)


def _store(*, target: dict[str, Any], words: Words, by: User, at: datetime, key: UUID | None) -> Annotation:
    _check(words)
    fields = target | {
        "motivation": words.motivation,
        "body": words.body.strip(),
        "visibility": words.visibility,
        "about_initiative": words.about_initiative,
        "about_commitment": words.about_commitment,
        "author": by,
        "created_at": at,
        "submission_key": key,
    }
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action="annotate"):
            annotation = Annotation.objects.create(**fields)
            annotation.tags.set(words.tags)
            _address(annotation)
    except IntegrityError:
        sent_before = Annotation.objects.filter(submission_key=key, author=by).first() if key else None
        if sent_before is None:
            raise
        return sent_before
    return annotation


def _release(annotation: Annotation, *, is_released: bool, by: User, at: datetime) -> None:
    if is_released and annotation.visibility == Visibility.PUBLIC:
        release_annotation(annotation=annotation, by=by, at=at)


def _check(words: Words) -> None:
    if len(words.body) > LONGEST_NOTE:
        raise NoteRefused(
            _("The note has %(length)s characters; at most %(most)s can be kept. Shorten it, or put it in a document.")
            % {"length": f"{len(words.body):,}", "most": f"{LONGEST_NOTE:,}"}
        )
    if "\x00" in words.body:
        raise NoteRefused(_("The note holds an unprintable character (NUL). Remove it."))


def _for_replies(visibility: str) -> str:
    """Answers to a public note stay inside the team."""
    return Visibility.TEAM if visibility == Visibility.PUBLIC else visibility


def _keep_revision(annotation: Annotation, *, by: User, at: datetime) -> None:
    AnnotationRevision.objects.create(
        annotation=annotation,
        version=annotation.version,
        body=annotation.body,
        motivation=annotation.motivation,
        visibility=annotation.visibility,
        tag_labels=list(annotation.tags.values_list("label", flat=True)),
        replaced_at=at,
        replaced_by=by,
    )


def _address(annotation: Annotation) -> None:
    """Tell those named in the note, and whoever it answers; nobody is told of a private note or of their own."""
    if annotation.visibility == Visibility.PRIVATE:
        return
    told: dict[int, str] = {}
    if annotation.parent is not None:
        told[annotation.parent.author_id] = Addressee.Reason.REPLY
    names = set(NAMED.findall(annotation.body))
    for user in User.objects.filter(username__in=names, is_active=True) if names else ():
        told[user.pk] = Addressee.Reason.NAMED
    told.pop(annotation.author_id, None)
    Addressee.objects.bulk_create(
        [Addressee(annotation=annotation, user_id=user_id, reason=reason) for user_id, reason in told.items()],
        ignore_conflicts=True,
    )
