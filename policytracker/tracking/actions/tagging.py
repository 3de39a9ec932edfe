"""Tags on initiatives and commitments: one note without words on each, which holds them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from policytracker.government.models import Commitment, Initiative
from policytracker.tracking.models import Annotation, Tag


def tag_subject(
    *,
    subject: Initiative | Commitment,
    tags: Sequence[Tag],
    by: User,
    at: datetime,
    shown: Iterable[int] | None = None,
) -> None:
    """Let the subject have these tags and no others. They are public as soon as the subject is.

    `shown` are the numbers of those that whoever chose saw there: what somebody else added or took away meanwhile
    stays added or away.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="tag"):
        type(subject)._base_manager.select_for_update().get(pk=subject.pk)
        held = tagging_of(subject).first()
        if held is None and not tags:
            return
        if held is None:
            held = Annotation.objects.create(
                **{subject._meta.model_name or "": subject},
                motivation=Annotation.Motivation.TAGGING,
                visibility=Annotation.Visibility.PUBLIC,
                author=by,
                created_at=at,
                recorded_at=at if subject.is_published else None,
            )
        if shown is None:
            held.tags.set(tags)
            return
        seen, chosen = set(shown), {tag.pk for tag in tags}
        held.tags.remove(*(seen - chosen))
        held.tags.add(*(chosen - seen))


def tags_of(subject: Initiative | Commitment) -> list[Tag]:
    """The tags that a subject has."""
    return list(Tag.objects.filter(annotations__in=tagging_of(subject)).distinct())


def release_tags(*, subject: Initiative | Commitment, at: datetime) -> None:
    """Let visitors see a subject's tags, now that they see the subject."""
    tagging_of(subject).filter(recorded_at__isnull=True).update(recorded_at=at)


def tagging_of(subject: Initiative | Commitment) -> QuerySet[Annotation]:
    """The note that holds a subject's tags."""
    return Annotation.objects.standing().filter(
        **{subject._meta.model_name or "": subject}, motivation=Annotation.Motivation.TAGGING
    )
