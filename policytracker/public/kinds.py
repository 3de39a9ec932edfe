"""The kinds of subjects that have pages: how each is found, and which commitments are its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from policytracker.government.models import Commitment, Initiative, Ministry, Official, Topic
from policytracker.tracking.models import Annotation, Tag
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.columns import named


@dataclass(frozen=True)
class Kind:
    """A kind by its place in addresses: `subjects` finds what is public, `own` the condition for its commitments."""

    name: str
    plural: str
    subjects: Callable[[], QuerySet[Any]]
    own: Callable[[Any, Moment], Q]


def _of_tag(tag: Tag, moment: Moment) -> Q:
    notes = Annotation.objects.published().filter(tags=tag, recorded_at__lte=moment.known_at, deleted_at=None)
    return Q(pk__in=notes.values("about_commitment")) | Q(pk__in=notes.values("commitment"))


KINDS = (
    Kind(
        "initiative",
        "initiatives",
        lambda: Initiative.objects.published().select_related("merged_into"),
        lambda initiative, moment: named("initiative", [initiative.pk], moment),
    ),
    Kind(
        "commitment",
        "commitments",
        lambda: Commitment.objects.published(),
        lambda commitment, _moment: Q(pk=commitment.pk),
    ),
    Kind(
        "ministry",
        "ministries",
        lambda: Ministry.objects.published(),
        lambda ministry, moment: named("lead_ministry", [ministry.pk], moment),
    ),
    Kind(
        "official",
        "officials",
        lambda: Official.objects.published().select_related("merged_into"),
        lambda official, _moment: Q(made_by__official=official),
    ),
    Kind(
        "topic",
        "topics",
        lambda: Topic.objects.select_related("merged_into"),
        lambda topic, _moment: Q(
            pk__in=Commitment.objects.filter(Q(topics=topic) | Q(topics__parent=topic)).values("pk")
        ),
    ),
    Kind("tag", "tags", lambda: Tag.objects.select_related("merged_into"), _of_tag),
)
BY_NAME = {kind.name: kind for kind in KINDS}
EMBEDDED = ("initiative", "commitment", "ministry")
