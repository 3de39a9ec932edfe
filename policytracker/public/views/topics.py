"""Everything under a topic, and everything under a tag."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment, Initiative, Topic
from policytracker.tracking.models import Annotation, Tag
from policytracker.tracking.standing import with_standing

from ..pages import public_page
from ..rail import shown_timeline
from ..scores import score_of
from .subjects import public_subject

SHOWN = 50


@public_page
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Initiatives and commitments under the topic or one below it, and what happened to them."""
    moment = request.moment
    topic = public_subject(request, Topic.objects.select_related("parent").prefetch_related("children"), slug)
    under = Q(topics=topic) | Q(topics__parent=topic)
    promised = Commitment.objects.published().known(moment.known_at).for_list_page().filter(under).distinct()
    commitments = list(with_standing(promised, moment)[:SHOWN])
    context = {
        "subject": topic,
        "kind": _("Topic"),
        "initiatives": Initiative.objects.published().known(moment.known_at).filter(under).distinct(),
        "commitments": commitments,
        "score": score_of(commitments, topic=topic.slug),
        "shown": shown_timeline(request, topic),
    }
    return render(request, "public/topic_detail.html", context)


@public_page
def tag_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Commitments and passages that a public note with the tag is about."""
    moment = request.moment
    tag = public_subject(request, Tag.objects.select_related("merged_into"), slug)
    notes = Annotation.objects.published().filter(tags=tag, recorded_at__lte=moment.known_at, deleted_at=None)
    about = Q(pk__in=notes.values("about_commitment")) | Q(pk__in=notes.values("commitment"))
    promised = Commitment.objects.published().known(moment.known_at).for_list_page().filter(about)
    commitments = list(with_standing(promised, moment)[:SHOWN])
    passages = (
        notes.filter(snapshot__article__recorded_at__lte=moment.known_at)
        .select_related("snapshot__article__publisher")
        .defer("snapshot__raw", "snapshot__text", "snapshot__article__search", "snapshot__article__shingles")
    )
    context = {
        "subject": tag,
        "kind": _("Tag"),
        "commitments": commitments,
        "score": score_of(commitments, tag=tag.slug),
        "passages": passages[:SHOWN],
        "shown": shown_timeline(request, tag),
    }
    return render(request, "public/topic_detail.html", context)
