"""Articles: the list, and for each its metadata and the passages that matter. A publisher's text is never shown whole."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from policytracker.pages import dates
from policytracker.tracking.highlights import Highlight, paragraphs_of
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import Mention
from policytracker.tracking.web_annotations import MEDIA_TYPE

from ..addresses import address_of
from ..annotation_page import annotation_page
from ..filters import ArticleFilter
from ..keyset import Order
from ..pages import NotThere, PublicRequest, public_page
from ..passages import marked_passages
from ..records import absolute, passage_record
from .lists import answer_list
from .subjects import answer_subject

ORDERS = (
    Order("newest", gettext_lazy("newest first"), "published_on", is_descending=True, kind="date", is_nullable=True),
    Order("oldest", gettext_lazy("oldest first"), "published_on", kind="date", is_nullable=True),
)


@public_page
def article_list(request: PublicRequest) -> HttpResponse:
    """All articles on record, by publisher, language, date and words."""
    articles = Article.objects.published().known(request.moment.known_at).for_list_page()
    return answer_list(request, "article", ArticleFilter(request.GET, queryset=articles, moment=request.moment), ORDERS)


@public_page
def article_detail(request: PublicRequest, number: int) -> HttpResponse:
    """One article: where it appeared, and which of its passages the record rests on."""
    article = _article(request, number)
    passages = marked_passages(article, request.moment)

    def context() -> dict[str, Any]:
        return {
            "article": article,
            "og_type": "article",
            "source_line": source_line(article),
            "passages": passages,
            "paragraphs": _paragraphs(article, passages),
            "mentions": [mention for mention in article.told_mentions if mention.subject.is_published],
            "snapshots": article.told_snapshots,
            "numbers": {passage.anchor: passage.number for passage in passages},
            "crumbs": [(_("Articles"), "../")],
        }

    return answer_subject(request, article, context, {"passages": map(passage_record, passages)})


@public_page
def article_annotations(request: PublicRequest, number: int) -> HttpResponse:
    """The marked passages of one article as W3C Web Annotations."""
    article = _article(request, number)
    passages = marked_passages(article, request.moment)
    page = annotation_page(
        passages,
        page_url=absolute(request.get_full_path()),
        source_url=absolute(address_of(article)),
        taken_at={snapshot.pk: snapshot.taken_at for snapshot in article.told_snapshots},
        urls={
            passage.commitment.pk: absolute(address_of(passage.commitment))
            for passage in passages
            if passage.commitment is not None
        },
    )
    return JsonResponse(page, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def source_line(article: Article) -> str:
    """Who published it and when, as far as both are known: "KBS World Radio · 26 April 2023"."""
    day = dates.in_words(article.published_on, article.published_precision) if article.published_on else ""
    return " · ".join(filter(None, [str(article.publisher or ""), day]))


def _article(request: PublicRequest, number: int) -> Any:
    known_at = request.moment.known_at
    mentions = Mention.objects.confirmed().filter(recorded_at__lte=known_at, topic=None, post=None)
    article = (
        Article.objects.published()
        .known(known_at)
        .for_detail_page()
        .prefetch_related(
            Prefetch(
                "mentions",
                mentions.select_related("ministry", "official", "initiative"),
                to_attr="told_mentions",
            )
        )
        .filter(pk=number)
        .first()
    )
    if article is None:
        raise NotThere(_("No article with this number is in the public record."))
    set_back([article], request.moment)
    return article


def _paragraphs(article: Article, passages: list[Any]) -> list[Any]:
    """The text with its highlights, where the text is our own summary; nothing otherwise."""
    snapshot = article.current_snapshot
    if not article.is_summary or snapshot is None:
        return []
    here = [passage for passage in passages if passage.snapshot_id == snapshot.pk]
    marks = [Highlight(passage.start, passage.end, passage.anchor) for passage in here]
    return paragraphs_of(snapshot.text, marks)
