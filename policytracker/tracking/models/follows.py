"""Who wants to be told, of what, and what was told."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Initiative, Ministry, Official, Post, Topic
from policytracker.government.models.aliases import exactly_one

from .tags import Tag

FOLLOWED = ("commitment", "initiative", "ministry", "official", "post", "topic", "tag")


class Subscriber(models.Model):
    """A visitor without an account who follows by mail, after confirming the address."""

    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(max_length=10, default="en")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email


class FollowQuerySet(models.QuerySet):
    """Follows by their page."""

    def for_list_page(self, user: Any) -> Self:
        """What a user follows, with the subjects' names."""
        return self.filter(user=user).select_related(*FOLLOWED)


class Follow(models.Model):
    """Somebody follows a subject or a search, with a note to themselves why."""

    class Cadence(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")
        OFF = "off", _("off")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="follows")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, null=True, blank=True, related_name="follows")
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, blank=True, related_name="follows")
    initiative = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="follows")
    ministry = models.ForeignKey(Ministry, models.CASCADE, null=True, blank=True, related_name="follows")
    official = models.ForeignKey(Official, models.CASCADE, null=True, blank=True, related_name="follows")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="follows")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="follows")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="follows")
    search = models.CharField(_("search"), max_length=300, blank=True)
    note = models.CharField(_("why I follow this"), max_length=500, blank=True)
    cadence = models.CharField(_("how often"), max_length=10, choices=Cadence, default=Cadence.DAILY)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()
    told_until = models.DateTimeField(help_text=_("Changes recorded up to this moment were told."))

    objects: Any = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(subscriber__isnull=True), name="follow_has_one_follower"
            ),
            models.CheckConstraint(
                condition=(exactly_one(*FOLLOWED) & Q(search=""))
                | (Q(**{f"{f}__isnull": True for f in FOLLOWED}) & ~Q(search="")),
                name="follow_has_one_subject",
            ),
            models.UniqueConstraint(
                fields=["user", "subscriber", *FOLLOWED, "search"],
                nulls_distinct=False,
                name="subject_is_followed_once",
            ),
        ]

    @property
    def subject(self) -> models.Model | None:
        """The followed row; None for a search."""
        return next((getattr(self, name) for name in FOLLOWED if getattr(self, f"{name}_id")), None)

    @property
    def email(self) -> str:
        """Where this follower reads mail; empty where they read none, or none any more."""
        if self.subscriber:
            is_reached = self.subscriber.confirmed_at and not self.subscriber.bounced_at
            return self.subscriber.email if is_reached else ""
        if self.user is None:
            return ""
        preference = getattr(self.user, "preference", None)
        return self.user.email if preference is None or preference.wants_mail else ""

    def __str__(self) -> str:
        return str(self.subject or self.search)


class NotificationQuerySet(models.QuerySet):
    """Notifications by their page."""

    def for_list_page(self, user: Any) -> Self:
        """A user's notifications, unread first, then the latest."""
        subjects = [f"follow__{name}" for name in FOLLOWED]
        mine = self.filter(follow__user=user).select_related("follow", *subjects)
        return mine.order_by(models.F("read_at").desc(nulls_first=True), "-created_at", "-id")

    def unread_by(self, user: Any) -> Self:
        """What a user has not read."""
        return self.filter(follow__user=user, read_at__isnull=True)


class Notification(models.Model):
    """One change told to one follower, in the app and perhaps by mail. Never twice: `key` names the change."""

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=12)
    source_id = models.BigIntegerField()
    title = models.CharField(max_length=500, default="")
    old_status = models.CharField(max_length=30, blank=True)
    new_status = models.CharField(max_length=30, blank=True)
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey("MailMessage", models.SET_NULL, null=True, blank=True, related_name="notifications")

    objects: Any = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["follow", "key"], name="change_is_told_once")]

    def __str__(self) -> str:
        return self.key


class MailMessage(models.Model):
    """The outbox: a mail is written with the change it tells, and sent by the worker at most once."""

    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.subject
