"""A passage: words of a snapshot, and where they stand in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Snapshot

CONTEXT = 32  # code points kept before and after a passage, to find it again in a changed text


class Passage(models.Model):
    """Words quoted from a snapshot. A trigger refuses a quote that does not occur at its offsets.

    `start` and `end` count code points of `snapshot.text`; `exact == snapshot.text[start:end]`.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="%(class)s_set", verbose_name=_("snapshot"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("quote"))
    prefix = models.CharField(max_length=CONTEXT, blank=True)
    suffix = models.CharField(max_length=CONTEXT, blank=True)

    class Meta:
        abstract = True
