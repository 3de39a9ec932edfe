"""Articles at the desk: the list, and the reading desk."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from articles.models import Article
from policytracker.tracking.anchors import quote_at
from policytracker.tracking.models import Candidate, Mention

from ..access import DeskRequest, desk_view
from ..filters import ArticleFilter
from ..forms.annotations import AnnotationForm
from ..numbers import number_in
from ..paging import page_of
from ..reading_desk import Page, reading_desk, sentences_of, snapshot_of


@require_safe
@desk_view()
def article_list(request: DeskRequest) -> HttpResponse:
    """All articles, newest import first, with what waits in each."""
    rows = (
        Article.objects.select_related("publisher")
        .defer("shingles", "search")
        .annotate(
            has_mentions=Exists(Mention.objects.proposed().filter(article=OuterRef("pk"))),
            has_candidates=Exists(Candidate.objects.waiting().filter(snapshot__article=OuterRef("pk"))),
        )
    )
    articles = ArticleFilter(request.GET, queryset=rows)
    context = {"filter": articles, "page": page_of(articles.qs, request)}
    return render(request, "desk/article_list.html", context)


@require_GET
@desk_view()
def article_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """The reading desk: the text with its highlights, notes, proposals, and the form for a new note."""
    article = article_for_reading(pk)
    snapshot = snapshot_of(article, request.GET.get("snapshot", ""))
    if snapshot is None:
        raise Http404
    picked = sorted({number for words in request.GET.getlist("s") if (number := number_in(words)) is not None})
    if picked:
        return _picked(request, article, snapshot, picked)
    is_picking = "pick" in request.GET
    return draw(request, reading_desk(article, snapshot, request.user, is_picking=is_picking))


def article_for_reading(pk: int) -> Article:
    """The article with what its page needs. Raises Http404."""
    rows: QuerySet[Article] = Article.objects.select_related("publisher", "current_snapshot")
    return get_object_or_404(rows.defer("shingles", "search", "current_snapshot__raw"), pk=pk)


def draw(request: DeskRequest, page: Page, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The reading desk as HTML."""
    # Addresses that hundreds of notes repeat are worked out once.
    addresses = {
        "annotation_url": reverse("desk:annotation_list"),
        "commitment_url": reverse("desk:commitment_list"),
        "initiative_url": reverse("desk:initiative_detail", args=["x"])[:-2],
        "tag_url": reverse("desk:tag_list"),
    }
    context = {"page": page, "article": page.article} | addresses | extra
    return render(request, "desk/article_detail.html", context, status=status)


def _picked(request: DeskRequest, article: Article, snapshot: Any, picked: list[int]) -> HttpResponse:
    """The form, filled in with the sentences that were ticked; the boxes again where they do not follow one another."""
    spans = sentences_of(snapshot)
    if picked[-1] - picked[0] != len(picked) - 1 or picked[-1] >= len(spans):
        page = reading_desk(article, snapshot, request.user, is_picking=True, picked=picked)
        return draw(request, page, status=422, pick_error=_("Pick sentences that follow one another."))
    quote = quote_at(snapshot.text, spans[picked[0]][0], spans[picked[-1]][1])
    passage = {"start": quote.start, "end": quote.end, "exact": quote.exact}
    form = AnnotationForm(initial={"snapshot": snapshot.pk, "motivation": "identifying"} | passage)
    return draw(request, reading_desk(article, snapshot, request.user, form=form), is_form_open=True)
