"""Notes on passages, initiatives and commitments (W3C Web Annotation)."""

import uuid
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot
from policytracker.government.models import Commitment, Initiative
from policytracker.government.models.aliases import exactly_one

from .passages import CONTEXT
from .tags import Tag

READING_DESK = (
    *("pk", "uuid", "snapshot_id", "start", "end", "exact", "body", "motivation", "visibility"),
    *("resolved_at", "edited_at", "created_at", "parent_id", "evidence__stance"),
    *("author__first_name", "author__last_name", "author__username"),
    *("about_commitment__slug", "about_commitment__statement", "about_commitment__i18n"),
    *("about_initiative__slug", "about_initiative__name", "about_initiative__i18n"),
)


class AnnotationQuerySet(models.QuerySet):
    """Annotations by who may read them."""

    def published(self) -> "AnnotationQuerySet":
        """Annotations that everyone may read, on material everyone may see."""
        return self.filter(visibility=Annotation.Visibility.PUBLIC, recorded_at__isnull=False, deleted_at__isnull=True)

    def standing(self) -> "AnnotationQuerySet":
        """Annotations that were not deleted."""
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user: Any) -> "AnnotationQuerySet":
        """Annotations this user may read: their own, the team's when signed in as staff, the public's."""
        if not user.is_authenticated:
            return self.published()
        shared = Q(visibility__in=[Annotation.Visibility.TEAM, Annotation.Visibility.PUBLIC])
        return self.filter(shared | Q(author=user))

    def for_reading_desk(self, article_id: int, user: Any) -> "AnnotationQuerySet":
        """The notes on an article's snapshots that this user may read, answers included, in the text's order."""
        rows = self.standing().visible_to(user).filter(snapshot__article=article_id)
        rows = rows.select_related("author", "about_commitment", "about_initiative", "resolved_by", "evidence")
        return rows.prefetch_related("tags").order_by("start", "created_at", "id")

    def rows_of_reading_desk(self, article_id: int, user: Any) -> models.QuerySet:
        """The same as plain rows of READING_DESK, for the page that shows hundreds of them."""
        rows = self.standing().visible_to(user).filter(snapshot__article=article_id)
        return rows.order_by("start", "created_at", "id").values_list(*READING_DESK)

    def tags_of_reading_desk(self, article_id: int) -> models.QuerySet:
        """The tags of the notes on an article, as rows of annotation, slug, label and translations."""
        links = Annotation.tags.through._default_manager.filter(annotation__snapshot__article=article_id)
        return links.order_by("tag__label").values_list("annotation_id", "tag__slug", "tag__label", "tag__i18n")

    def for_list_page(self, user: Any) -> "AnnotationQuerySet":
        """The notes this user may read, answers left out, with what they stand on."""
        rows = self.standing().visible_to(user).filter(parent__isnull=True)
        rows = rows.select_related(
            "author", "snapshot__article", "initiative", "commitment", "about_commitment", "about_initiative"
        )
        return rows.defer("snapshot__raw", "snapshot__text", "snapshot__article__shingles").prefetch_related("tags")

    def for_subject_page(self, subject: models.Model, user: Any) -> "AnnotationQuerySet":
        """The notes on an initiative or commitment that this user may read, answers included."""
        rows = self.standing().visible_to(user).filter(**{subject._meta.model_name or "": subject})
        return rows.select_related("author", "resolved_by").prefetch_related("tags").order_by("created_at", "id")


@pghistory.track()
class Annotation(models.Model):
    """A note on a passage, an initiative or a commitment; or a highlight without words."""

    class Motivation(models.TextChoices):
        HIGHLIGHTING = "highlighting", _("highlight")
        COMMENTING = "commenting", _("comment")
        DESCRIBING = "describing", _("description")
        QUESTIONING = "questioning", _("question")
        IDENTIFYING = "identifying", _("commitment")
        ASSESSING = "assessing", _("evidence")
        LINKING = "linking", _("link")
        TAGGING = "tagging", _("tagging")
        REPLYING = "replying", _("reply")

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only me")
        TEAM = "team", _("Team")
        PUBLIC = "public", _("Everyone")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, blank=True, related_name="annotations")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    exact = models.TextField(_("quote"), blank=True)
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("note on initiative"),
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("note on commitment"),
    )
    about_initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="linked_annotations"
    )
    about_commitment = models.ForeignKey(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="linked_annotations"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    motivation = models.CharField(_("what it is"), max_length=20, choices=Motivation, default=Motivation.HIGHLIGHTING)
    body = models.TextField(_("note"), blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="annotations", verbose_name=_("tags"))
    visibility = models.CharField(_("who sees it"), max_length=10, choices=Visibility, default=Visibility.TEAM)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="annotations")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(
        default=1, help_text=_("Counts edits, so that two editors notice each other.")
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    detached_at = models.DateTimeField(
        null=True, blank=True, help_text=_("The passage was not found in the newest snapshot.")
    )
    submission_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects: Any = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        indexes = [models.Index(fields=["snapshot", "start"])]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("snapshot", "initiative", "commitment"), name="annotation_has_one_target"
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=True, start__isnull=True, end__isnull=True, exact="")
                | Q(snapshot__isnull=False, start__isnull=False, end__gt=F("start")),
                name="annotation_of_a_passage_says_where",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:80] or self.exact[:80]


class AnnotationRevision(models.Model):
    """An annotation as it read before an edit."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    motivation = models.CharField(max_length=20)
    visibility = models.CharField(max_length=10)
    tag_labels = models.JSONField(default=list)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "version"], name="annotation_revision_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} v{self.version}"


class AddresseeQuerySet(models.QuerySet):
    """Notes to somebody."""

    def unread(self) -> "AddresseeQuerySet":
        """Those their addressee has not put aside, of notes that still stand."""
        return self.filter(read_at__isnull=True, annotation__deleted_at__isnull=True)


class Addressee(models.Model):
    """Somebody a note is addressed to: named in it with @, or the author of what it replies to."""

    class Reason(models.TextChoices):
        NAMED = "named", _("names you")
        REPLY = "reply", _("replies to you")

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="addressees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: Any = AddresseeQuerySet.as_manager()

    class Meta:
        ordering = ["-annotation_id"]
        indexes = [models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="addressee_unread")]
        constraints = [models.UniqueConstraint(fields=["annotation", "user"], name="note_is_addressed_once")]

    def __str__(self) -> str:
        return f"{self.annotation_id} → {self.user_id}"
