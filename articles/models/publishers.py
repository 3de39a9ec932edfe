"""Who reports, and where we listen."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from articles.importing.refusals import sentence


class Publisher(models.Model):
    """An outlet, agency or ministry that publishes articles."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    domains = models.JSONField(_("domains"), default=list, blank=True, help_text=_("Hosts that belong to it."))
    homepage = models.URLField(_("homepage"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    is_official = models.BooleanField(_("official source"), default=False, help_text=_("A government's own site."))

    i18n = TranslationField(fields=("name",))
    name_i18n: str
    objects = MultilingualManager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")

    def __str__(self) -> str:
        return self.name_i18n


class FeedQuerySet(models.QuerySet):
    """Feeds, with what their pages need."""

    def for_list_page(self) -> Self:
        """Feeds that fail first, then by name."""
        return self.select_related("publisher").order_by("-is_active", "-failures", "title", "url")


class Feed(models.Model):
    """An address that lists new articles, polled on its schedule."""

    class Kind(models.TextChoices):
        FEED = "feed", _("RSS, Atom or JSON feed")
        SITEMAP = "sitemap", _("sitemap")

    url = models.URLField(_("address"), max_length=2000, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FEED)
    publisher = models.ForeignKey(
        Publisher, models.PROTECT, null=True, blank=True, related_name="feeds", verbose_name=_("publisher")
    )
    is_active = models.BooleanField(_("polled"), default=True)
    interval_minutes = models.PositiveIntegerField(
        _("minutes between polls"), default=60, validators=[MinValueValidator(5), MaxValueValidator(43_200)]
    )
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    next_poll_at = models.DateTimeField(_("next poll"), null=True, blank=True, db_index=True)
    polled_at = models.DateTimeField(_("last poll"), null=True, blank=True, editable=False)
    succeeded_at = models.DateTimeField(_("last success"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)
    last_refusal = models.JSONField(default=dict, blank=True, editable=False)  # its code and details

    objects: Any = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["title", "url"]
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def trouble(self) -> str:
        """Why the last poll failed, in the language that is active now; "" if it went well."""
        told = self.last_refusal
        return sentence(told["code"], told["details"]) if self.last_error and told else self.last_error


class Host(models.Model):
    """What we owe a host: its robots.txt as last read, and when we may knock again."""

    name = models.CharField(_("host"), max_length=255, primary_key=True)
    robots = models.TextField(blank=True)
    robots_fetched_at = models.DateTimeField(null=True, blank=True)
    next_request_at = models.DateTimeField(_("next request"), null=True, blank=True)
    paused_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def __str__(self) -> str:
        return self.name
