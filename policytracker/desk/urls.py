"""Addresses of the desk door."""

from django.urls import URLPattern, URLResolver, path

from .views import follows, problems

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("problems/report/", problems.problem_report, name="problem_report"),
    path("follows/", follows.follow_list, name="follow_list"),
    path("follows/add/", follows.follow_add, name="follow_add"),
    path("follows/read/", follows.notifications_read, name="notifications_read"),
    path("follows/<int:pk>/", follows.follow_change, name="follow_change"),
    path("follows/by-mail/", follows.follow_by_mail, name="follow_by_mail"),
    path("follows/confirm/<uuid:token>/", follows.follow_confirm, name="follow_confirm"),
    path("follows/end/<uuid:token>/", follows.follow_unsubscribe, name="follow_unsubscribe"),
]
