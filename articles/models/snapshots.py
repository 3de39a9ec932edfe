"""Pages as they were at a moment."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .articles import Article

OWN_SUMMARY = "own summary"  # extractor of a text that is ours, not the source's


class Snapshot(models.Model):
    """The page as it was: raw bytes, their SHA-256, and the text found in them. Immutable, held by a trigger.

    `text` is the article's paragraphs joined by "\\n", in NFC; all offsets into it count code points.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="snapshots", verbose_name=_("article"))
    taken_at = models.DateTimeField(_("taken at"))
    url = models.TextField(_("fetched from"), blank=True)
    raw = models.BinaryField(_("bytes"))
    sha256 = models.CharField(_("SHA-256 of the bytes"), max_length=64)
    content_type = models.CharField(_("content type"), max_length=200, blank=True)
    charset = models.CharField(_("charset"), max_length=40, blank=True)
    text = models.TextField(_("text"))
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, db_index=True)
    extractor = models.CharField(_("extractor"), max_length=60)
    extractor_version = models.CharField(_("version"), max_length=60)

    objects: Any = models.Manager()

    class Meta:
        ordering = ["-taken_at", "-id"]
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            models.UniqueConstraint(fields=["article", "sha256", "text_sha256"], name="snapshot_is_stored_once"),
            models.CheckConstraint(condition=~Q(text=""), name="snapshot_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.taken_at:%Y-%m-%d %H:%M})"
