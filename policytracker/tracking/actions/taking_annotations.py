"""Taking annotations from another program: each once, on the words that it quotes, or with a reason why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Snapshot
from policytracker.tracking.anchors import Quote, find_again
from policytracker.tracking.models import Annotation, Tag
from policytracker.tracking.web_annotations import Given, NotAnAnnotation, given_in

from .annotations import Words, annotate_passage
from .refusals import Refused


@dataclass
class Taken:
    """What became of each entry: how many were new or known, and why the others were not taken."""

    created: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


def take_annotations(
    *, entries: Sequence[Any], snapshot: Snapshot, tags_of: Callable[[Sequence[str]], list[Tag]], by: User, at: datetime
) -> Taken:
    """Store entries of a Web Annotation page as the user's notes, for the team; the same entry again is unchanged."""
    taken = Taken()
    for number, entry in enumerate(entries, 1):
        try:
            with transaction.atomic():
                is_new = _take(given_in(entry), snapshot, tags_of, by=by, at=at)
        except (NotAnAnnotation, Refused) as refusal:
            taken.refused.append(_("Entry %(number)s: %(reason)s") % {"number": number, "reason": refusal})
            continue
        taken.created += is_new
        taken.unchanged += not is_new
    return taken


def _take(
    given: Given, snapshot: Snapshot, tags_of: Callable[[Sequence[str]], list[Tag]], *, by: User, at: datetime
) -> bool:
    key = uuid5(NAMESPACE_URL, f"{by.pk} {snapshot.article_id} {given.identifier or given}")
    if _is_known(given, key):
        return False
    quote = _place(given, snapshot)
    annotate_passage(
        snapshot=snapshot,
        start=quote.start,
        end=quote.end,
        exact=quote.exact,
        words=Words(motivation=given.motivation, body=given.body, tags=tags_of(given.tags)),
        by=by,
        at=at,
        key=key,
    )
    return True


def _is_known(given: Given, key: UUID) -> bool:
    """Whether the entry is one of ours, or was taken before."""
    own = given.identifier.rstrip("/").rpartition("/")[2]
    try:
        is_ours = Annotation.objects.filter(uuid=UUID(own)).exists()
    except ValueError:
        is_ours = False
    return is_ours or Annotation.objects.filter(submission_key=key).exists()


def _place(given: Given, snapshot: Snapshot) -> Quote:
    """The quote in the text: at its offsets where it stands there, else where its words and surroundings are found."""
    text = snapshot.text
    if given.start is not None and given.end is not None and given.start < given.end <= len(text):
        words = text[given.start : given.end]
        if given.exact in ("", words):
            return Quote(given.start, given.end, words, "", "")
    found = find_again(text, exact=given.exact, prefix=given.prefix, suffix=given.suffix, near=given.start or 0)
    if found is None:
        raise NotAnAnnotation(_("its words do not stand in this text, or in several places"))
    return found
