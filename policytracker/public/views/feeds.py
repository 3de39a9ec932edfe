"""Atom feeds of everything, of lists, of subjects and of searches."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Ministry, Official
from policytracker.tracking.corrections import CorrectionEntry, entries_of, made_by
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import TimelineEvent
from policytracker.tracking.search import KINDS, RANKED, search
from policytracker.tracking.standing.columns import unmerged
from policytracker.tracking.standing.status import with_status
from policytracker.tracking.timeline import EVERYTHING

from ..addresses import address_of
from ..facets import Facets
from ..feeds import MOST, feed_of, feed_response, tag_uri
from ..filters import ArticleFilter, CommitmentFilter, InitiativeFilter, OfficialFilter
from ..kinds import BY_NAME
from ..pages import PublicRequest, public_page
from ..rail import kinds_asked_for
from ..records import absolute
from .search import query_of
from .subjects import public_subject

FOLLOWED = 100  # subjects of a list, a feed tells of; it has fewer entries


@public_page
def feed(request: PublicRequest) -> HttpResponse:
    """Everything that entered the record."""
    return feed_of(request, _("All changes"), [EVERYTHING], reverse("public:timeline"))


@public_page
def deadlines_feed(request: PublicRequest) -> HttpResponse:
    """Deadlines that were set or moved."""
    kinds = (TimelineEvent.Kind.DEADLINE, TimelineEvent.Kind.TERMS)
    return feed_of(request, _("Deadlines"), [EVERYTHING], reverse("public:deadlines"), kinds)


@public_page
def subject_feed(request: PublicRequest, slug: str, kind: str) -> HttpResponse:
    """What entered the record about one subject."""
    subject = public_subject(request, BY_NAME[kind].subjects(), slug)
    return feed_of(request, str(subject), [subject], address_of(subject))


@public_page
def initiative_list_feed(request: PublicRequest) -> HttpResponse:
    """What happened to the initiatives that the filters leave."""
    known = Initiative.objects.known(request.moment.known_at).filter(unmerged("initiative", request.moment))
    return _list_feed(
        request,
        _("Initiatives"),
        InitiativeFilter(request.GET, queryset=known, moment=request.moment),
        "initiative_list",
    )


@public_page
def commitment_list_feed(request: PublicRequest) -> HttpResponse:
    """What happened to the commitments that the filters leave."""
    moment = request.moment
    known = with_status(Commitment.objects.published().known(moment.known_at), moment)
    chosen = CommitmentFilter(request.GET, queryset=known, moment=moment)
    return _list_feed(request, _("Commitments"), chosen, "commitment_list")


@public_page
def official_list_feed(request: PublicRequest) -> HttpResponse:
    """What happened to the officials that the filters leave."""
    known = Official.objects.published().known(request.moment.known_at)
    return _list_feed(
        request, _("Officials"), OfficialFilter(request.GET, queryset=known, moment=request.moment), "official_list"
    )


@public_page
def ministry_list_feed(request: PublicRequest) -> HttpResponse:
    """What happened to the ministries."""
    known = Ministry.objects.published().known(request.moment.known_at)
    return feed_of(request, _("Ministries"), _followed(known, request), reverse("public:ministry_list"))


@public_page
def article_list_feed(request: PublicRequest) -> HttpResponse:
    """The newest articles that the filters leave, by when they entered the record."""
    known = Article.objects.published().known(request.moment.known_at).for_list_page()
    chosen = ArticleFilter(request.GET, queryset=known, moment=request.moment)
    newest = chosen.rows.order_by("-recorded_at", "-pk")[:MOST]
    return feed_response(request, _("Articles"), reverse("public:article_list"), map(_article, newest))


@public_page
def corrections_feed(request: PublicRequest) -> HttpResponse:
    """What we got wrong, the latest first."""
    made = made_by(request.moment).order_by("-recorded_at", "-pk")[:MOST]
    entries = entries_of(set_back(made, request.moment))
    return feed_response(request, _("Corrections"), reverse("public:corrections"), map(_correction, entries))


@public_page
def search_feed(request: PublicRequest) -> HttpResponse:
    """What a search meets, the newest in the record first, to be told of more; of one kind where `kind` names it."""
    query, kind = query_of(request)
    known_at = request.moment.known_at
    results = search(query, known_at=known_at, kinds=[kind] if kind else KINDS, limit=RANKED)
    met = [(found.kind, hit.row) for found in results.found for hit in found.hits]
    set_back([row for _kind, row in met], request.moment)
    met.sort(key=lambda one: one[1].recorded_at, reverse=True)
    title = _("Search: {query}").format(query=query)
    asked = urlencode({"q": query, **({"kind": kind} if kind else {})})
    items = [_article(row) if kind == "articles" else _subject(kind, row) for kind, row in met[:MOST]]
    return feed_response(request, title, f"{reverse('public:search')}?{asked}", items)


def _list_feed(request: PublicRequest, title: str, chosen: Facets, page: str) -> HttpResponse:
    return feed_of(request, title, _followed(chosen.rows.distinct(), request), reverse(f"public:{page}"))


def _followed(rows: QuerySet[Any], request: PublicRequest) -> list[Any]:
    """Those about which something entered the record last: more of them than a feed has entries, so none is missed."""
    last = TimelineEvent.objects.filter(
        subject_kind=rows.model._meta.model_name,
        subject_id=OuterRef("pk"),
        recorded_at__lte=request.moment.known_at,
        kind__in=kinds_asked_for(request.GET) or TimelineEvent.Kind.values,
    )
    # One step in an index for each: to group the lines of all would read every one of them.
    told = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")).annotate(
        last=Subquery(last.order_by("-recorded_at").values("recorded_at")[:1])
    )
    return list(told.exclude(last=None).order_by("-last", "pk")[:FOLLOWED])


def _article(article: Article) -> dict[str, Any]:
    return {
        "title": article.headline,
        "link": absolute(address_of(article)),
        "description": str(article.publisher or ""),
        "unique_id": tag_uri(f"article:{article.pk}"),
        "pubdate": article.published_at or article.recorded_at,
        "updateddate": article.recorded_at,
        "categories": ["article"],
    }


def _subject(kind: str, subject: Any) -> dict[str, Any]:
    """Something that entered the record, under the name its pages have."""
    return {
        "title": str(subject),
        "link": absolute(address_of(subject)),
        "description": "",
        "unique_id": tag_uri(f"{kind}:{subject.pk}"),
        "pubdate": subject.recorded_at,
        "updateddate": subject.recorded_at,
        "categories": [kind],
    }


def _correction(entry: CorrectionEntry) -> dict[str, Any]:
    correction = entry.correction
    return {
        "title": f"{correction.get_kind_display()}: {entry.label}",
        "link": absolute(f"{reverse('public:corrections')}#c{correction.pk}"),
        "description": correction.note,
        "unique_id": tag_uri(f"correction:{correction.pk}"),
        "pubdate": correction.recorded_at,
        "updateddate": correction.recorded_at,
    }
