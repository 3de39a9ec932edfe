"""What tracking does when other rooms tell something: it enqueues reading, in the same transaction."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver

from articles.signals import texts_stored
from policytracker.government.models import Alias, Initiative, Ministry, MinistryName, Official, Post
from policytracker.government.models.aliases import OWNERS
from policytracker.tracking.actions.rereading import queue_reading, queue_reading_for_name
from policytracker.tracking.actions.sources import queue_following


@receiver(texts_stored)
def read_new_texts(
    sender: Any, article_ids: list[int], at: datetime, changed_ids: list[int] | None = None, **_kwargs: Any
) -> None:
    """A new text is read for names and promises, and for the quotes of the texts before it, if there were any."""
    queue_reading(article_ids)
    earlier = article_ids if changed_ids is None else changed_ids
    if earlier:
        queue_following(earlier)


@receiver(post_save, sender=Alias)
def read_for_alias(sender: type[Model], instance: Alias, raw: bool = False, **_kwargs: Any) -> None:
    """A new or changed alias may stand in old articles."""
    if not raw:
        kind = next(owner for owner in OWNERS if getattr(instance, f"{owner}_id"))
        queue_reading_for_name(name=instance.name, kind=kind)


def _read_for_names(sender: type[Model], instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """The names of a new subject may stand in old articles."""
    if raw or not created:
        return
    kind = "ministry" if sender in (Ministry, MinistryName) else sender.__name__.lower()
    field = "label" if sender is Post else "name"
    told = {getattr(instance, field), *_translations(instance, field)}
    for name in told:
        queue_reading_for_name(name=name, kind=kind)


def _translations(instance: Any, field: str) -> list[str]:
    stored = getattr(instance, "i18n", None) or {}
    return [words for key, words in stored.items() if key.startswith(f"{field}_") and words]


for _model in (Ministry, MinistryName, Official, Post, Initiative):
    post_save.connect(_read_for_names, sender=_model, dispatch_uid=f"read for names of {_model.__name__}")
