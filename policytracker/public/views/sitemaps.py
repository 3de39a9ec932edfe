"""For search engines: a sitemap a kind, with when each page last changed, and robots.txt.

All addresses are the site's own, whichever of its hosts was asked and how the request came through proxies: a copy
that a cache keeps is read by everybody.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import InvalidPage, Paginator
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Ministry, Official
from policytracker.tracking.models import TimelineEvent

from ..addresses import address_of
from ..pages import NotThere, PublicRequest, public_page
from ..records import absolute


class InEveryLanguage(Sequence[tuple[Any, str]]):
    """Each row once in each language, of which only those are read that a slice asks for."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.languages = [code for code, _name in settings.LANGUAGES]

    def __len__(self) -> int:
        return self.rows.count() * len(self.languages)

    def __getitem__(self, part: Any) -> Any:
        each = len(self.languages)
        first, last = part.start // each, -(-part.stop // each)
        pairs = [(row, language) for row in self.rows[first:last] for language in self.languages]
        return pairs[part.start - first * each : part.stop - first * each]


class OwnSitemap(Sitemap):
    """A map of pages in every language, under the site's own name."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        """The name of the site, whoever asks."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """How the site is reached from outside, however this request came."""
        return urlsplit(settings.SITE_URL).scheme


class SubjectSitemap(OwnSitemap):
    """The pages of one kind."""

    def __init__(self, subjects: Any, kind: str) -> None:
        self.subjects, self.kind = subjects, kind

    def items(self) -> QuerySet[Any]:
        """Published subjects with `changed_at`, by number so that pages of the map stay the same."""
        last = (
            TimelineEvent.objects.filter(
                subject_kind=self.kind, subject_id=OuterRef("pk"), recorded_at__lte=timezone.now()
            )
            .order_by()
            .values("subject_id")
            .annotate(last=Max("recorded_at"))
            .values("last")
        )
        changed_at = Greatest(F("recorded_at"), Coalesce(Subquery(last), F("recorded_at")))
        return self.subjects().annotate(changed_at=changed_at).order_by("pk")

    @property
    def paginator(self) -> Paginator:
        """The pages of this map. Django's would make a list of all rows for each of them."""
        return Paginator(InEveryLanguage(self.items()), self.limit)

    def get_latest_lastmod(self) -> Any:
        """When one of the pages may have changed last: when anything entered the record. No page is read for it."""
        told = TimelineEvent.objects.filter(subject_kind="all", subject_id=0, recorded_at__lte=timezone.now())
        newest = Subquery(told.order_by("-recorded_at").values("recorded_at")[:1])
        return self.subjects().aggregate(newest=Greatest(Max("recorded_at"), newest))["newest"]

    def location(self, item: Any) -> str:
        return address_of(item)

    def lastmod(self, item: Any) -> Any:
        return item.changed_at


class PageSitemap(OwnSitemap):
    """The pages that are no subject's."""

    NAMES = (
        "home timeline initiative_list commitment_list ministry_list official_list article_list deadlines corrections"
        " methodology about sources accessibility privacy"
    )

    def items(self) -> list[str]:
        return self.NAMES.split()

    def location(self, item: str) -> str:
        return reverse(f"public:{item}")


SITEMAPS = {
    "pages": PageSitemap(),
    "initiatives": SubjectSitemap(lambda: Initiative.objects.published().filter(merged_into=None), "initiative"),
    "commitments": SubjectSitemap(lambda: Commitment.objects.published(), "commitment"),
    "ministries": SubjectSitemap(lambda: Ministry.objects.published(), "ministry"),
    "officials": SubjectSitemap(lambda: Official.objects.published().filter(merged_into=None), "official"),
    "articles": SubjectSitemap(lambda: Article.objects.published().defer("search", "shingles"), "article"),
}


@public_page
def sitemap_index(request: PublicRequest) -> HttpResponse:
    """The pages of every map, with when the map changed last."""
    entries = []
    for section, pages in SITEMAPS.items():
        url, changed_at = absolute(reverse("public:sitemap", args=[section])), pages.get_latest_lastmod()
        further = range(2, pages.paginator.num_pages + 1)
        maps = (url, *(f"{url}?p={page}" for page in further))
        entries += [{"location": one, "last_mod": changed_at} for one in maps]
    return _xml(request, "sitemap_index.xml", {"sitemaps": entries})


@public_page
def sitemap(request: PublicRequest, section: str) -> HttpResponse:
    """One page of the map of a kind."""
    pages = SITEMAPS.get(section)
    if pages is None:
        raise NotThere(_("There is no such sitemap. sitemap.xml names them all."))
    try:
        urls = pages.get_urls(page=request.GET.get("p", "1"))
    except InvalidPage as refusal:
        raise NotThere(_("This sitemap has no such page. sitemap.xml names them all.")) from refusal
    return _xml(request, "sitemap.xml", {"urlset": urls})


def _xml(request: PublicRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex"  # the map itself is no search result
    return response


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public but searches."""
    closed = ("/desk/", "/admin/", "/accounts/", "/search/", "/ko/search/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
