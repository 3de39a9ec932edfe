"""Addresses of the desk door."""

from django.urls import URLPattern, URLResolver, path

from .views import (
    annotations,
    articles,
    candidates,
    commitments,
    evidence,
    feeds,
    follows,
    imports,
    inbox,
    initiatives,
    kept_forms,
    lookups,
    mentions,
    problems,
    subjects,
    tags,
    web_annotations,
)

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("done/<slug:key>/", inbox.inbox_done, name="inbox_done"),
    # -- reading
    path("articles/", articles.article_list, name="article_list"),
    path("articles/<int:pk>/", articles.article_detail, name="article_detail"),
    path("articles/<int:pk>/annotations/", annotations.annotation_create, name="annotation_create"),
    path("articles/<int:pk>/mentions/", mentions.mention_decide, name="mention_decide"),
    path("articles/<int:pk>/annotations.jsonld", web_annotations.article_annotations, name="article_annotations"),
    path("articles/<int:pk>/annotations/import/", web_annotations.annotation_import, name="annotation_import"),
    path("annotations/", annotations.annotation_list, name="annotation_list"),
    path("annotations/<uuid:uuid>/", annotations.annotation_detail, name="annotation_detail"),
    path("annotations/<uuid:uuid>/reply/", annotations.annotation_reply, name="annotation_reply"),
    path("annotations/<uuid:uuid>/resolve/", annotations.annotation_resolve, name="annotation_resolve"),
    path("annotations/<uuid:uuid>/delete/", annotations.annotation_delete, name="annotation_delete"),
    path("annotations/<uuid:uuid>/release/", annotations.annotation_release, name="annotation_release"),
    path("tags/", tags.tag_list, name="tag_list"),
    path("tags/new/", tags.tag_create, name="tag_create"),
    path("tags/<slug:slug>/", tags.tag_detail, name="tag_detail"),
    path("tags/<slug:slug>/rename/", tags.tag_rename, name="tag_rename"),
    path("tags/<slug:slug>/merge/", tags.tag_merge, name="tag_merge"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
    # -- proposals
    path("candidates/", candidates.candidate_list, name="candidate_list"),
    path("candidates/<int:pk>/", candidates.candidate_detail, name="candidate_detail"),
    path("candidates/<int:pk>/decide/", candidates.candidate_decide, name="candidate_decide"),
    path("names/doubtful/", candidates.doubtful_name_list, name="doubtful_name_list"),
    path("names/<int:pk>/remove/", candidates.alias_remove, name="alias_remove"),
    # -- commitments and initiatives
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("commitments/new/", commitments.commitment_new, name="commitment_new"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment_detail"),
    path("commitments/<slug:slug>/edit/", commitments.commitment_edit, name="commitment_edit"),
    path("commitments/<slug:slug>/publish/", commitments.commitment_publish, name="commitment_publish"),
    path("initiatives/<slug:slug>/", initiatives.initiative_detail, name="initiative_detail"),
    path("<slug:kind>/<slug:slug>/notes/", subjects.subject_note, name="subject_note"),
    path("<slug:kind>/<slug:slug>/tags/", subjects.subject_tags, name="subject_tags"),
    # -- importing
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/start/", imports.import_start, name="import_start"),
    path("imports/<int:pk>/cancel/", imports.import_cancel, name="import_cancel"),
    path("imports/<int:pk>/retry/", imports.import_retry, name="import_retry"),
    path("imports/<int:pk>/report.csv", imports.import_report, name="import_report"),
    path("imports/<int:pk>/items/<int:item_pk>/", imports.import_difference, name="import_difference"),
    path("imports/feeds/", feeds.feed_list, name="feed_list"),
    path("imports/feeds/<int:pk>/", feeds.feed_change, name="feed_change"),
    # -- from readers
    path("problems/report/", problems.problem_report, name="problem_report"),
    # -- following
    path("follows/", follows.follow_list, name="follow_list"),
    path("follows/add/", follows.follow_add, name="follow_add"),
    path("follows/read/", follows.notifications_read, name="notifications_read"),
    path("follows/<int:pk>/", follows.follow_change, name="follow_change"),
    path("follows/by-mail/", follows.follow_by_mail, name="follow_by_mail"),
    path("follows/confirm/<uuid:token>/", follows.follow_confirm, name="follow_confirm"),
    path("follows/end/<uuid:token>/", follows.follow_unsubscribe, name="follow_unsubscribe"),
    # -- forms
    path("options/<slug:kind>/", lookups.lookup_options, name="lookup_options"),
    path("kept/", kept_forms.kept_form, name="kept_form"),
]
