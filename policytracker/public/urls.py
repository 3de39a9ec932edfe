"""Addresses of the public door. They are promises: what stands here stays."""

from django.urls import URLPattern, URLResolver, path

from .views import (
    about,
    articles,
    commitments,
    corrections,
    deadlines,
    home,
    initiatives,
    methodology,
    ministries,
    officials,
    search,
    timeline,
    topics,
)

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("initiatives/", initiatives.initiative_list, name="initiative_list"),
    path("initiatives/<slug:slug>/", initiatives.initiative_detail, name="initiative_detail"),
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment_detail"),
    path("ministries/", ministries.ministry_list, name="ministry_list"),
    path("ministries/<slug:slug>/", ministries.ministry_detail, name="ministry_detail"),
    path("officials/", officials.official_list, name="official_list"),
    path("officials/<slug:slug>/", officials.official_detail, name="official_detail"),
    path("articles/", articles.article_list, name="article_list"),
    path("articles/<int:number>/", articles.article_detail, name="article_detail"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("methodology/", methodology.methodology, name="methodology"),
    path("about/", about.about, name="about"),
    path("sources/", about.sources, name="sources"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("tags/<slug:slug>/", topics.tag_detail, name="tag_detail"),
    path("search/", search.search_page, name="search"),
]
