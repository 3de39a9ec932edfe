"""What happened, and the one dated list made of it."""

from typing import Any

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from articles.models import Article
from policytracker.government.models import Initiative, Ministry, Precision, Recorded


@pghistory.track()
class Event(Recorded):
    """Something that happened around an initiative and is neither a promise nor a conclusion: context."""

    text = models.CharField(_("what happened"), max_length=500)
    happened_on = models.DateField(_("on"))
    happened_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, default=Precision.DAY)
    initiatives = models.ManyToManyField(Initiative, blank=True, related_name="events", verbose_name=_("initiatives"))
    ministries = models.ManyToManyField(Ministry, blank=True, related_name="events", verbose_name=_("ministries"))
    sources = models.ManyToManyField(Article, blank=True, related_name="events", verbose_name=_("sources"))

    i18n = TranslationField(fields=("text",))
    text_i18n: str

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.text_i18n


class TimelineEvent(models.Model):
    """One line of one subject's timeline, kept by triggers from the rows it tells of; never written by hand.

    `subject_id` is 0 for the timeline of everything. `source_id` is the row of `kind`'s table: the commitment for its
    deadlines and terms, the ministry for what became of it, else the row of that name. `variant` tells apart the lines
    of one source: “start” and “end” of a membership, “change:7” for the seventh change of deadline.

    Three clocks. `happened_on` is the day it is told under. `holds_from` ≤ day < `holds_until` says on which days it
    was so: a deadline holds from the promise until the next deadline, everything else from the day it happened.
    `recorded_at` ≤ moment < `retired_at` says when we knew.

    `at` sorts: the day, at noon UTC and some seconds, so that lines of one day stand in the order in which one follows
    from the other. Within one timeline, at one moment, (`at`, `source_id`) names one line: pages are cut by it.
    """

    class Subject(models.TextChoices):
        ALL = "all", _("everything")
        INITIATIVE = "initiative", _("initiative")
        COMMITMENT = "commitment", _("commitment")
        MINISTRY = "ministry", _("ministry")
        OFFICIAL = "official", _("official")
        POST = "post", _("post")
        TOPIC = "topic", _("topic")
        TAG = "tag", _("tag")
        WATCH = "watch", _("heads of a ministry, and governments over it")

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("statement")
        COMMITMENT = "commitment", _("commitment")
        EVIDENCE = "evidence", _("evidence")
        STATUS = "status", _("status")
        MILESTONE = "milestone", _("milestone")
        DEADLINE = "deadline", _("deadline")
        TERMS = "terms", _("change of terms")
        APPOINTMENT = "appointment", _("appointment")
        GOVERNMENT = "government", _("change of government")
        ORGANIZATION = "organization", _("reorganisation")
        INITIATIVE = "initiative", _("initiative")
        CORRECTION = "correction", _("correction")
        ARTICLE = "article", _("article")
        EVENT = "event", _("event")

    subject_kind = models.CharField(max_length=12, choices=Subject)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    source_id = models.BigIntegerField()
    variant = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    happened_on = models.DateField()
    precision = models.CharField(max_length=20, default="day")
    holds_from = models.DateField()
    holds_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects: Any = models.Manager()

    class Meta:
        ordering = ["-at", "-source_id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-at", "-source_id"], name="timeline_of_a_subject"),
            models.Index(fields=["subject_kind", "subject_id", "kind", "-at", "-source_id"], name="timeline_of_a_kind"),
            models.Index(fields=["subject_kind", "subject_id", "-recorded_at"], name="timeline_news"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source_id", "subject_kind", "subject_id", "variant", "recorded_at", "holds_from"],
                name="timeline_tells_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.kind} {self.source_id}"
