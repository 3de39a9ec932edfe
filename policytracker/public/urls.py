"""Addresses of the public door. They are promises: what stands here stays."""

from django.urls import URLPattern, URLResolver, path

from .kinds import EMBEDDED, KINDS
from .views import (
    about,
    articles,
    calendars,
    citations,
    commitments,
    compare,
    corrections,
    deadlines,
    embeds,
    feeds,
    hand_over,
    home,
    initiatives,
    methodology,
    ministries,
    officials,
    pictures,
    search,
    sitemaps,
    timeline,
    topics,
)

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("feed.atom", feeds.feed, name="feed"),
    path("deadlines.ics", calendars.deadlines_calendar, name="deadlines_calendar"),
    path("timeline/feed.atom", feeds.feed, name="timeline_feed"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("initiatives/", initiatives.initiative_list, name="initiative_list"),
    path("initiatives/feed.atom", feeds.initiative_list_feed, name="initiative_list_feed"),
    path("initiatives/deadlines.ics", calendars.initiative_list_calendar, name="initiative_list_calendar"),
    path("initiatives/<slug:slug>/", initiatives.initiative_detail, name="initiative_detail"),
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("commitments/feed.atom", feeds.commitment_list_feed, name="commitment_list_feed"),
    path("commitments/deadlines.ics", calendars.commitment_list_calendar, name="commitment_list_calendar"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment_detail"),
    path("ministries/", ministries.ministry_list, name="ministry_list"),
    path("ministries/feed.atom", feeds.ministry_list_feed, name="ministry_list_feed"),
    path("ministries/deadlines.ics", calendars.deadlines_calendar, name="ministry_list_calendar"),
    path("ministries/<slug:slug>/", ministries.ministry_detail, name="ministry_detail"),
    path("officials/", officials.official_list, name="official_list"),
    path("officials/feed.atom", feeds.official_list_feed, name="official_list_feed"),
    path("officials/deadlines.ics", calendars.official_list_calendar, name="official_list_calendar"),
    path("officials/<slug:slug>/", officials.official_detail, name="official_detail"),
    path("hand-over/<int:number>/", hand_over.hand_over, name="hand_over"),
    path("articles/", articles.article_list, name="article_list"),
    path("articles/feed.atom", feeds.article_list_feed, name="article_list_feed"),
    path("articles/<int:number>/", articles.article_detail, name="article_detail"),
    path("articles/<int:number>/annotations.jsonld", articles.article_annotations, name="article_annotations"),
    path("articles/<int:number>/picture.png", pictures.article_picture, name="article_picture"),
    path("deadlines/feed.atom", feeds.deadlines_feed, name="deadlines_feed"),
    path("deadlines/deadlines.ics", calendars.deadlines_calendar, name="deadlines_page_calendar"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed.atom", feeds.corrections_feed, name="corrections_feed"),
    path("methodology/", methodology.methodology, name="methodology"),
    path("about/", about.about, name="about"),
    path("sources/", about.sources, name="sources"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("tags/<slug:slug>/", topics.tag_detail, name="tag_detail"),
    path("search/", search.search_page, name="search"),
    path("search/feed.atom", feeds.search_feed, name="search_feed"),
    path("compare/", compare.compare, name="compare"),
    path("embed/<slug:kind>/<slug:slug>/", embeds.embed, name="embed"),
    path("oembed/", embeds.oembed, name="oembed"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
]
for kind in KINDS:
    here, about_it = f"{kind.plural}/<slug:slug>/", {"kind": kind.name}
    urlpatterns += [
        path(f"{here}feed.atom", feeds.subject_feed, about_it, name=f"{kind.name}_feed"),
        path(f"{here}deadlines.ics", calendars.subject_calendar, about_it, name=f"{kind.name}_calendar"),
        path(f"{here}picture.png", pictures.picture, about_it, name=f"{kind.name}_picture"),
        path(f"{here}cite/", citations.cite, about_it, name=f"{kind.name}_cite"),
    ]
    if kind.name in EMBEDDED:
        urlpatterns.append(path(f"{here}embedding/", embeds.embedding, about_it, name=f"{kind.name}_embedding"))
