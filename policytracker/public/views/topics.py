"""Everything under a topic, and everything under a tag."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Initiative, Topic
from policytracker.tracking.ledger import told_together
from policytracker.tracking.models import Annotation, Tag
from policytracker.tracking.standing.lists import in_told_order, told_list

from ..collation import in_order
from ..pages import PublicRequest, public_page
from ..rail import shown_timeline
from ..scores import list_url
from ..twins import commitments_part, most_commitments, timeline_part
from .subjects import answer_subject, public_subject

MOST = 200  # initiatives of a topic, passages of a tag; the lists hold the rest


@public_page
def topic_detail(request: PublicRequest, slug: str) -> HttpResponse:
    """Initiatives and commitments under the topic or one below it, and what happened to them."""
    moment = request.moment
    topic = public_subject(request, Topic.objects.select_related("parent", "merged_into"), slug)
    promised = Commitment.objects.published().known(moment.known_at).for_list_page().filter(_under(Commitment, topic))
    around = told_together(
        {
            "commitments": in_told_order(promised, moment)[: most_commitments(request)],
            "initiatives": Initiative.objects.known(moment.known_at).filter(_under(Initiative, topic))[:MOST],
            "children": topic.children.all(),
        },
        moment,
    )
    shown = shown_timeline(request, topic)

    def context() -> dict[str, Any]:
        return {
            "subject": topic,
            "kind": _("Topic"),
            "initiatives": in_order(around["initiatives"]),
            "children": in_order(around["children"]),
            "commitments": around["commitments"],
            "all_commitments": list_url("commitment", moment, topic=topic.slug),
            "all_initiatives": list_url("initiative", moment, topic=topic.slug),
            "shown": shown,
        }

    parts = {
        "commitments": commitments_part(request, around["commitments"], topic=topic.slug),
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
    commitments = told_list(promised, moment, limit=most_commitments(request))
    passages = (
        notes.filter(snapshot__article__recorded_at__lte=moment.known_at)
        .select_related("snapshot__article__publisher")
        .defer("snapshot__raw", "snapshot__text", "snapshot__article__search", "snapshot__article__shingles")
    )
    shown = shown_timeline(request, tag)

    def context() -> dict[str, Any]:
        return {
            "subject": tag,
            "kind": _("Tag"),
            "commitments": commitments,
            "all_commitments": list_url("commitment", moment, tag=tag.slug),
            "passages": passages[:MOST],
            "shown": shown,
        }

    parts = {
        "commitments": commitments_part(request, commitments, tag=tag.slug),
        "events": timeline_part(request, shown),
    }
    return answer_subject(request, tag, context, parts)


def _under(model: Any, topic: Topic) -> Q:
    """The condition that a row is filed under the topic or one below it."""
    links = model.topics.through.objects.filter(Q(topic=topic) | Q(topic__parent=topic))
    return Q(pk__in=links.values(model._meta.model_name))
