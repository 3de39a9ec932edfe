"""Articles: schema.org NewsArticle, with the story they belong to and the addresses they answer at."""

from datetime import datetime, timedelta
from typing import Any, Self

import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .publishers import Publisher

# PostgreSQL refuses a document of more than a megabyte of lexemes: then the index holds a part, and says so.
KEEP_SEARCH = """
    SELECT text INTO body FROM articles_snapshot WHERE id = NEW.current_snapshot_id;
    NEW.is_search_cut := false;
    LOOP
        BEGIN
            NEW.search := setweight(to_tsvector('english', NEW.headline), 'A')
                || setweight(to_tsvector('simple', hangul_bigrams(NEW.headline)), 'A')
                || setweight(to_tsvector('english', NEW.byline), 'B')
                || to_tsvector('english', coalesce(body, ''))
                || to_tsvector('simple', hangul_bigrams(coalesce(body, '')));
            RETURN NEW;
        EXCEPTION WHEN program_limit_exceeded THEN
            body := left(body, char_length(body) / 2);
            NEW.is_search_cut := true;
        END;
    END LOOP;
"""

# Copies of a text are found through its smallest hashes. Of two texts that are one story at least sixteen of 64 are
# common, spread evenly among a text's own: that fewer than two are among its smallest 24 happens twice in a thousand times.
KEEP_FINGERPRINTS = """
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM articles_fingerprint WHERE article_id = OLD.id AND print = ANY (OLD.shingles[1:24]);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO articles_fingerprint (print, article_id)
        SELECT DISTINCT one, NEW.id FROM unnest(NEW.shingles[1:24]) AS one;
    END IF;
    RETURN NULL;
"""


class Story(models.Model):
    """One story told by several articles, an agency's text in many papers: evidence counts it once."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return f"story {self.pk}"


class ArticleQuerySet(models.QuerySet):
    """Articles by their place in the public record."""

    def published(self) -> Self:
        """Articles whose metadata and marked passages visitors may see."""
        return self.filter(recorded_at__isnull=False)

    def known(self, at: datetime) -> Self:
        """Articles that were in the record at the moment `at`."""
        return self.filter(recorded_at__lte=at)

    def due_for_source_check(self, at: datetime, *, every: timedelta) -> Self:
        """Articles whose source was not looked at for that long, those waiting longest first."""
        due = Q(source_checked_at=None) | Q(source_checked_at__lte=at - every)
        return self.filter(due).exclude(url="").order_by(F("source_checked_at").asc(nulls_first=True), "id")

    def newest_first(self) -> Self:
        """By day of publication, undated last."""
        return self.order_by(F("published_on").desc(nulls_last=True), "-id")

    def for_list_page(self) -> Self:
        """With what a line of a list shows, and no more: texts and search vectors stay where they are."""
        return self.select_related("publisher").defer("search", "shingles", "note")

    def for_detail_page(self) -> Self:
        """With publisher, current text and, as `told_snapshots`, what is known of every snapshot but its bytes."""
        snapshots = apps.get_model("articles", "Snapshot").objects.defer("raw", "text").order_by("-taken_at", "-id")
        return (
            self.select_related("publisher", "current_snapshot")
            .defer("search", "shingles", "current_snapshot__raw")
            .prefetch_related(models.Prefetch("snapshots", snapshots, to_attr="told_snapshots"))
        )


class Article(models.Model):
    """A news article or official text; its text lives in snapshots."""

    class SourceState(models.TextChoices):
        UNCHECKED = "unchecked", _("not checked yet")
        PRESENT = "present", _("still there")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("moved")
        GONE = "gone", _("gone")
        UNREACHABLE = "unreachable", _("out of reach")

    class DatePrecision(models.TextChoices):
        MOMENT = "moment", _("moment")
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")
        APPROXIMATE = "approximate", _("approximate")

    headline = models.CharField(_("headline"), max_length=1000)
    is_headline_ours = models.BooleanField(
        _("headline is our description"), default=False, help_text=_("The publisher's headline was not available.")
    )
    byline = models.CharField(_("byline"), max_length=500, blank=True)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("publisher")
    )
    section = models.CharField(_("section"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True, db_index=True)
    published_precision = models.CharField(_("how exactly"), max_length=20, choices=DatePrecision, blank=True)
    published_words = models.CharField(_("date as printed"), max_length=300, blank=True)
    utc_offset_minutes = models.SmallIntegerField(
        _("zone of the printed time"), null=True, blank=True, help_text=_("Minutes east of UTC.")
    )
    updated_at = models.DateTimeField(_("updated at"), null=True, blank=True)
    image_credit = models.CharField(_("image credit"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    identity_key = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("SHA-256 of headline and day: what tells one article without address from another."),
    )
    is_summary = models.BooleanField(
        _("text is our own summary"), default=False, help_text=_("Then the whole text may be shown to visitors.")
    )
    note = models.TextField(_("note"), blank=True)
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name=_("story")
    )
    current_snapshot = models.ForeignKey(
        "articles.Snapshot", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    shingles = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    edited_fields = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("corrected by hand"),
        default=list,
        blank=True,
        help_text=_("Fields an editor corrected; a re-import leaves them alone."),
    )
    source_state = models.CharField(
        _("source"), max_length=20, choices=SourceState, default=SourceState.UNCHECKED, db_index=True
    )
    source_checked_at = models.DateTimeField(_("source checked at"), null=True, blank=True, editable=False)
    search = SearchVectorField(null=True, editable=False)
    is_search_cut = models.BooleanField(default=False, editable=False)
    imported_at = models.DateTimeField(_("imported at"), editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True, editable=False, db_index=True)

    objects: Any = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(F("published_on").desc(nulls_last=True), F("id").desc(), name="article_newest_first"),
            GinIndex(fields=["search"], name="article_search"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_search",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("headline", "byline", "current_snapshot_id"),
                declare=[("body", "text")],
                func=KEEP_SEARCH,
            ),
            pgtrigger.Trigger(
                name="keeps_fingerprints",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("shingles") | pgtrigger.Delete,
                func=KEEP_FINGERPRINTS,
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(headline=""), name="article_has_a_headline"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) ^ ~Q(published_precision=""),
                name="article_date_says_how_exact_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def is_published(self) -> bool:
        """Whether visitors may see this article's metadata and marked passages."""
        return self.recorded_at is not None


class ArticleAddress(models.Model):
    """An address, canonical or not, under which one article is known; `key` is its canonical form, hashed."""

    key = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the canonical address, in hex."))
    url = models.TextField(_("address"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="addresses")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("article address")
        verbose_name_plural = _("article addresses")

    def __str__(self) -> str:
        return self.url


class Fingerprint(models.Model):
    """One of the smallest hashes in an article's `shingles`, kept by a trigger; never written otherwise."""

    pk = models.CompositePrimaryKey("print", "article")
    print = models.BigIntegerField()
    # The trigger removes them with their article; a constraint would be checked for each of two dozen rows.
    article = models.ForeignKey(
        Article, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="fingerprints"
    )

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")

    def __str__(self) -> str:
        return f"{self.print} of {self.article_id}"
