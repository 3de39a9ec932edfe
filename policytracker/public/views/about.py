"""Pages about the site itself."""

from django.db.models import Count, Max, Min, Q
from django.http import HttpResponse
from django.shortcuts import render

from articles.models import Publisher

from ..collation import collated
from ..pages import PublicRequest, public_page
from ..scores import list_url


@public_page
def about(request: PublicRequest) -> HttpResponse:
    """What this is, who runs it, how to reuse it."""
    return render(request, "public/about.html")


@public_page
def sources(request: PublicRequest) -> HttpResponse:
    """Whom we read: publishers with their articles on record."""
    told = Q(articles__recorded_at__lte=request.moment.known_at)
    publishers = (
        Publisher.objects.annotate(
            count=Count("articles", told),
            first=Min("articles__published_on", filter=told),
            last=Max("articles__published_on", filter=told),
        )
        .filter(count__gt=0)
        .order_by()
    )
    most_first = sorted(publishers, key=lambda publisher: (-publisher.count, collated(str(publisher))))
    for publisher in most_first:
        publisher.list_url = list_url("article", request.moment, publisher=publisher.slug)
    return render(request, "public/sources.html", {"publishers": most_first})


@public_page
def accessibility(request: PublicRequest) -> HttpResponse:
    """What works for whom, and whom to tell when it does not."""
    return render(request, "public/accessibility.html")


@public_page
def privacy(request: PublicRequest) -> HttpResponse:
    """What is kept about readers: nothing."""
    return render(request, "public/privacy.html")
