"""Articles: the list, and for each its metadata and the passages that matter. A publisher's text is never shown whole."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from policytracker.tracking.highlights import Highlight, paragraphs_of
from policytracker.tracking.models import Mention

from ..filters import ArticleFilter
from ..keyset import Order, order_asked_for, page_of
from ..pages import NotThere, public_page
from ..passages import marked_passages

ORDERS = (
    Order("newest", gettext_lazy("newest first"), "published_on", is_descending=True, kind="date", is_nullable=True),
    Order("oldest", gettext_lazy("oldest first"), "published_on", kind="date", is_nullable=True),
)


@public_page
def article_list(request: HttpRequest) -> HttpResponse:
    """All articles on record, by publisher, language, date and words."""
    articles = Article.objects.published().known(request.moment.known_at).for_list_page()
    chosen = ArticleFilter(request.GET, queryset=articles)
    order = order_asked_for(ORDERS, request.GET)
    rows = chosen.qs if chosen.is_valid() else articles.none()
    if chosen.is_valid():
        chosen.count_choices()
    context = {"chosen": chosen, "orders": ORDERS, "order": order, "page": page_of(rows, order, request.GET)}
    return render(request, "public/article_list.html", context, status=200 if chosen.is_valid() else 400)


@public_page
def article_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One article: where it appeared, and which of its passages the record rests on."""
    article = _article(request, number)
    passages = marked_passages(article, request.moment)
    context = {
        "article": article,
        "passages": passages,
        "paragraphs": _paragraphs(article, passages),
        "mentions": [mention for mention in article.told_mentions if mention.subject.is_published],
        "snapshots": article.told_snapshots,
        "crumbs": [(_("Articles"), "../")],
    }
    return render(request, "public/article_detail.html", context)


def _article(request: HttpRequest, number: int) -> Article:
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
    return article


def _paragraphs(article: Article, passages: list[Any]) -> list[Any]:
    """The text with its highlights, where the text is our own summary; nothing otherwise."""
    snapshot = article.current_snapshot
    if not article.is_summary or snapshot is None:
        return []
    here = [passage for passage in passages if passage.snapshot_id == snapshot.pk]
    marks = [Highlight(passage.start, passage.end, passage.anchor) for passage in here]
    return paragraphs_of(snapshot.text, marks)
