"""Who asked for what, and what became of each item."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Case, Count, Min, Q, Value, When
from django.utils.translation import gettext_lazy as _

from .articles import Article
from .publishers import Feed


class ImportBatchQuerySet(models.QuerySet):
    """Imports by how far they are, and with what their pages need."""

    def for_list_page(self) -> Self:
        """Imports that were started, newest first, each with its counts."""
        counts = {
            f"{outcome}_count": Count("items", filter=Q(items__outcome=outcome))
            for outcome in ("created", "updated", "unchanged", "duplicate", "failed")
        }
        return self.exclude(state="draft").select_related("requested_by", "feed").annotate(**counts)


class ImportBatch(models.Model):
    """One request to import: some addresses, a file, a feed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("shown, not started")
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    label = models.CharField(_("label"), max_length=300, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="import_batches"
    )
    feed = models.ForeignKey(Feed, models.SET_NULL, null=True, blank=True, related_name="batches")
    requested_at = models.DateTimeField(_("requested at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED, db_index=True)
    options = models.JSONField(default=dict, blank=True, help_text=_("Column mapping, publisher, language."))
    idempotency_key = models.CharField(max_length=200, blank=True)

    objects: Any = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.UniqueConstraint(
                fields=["requested_by", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                nulls_distinct=False,
                name="import_is_asked_for_once",
            )
        ]

    def __str__(self) -> str:
        return self.label or f"import {self.pk}"

    def silent_items(self, *, since: datetime) -> tuple[int, datetime | None]:
        """Count items that a worker took before `since` and has not told of, and say since when; in one query."""
        silent = self.items.order_by().filter(outcome="running", started_at__lt=since)
        found = silent.aggregate(count=Count("pk"), first=Min("started_at"))
        return found["count"], found["first"]

    def outcome_counts(self) -> dict[str, int]:
        """Count its items by outcome, in one query."""
        return dict(self.items.order_by().values_list("outcome").annotate(count=Count("pk")))


UNFINISHED = ("queued", "running")


class ImportItemQuerySet(models.QuerySet):
    """Items by what became of them."""

    def unfinished(self) -> Self:
        """Items still to be worked on, or being worked on."""
        return self.filter(outcome__in=UNFINISHED)

    def for_page(self) -> Self:
        """Items with their articles' headlines, without the bytes they came as but with whether there are any."""
        has_payload = Case(When(payload=None, then=Value(False)), default=Value(True))
        joined = self.select_related("article").annotate(has_payload=has_payload)
        return joined.defer("payload", "article__shingles", "article__search")

    def for_report(self) -> Self:
        """Items in order, with their articles and texts, without the bytes they came as."""
        joined = self.select_related("article__publisher", "article__current_snapshot")
        return joined.defer("payload", "article__current_snapshot__raw", "article__shingles").order_by("pk")


class ImportItem(models.Model):
    """One thing to import, and its outcome with a reason a person can act on."""

    class Outcome(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        UNCHANGED = "unchanged", _("unchanged")
        DUPLICATE = "duplicate", _("duplicate")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")
        EXPANDED = "expanded", _("opened into items")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    host = models.CharField(_("host"), max_length=255, blank=True, help_text=_("Whose site is asked, for an address."))
    source = models.TextField(_("source"), help_text=_("An address, or a file's name with the entry or line in it."))
    payload = models.BinaryField(null=True, blank=True, help_text=_("The bytes given, for files."))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.QUEUED)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    detail = models.JSONField(default=dict, blank=True)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="import_items")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: Any = ImportItemQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "position", "id"]
        verbose_name = _("import item")
        verbose_name_plural = _("import items")
        indexes = [
            models.Index(fields=["batch", "outcome"]),
            models.Index(fields=["batch", "id"], condition=Q(outcome__in=UNFINISHED), name="import_item_to_do"),
            HashIndex(fields=["source"], name="import_item_source"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "parent", "position"], nulls_distinct=False, name="import_item_has_its_place"
            ),
            models.CheckConstraint(condition=~Q(outcome="failed") | ~Q(reason=""), name="failed_import_item_says_why"),
        ]

    def __str__(self) -> str:
        return self.source[:120]

    @property
    def is_retriable(self) -> bool:
        """Whether there is something to read again: an address, or the bytes. A row of a table has neither."""
        has_payload = self.has_payload if hasattr(self, "has_payload") else self.payload is not None
        return bool(self.host) or has_payload
