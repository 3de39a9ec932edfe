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
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Ministry, Official, Topic
from policytracker.tracking.models import Tag, TimelineEvent

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
        changed_at = Greatest(F("recorded_at"), Coalesce(self._last_told(), F("recorded_at")))
        return self.subjects().annotate(changed_at=changed_at).order_by("pk")

    def _last_told(self) -> Subquery:
        """When the last line on a subject's timeline entered the record."""
        lines = self._lines().filter(subject_id=OuterRef("pk")).order_by().values("subject_id")
        return Subquery(lines.annotate(last=Max("recorded_at")).values("last"))

    def _lines(self) -> QuerySet[TimelineEvent]:
        return TimelineEvent.objects.filter(subject_kind=self.kind, recorded_at__lte=timezone.now())

    @property
    def paginator(self) -> Paginator:
        """The pages of this map. Django's would make a list of all rows for each of them."""
        return Paginator(InEveryLanguage(self.items()), self.limit)

    def extent(self) -> tuple[int, Any]:
        """How many pages the map has, and when a page of it may have changed last: when anything entered the record.

        Asked in one query, which reads none of the pages.
        """
        told = TimelineEvent.objects.filter(subject_kind="all", subject_id=0, recorded_at__lte=timezone.now())
        newest = Subquery(told.order_by("-recorded_at").values("recorded_at")[:1])
        found = self.subjects().aggregate(count=Count("pk"), newest=self.newest(newest))
        entries = found["count"] * len(settings.LANGUAGES)
        return max(1, -(-entries // self.limit)), found["newest"] if found["count"] else None

    def newest(self, told: Subquery) -> Any:
        """What says when a subject may have changed last, given when anything was told last."""
        return Greatest(Max("recorded_at"), told)

    def location(self, item: Any) -> str:
        return address_of(item)

    def lastmod(self, item: Any) -> Any:
        return item.changed_at


class TermSitemap(SubjectSitemap):
    """The pages of topics or tags: those that something public stands under. They have no moment of their own."""

    def items(self) -> QuerySet[Any]:
        """Terms with `changed_at`, by number."""
        return self._in_use().annotate(changed_at=self._last_told()).order_by("pk")

    def _in_use(self) -> QuerySet[Any]:
        lines = self._lines().filter(subject_id=OuterRef("pk"), retired_at=None)
        return self.terms().filter(Exists(lines))

    def __init__(self, terms: Any, kind: str) -> None:
        super().__init__(self._in_use, kind)
        self.terms = terms

    def newest(self, told: Subquery) -> Any:
        """When anything was told last."""
        return Max(told)


class PageSitemap(OwnSitemap):
    """The pages that are no subject's."""

    NAMES = (
        "home timeline initiative_list commitment_list ministry_list official_list article_list deadlines corrections"
        " methodology about sources accessibility privacy"
    )

    def items(self) -> list[str]:
        return self.NAMES.split()

    def extent(self) -> tuple[int, Any]:
        """One page, which changes with the site and not with the record."""
        return 1, None

    def location(self, item: str) -> str:
        return reverse(f"public:{item}")


SITEMAPS = {
    "pages": PageSitemap(),
    "initiatives": SubjectSitemap(lambda: Initiative.objects.published().filter(merged_into=None), "initiative"),
    "commitments": SubjectSitemap(lambda: Commitment.objects.published(), "commitment"),
    "ministries": SubjectSitemap(lambda: Ministry.objects.published(), "ministry"),
    "officials": SubjectSitemap(lambda: Official.objects.published().filter(merged_into=None), "official"),
    "topics": TermSitemap(lambda: Topic.objects.filter(merged_into=None), "topic"),
    "tags": TermSitemap(lambda: Tag.objects.filter(merged_into=None), "tag"),
    "articles": SubjectSitemap(lambda: Article.objects.published().defer("search", "shingles"), "article"),
}


@public_page
def sitemap_index(request: PublicRequest) -> HttpResponse:
    """The pages of every map, with when the map changed last."""
    entries = []
    for section, pages in SITEMAPS.items():
        url = absolute(reverse("public:sitemap", args=[section]))
        count, changed_at = pages.extent()
        further = range(2, count + 1)
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
