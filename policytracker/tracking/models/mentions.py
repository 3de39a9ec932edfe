"""Which subjects an article names."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Snapshot
from policytracker.government.models import Initiative, Ministry, Official, Post, Topic
from policytracker.government.models.aliases import OWNERS, exactly_one


class MentionQuerySet(models.QuerySet):
    """Mentions by what a person decided."""

    def proposed(self) -> Self:
        """Mentions nobody has decided on."""
        return self.filter(state=Mention.State.PROPOSED)

    def confirmed(self) -> Self:
        """Mentions a person confirmed."""
        return self.filter(state=Mention.State.CONFIRMED)

    def for_reading_desk(self, article_id: int) -> Self:
        """What an article is said to name, rejected ones left out, in the text's order."""
        rows = self.filter(article=article_id).exclude(state=Mention.State.REJECTED)
        names = {"ministry": "name", "official": "name", "post": "label", "initiative": "name", "topic": "label"}
        shown = [f"{owner}__{field}" for owner, name in names.items() for field in ("slug", name, "i18n")]
        own = ("article", "snapshot", "start", "end", "surface", "occurrences", "is_ambiguous", "state")
        return rows.select_related(*names).only(*own, *names, *shown).order_by("start", "id")


@pghistory.track()
class Mention(models.Model):
    """This article names this subject: proposed by matching, confirmed or rejected by a person.

    One row per sense of one surface form in an article; `start` and `end` are of its first occurrence. Rows that
    share snapshot, start and end are senses to choose from.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions", verbose_name=_("article"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(_("as written"), max_length=200)
    occurrences = models.PositiveIntegerField(_("times"), default=1)
    ministry = models.ForeignKey(Ministry, models.CASCADE, null=True, blank=True, related_name="mentions")
    official = models.ForeignKey(Official, models.CASCADE, null=True, blank=True, related_name="mentions")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="mentions")
    initiative = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="mentions")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="mentions")
    is_ambiguous = models.BooleanField(_("several senses"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED, db_index=True)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)

    objects: Any = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start", "id"]
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.CheckConstraint(condition=exactly_one(*OWNERS), name="mention_has_one_subject"),
            models.UniqueConstraint(
                fields=["article", "surface", *OWNERS], nulls_distinct=False, name="mention_is_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="proposed", decided_by__isnull=True, decided_at__isnull=True, recorded_at__isnull=True
                )
                | Q(state="rejected", decided_by__isnull=False, decided_at__isnull=False, recorded_at__isnull=True)
                | Q(state="confirmed", decided_by__isnull=False, decided_at__isnull=False),
                name="mention_is_decided_by_a_person",
            ),
        ]

    @property
    def subject(self) -> models.Model | None:
        """The one subject this mention names."""
        return next((getattr(self, owner) for owner in OWNERS if getattr(self, f"{owner}_id")), None)

    def __str__(self) -> str:
        return f"{self.surface} → {self.subject}"
