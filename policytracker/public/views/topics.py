"""Everything under a topic, and everything under a tag."""

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Initiative, Topic
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import Annotation, Tag
from policytracker.tracking.standing.lists import told_list

from .. import formats
from ..formats import format_asked_for
from ..pages import PublicRequest, public_page
from ..rail import shown_timeline
from ..scores import score_of
from ..twins import commitments_part, timeline_part
from .subjects import answer_subject, public_subject

SHOWN = 50


@public_page
def topic_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """Initiatives and commitments under the topic or one below it, and what happened to them."""
    moment = request.moment
    topic = public_subject(
        request, Topic.objects.select_related("parent", "merged_into").prefetch_related("children"), slug
    )
    under = Q(topics=topic) | Q(topics__parent=topic)
    promised = Commitment.objects.published().known(moment.known_at).for_list_page().filter(under).distinct()
    commitments = told_list(promised, moment, limit=_most(request))
    shown = shown_timeline(request, topic)
    context = {
        "subject": topic,
        "kind": _("Topic"),
        "initiatives": sorted(
            set_back(Initiative.objects.known(moment.known_at).filter(under).distinct(), moment), key=str
        ),
        "commitments": commitments,
        "score": score_of(commitments, moment, topic=topic.slug),
        "shown": shown,
    }
    parts = {
        "commitments": commitments_part(request, commitments, topic=topic.slug),
        "events": timeline_part(request, shown),
    }
    return answer_subject(request, topic, context, parts)


@public_page
def tag_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """Commitments and passages that a public note with the tag is about."""
    moment = request.moment
    tag = public_subject(request, Tag.objects.select_related("merged_into"), slug)
    notes = Annotation.objects.published().filter(tags=tag, recorded_at__lte=moment.known_at, deleted_at=None)
    about = Q(pk__in=notes.values("about_commitment")) | Q(pk__in=notes.values("commitment"))
    promised = Commitment.objects.published().known(moment.known_at).for_list_page().filter(about)
    commitments = told_list(promised, moment, limit=_most(request))
    passages = (
        notes.filter(snapshot__article__recorded_at__lte=moment.known_at)
        .select_related("snapshot__article__publisher")
        .defer("snapshot__raw", "snapshot__text", "snapshot__article__search", "snapshot__article__shingles")
    )
    shown = shown_timeline(request, tag)
    context = {
        "subject": tag,
        "kind": _("Tag"),
        "commitments": commitments,
        "score": score_of(commitments, moment, tag=tag.slug),
        "passages": passages[:SHOWN],
        "shown": shown,
    }
    parts = {
        "commitments": commitments_part(request, commitments, tag=tag.slug),
        "events": timeline_part(request, shown),
    }
    return answer_subject(request, tag, context, parts)


def _most(request: PublicRequest) -> int:
    """How many commitments are read: those of the page, or for its twin a thousand and the one that tells of more."""
    return formats.SIZE + 1 if format_asked_for(request) else SHOWN
