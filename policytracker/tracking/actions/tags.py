"""Making, renaming and merging tags. One word is one tag, and an old address of a tag keeps working."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from policytracker.tracking.models import Follow, FormerTagAddress, Tag

from .refusals import Refused

LONGEST_LABEL = 60
MOST_TAGS = 20


class TagRefused(Refused):
    """A label cannot be a tag, or the user may not make one of it."""

    field = "tags"


class TagMerged(TagRefused):
    """The tag was merged into another meanwhile; `into` is the one to use."""

    def __init__(self, tag: Tag, into: Tag) -> None:
        super().__init__(
            _("The tag “%(old)s” was merged into “%(new)s” meanwhile. “%(new)s” stands in its place now; save again.")
            % {"old": tag.label_i18n, "new": into.label_i18n}
        )
        self.tag, self.into = tag, into


def tag_key(label: str) -> str:
    """The caseless NFC form by which labels are compared."""
    return unicodedata.normalize("NFC", " ".join(label.split())).casefold()


def tags_named(
    labels: Sequence[str], *, by: User, at: datetime, may_create: bool, shown: Mapping[str, int] | None = None
) -> list[Tag]:
    """The tags of these labels, each once, in order; missing ones are made where `may_create`.

    `shown` are the words, as keys, under which tags were offered, with their numbers: one that has another name by now
    is still found by its old one.

    Raises `TagMerged` for a tag that is no longer used, `TagRefused` for a label that cannot be a tag.
    """
    labels = _as_called_now(labels, shown or {})
    wanted = {tag_key(label): label for label in labels if label.strip()}
    if len(wanted) > MOST_TAGS:
        raise TagRefused(_("At most %(most)s tags, please.") % {"most": MOST_TAGS})
    known = {tag.key: tag for tag in Tag.objects.filter(key__in=wanted).select_related("merged_into")}
    for tag in known.values():
        if tag.merged_into is not None:
            raise TagMerged(tag, final(tag))
    missing = [label for key, label in wanted.items() if key not in known]
    if missing and not may_create:
        raise TagRefused(
            _("There is no tag “%(label)s”. Choose one of the list, or ask an editor to make it.")
            % {"label": missing[0]}
        )
    for label in missing:
        known[tag_key(label)] = create_tag(label=label, by=by, at=at)
    return [known[key] for key in wanted]


def _as_called_now(labels: Sequence[str], shown: Mapping[str, int]) -> list[str]:
    """The labels, with the present names of tags that were renamed since they were shown."""
    offered = {key: shown[key] for label in labels if (key := tag_key(label)) in shown}
    names = dict(Tag.objects.filter(pk__in=offered.values()).values_list("pk", "label")) if offered else {}
    return [names.get(offered.get(tag_key(label), 0), label) for label in labels]


def create_tag(*, label: str, by: User, at: datetime, description: str = "") -> Tag:
    """The tag of this label; the one that exists where there is one already. Raises `TagRefused`."""
    label = _usable(label)
    with transaction.atomic(), pghistory.context(user=by.pk, action="create tag"):
        tag, _is_new = Tag.objects.get_or_create(
            key=tag_key(label),
            defaults={
                "label": label,
                "slug": free_slug(label),
                "description": description,
                "created_by": by,
                "created_at": at,
            },
        )
    return tag


def rename_tag(*, tag: Tag, label: str, by: User, at: datetime) -> Tag:
    """Call the tag differently, everywhere at once; its old address leads to the new one.

    Raises `TagRefused` where another tag has that name: merge the two instead.
    """
    label = _usable(label)
    with transaction.atomic(), pghistory.context(user=by.pk, action="rename tag"):
        tag = Tag.objects.select_for_update().get(pk=tag.pk)
        double = Tag.objects.filter(key=tag_key(label)).exclude(pk=tag.pk).first()
        if double is not None:
            raise TagRefused(
                _("There is a tag “%(label)s” already; merge this one into it.") % {"label": double.label_i18n},
                field="label",
            )
        slug = free_slug(label, tag=tag)
        if slug != tag.slug:
            FormerTagAddress.objects.filter(slug=slug, tag=tag).delete()
            FormerTagAddress.objects.get_or_create(slug=tag.slug, defaults={"tag": tag})
        tag.label, tag.key, tag.slug = label, tag_key(label), slug
        tag.save(update_fields=["label", "key", "slug"])
    return tag


def merge_tags(*, tag: Tag, into: Tag, by: User, at: datetime) -> Tag:
    """Put `into` wherever `tag` stood, and let the address of `tag` lead there. Raises `TagRefused`."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="merge tags"):
        locked = {t.pk: t for t in Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")}
        tag, into = locked[tag.pk], final(locked[into.pk])
        if tag == into:
            raise TagRefused(_("A tag cannot be merged into itself."), field="into")
        if tag.merged_into_id is not None:
            raise TagRefused(_("“%(label)s” was merged already.") % {"label": tag.label_i18n}, field="into")
        _move_annotations(tag, into)
        _move_follows(tag, into)
        FormerTagAddress.objects.filter(tag=tag).update(tag=into)
        FormerTagAddress.objects.get_or_create(slug=tag.slug, defaults={"tag": into})
        Tag.objects.filter(merged_into=tag).update(merged_into=into)
        tag.merged_into = into
        tag.save(update_fields=["merged_into"])
    return into


def final(tag: Tag) -> Tag:
    """The tag that stands for this one after all mergers."""
    while tag.merged_into is not None:
        tag = tag.merged_into
    return tag


def free_slug(label: str, *, tag: Tag | None = None) -> str:
    """An address for a label that no other tag has or had."""
    base = slugify(label, allow_unicode=False)[:70] or "tag"
    own = tag.pk if tag else 0
    taken = set(Tag.objects.filter(slug__startswith=base).exclude(pk=own).values_list("slug", flat=True))
    former = FormerTagAddress.objects.filter(slug__startswith=base).exclude(tag_id=own)
    taken |= set(former.values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _usable(label: str) -> str:
    label = unicodedata.normalize("NFC", " ".join(label.split()))
    if not label:
        raise TagRefused(_("A tag needs a word."), field="label")
    if len(label) > LONGEST_LABEL:
        raise TagRefused(_("A tag has at most %(most)s characters.") % {"most": LONGEST_LABEL}, field="label")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") for sign in label):
        raise TagRefused(_("A tag cannot hold unprintable characters."), field="label")
    return label


def _move_annotations(tag: Tag, into: Tag) -> None:
    links = Tag.annotations.through.objects
    already = links.filter(tag=into).values("annotation_id")
    links.filter(tag=tag, annotation_id__in=already).delete()
    links.filter(tag=tag).update(tag=into)


def _move_follows(tag: Tag, into: Tag) -> None:
    for follow in Follow.objects.filter(tag=tag):
        double = Follow.objects.filter(tag=into, user=follow.user, subscriber=follow.subscriber)
        if double.exists():
            follow.delete()
        else:
            follow.tag = into
            follow.save(update_fields=["tag"])
