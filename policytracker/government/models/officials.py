"""People, the posts they hold, and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from .ministries import Ministry
from .precision import Precision
from .records import Recorded, RecordedQuerySet

# The days on which a membership certainly ran: from the last possible start to the first possible end. Two holders
# whose ends are only known to the year do not collide; two that are known to the day do.
CERTAIN_TENURE = """
    IF NEW.is_acting OR NEW.started_on IS NULL
       OR NOT (SELECT is_single_holder FROM government_post WHERE id = NEW.post_id) THEN
        NEW.exclusive_tenure := NULL;
        RETURN NEW;
    END IF;
    first_day := CASE NEW.started_precision
        WHEN 'month' THEN (date_trunc('month', NEW.started_on::timestamp) + interval '1 month')::date
        WHEN 'quarter' THEN (date_trunc('quarter', NEW.started_on::timestamp) + interval '3 months')::date
        WHEN 'half' THEN (NEW.started_on::timestamp + interval '6 months')::date
        WHEN 'year' THEN (date_trunc('year', NEW.started_on::timestamp) + interval '1 year')::date
        ELSE NEW.started_on
    END;
    last_day := CASE NEW.ended_precision
        WHEN 'month' THEN date_trunc('month', NEW.ended_on::timestamp)::date
        WHEN 'quarter' THEN date_trunc('quarter', NEW.ended_on::timestamp)::date
        WHEN 'half' THEN (NEW.ended_on::timestamp - interval '6 months')::date
        WHEN 'year' THEN date_trunc('year', NEW.ended_on::timestamp)::date
        ELSE NEW.ended_on
    END;
    NEW.exclusive_tenure := CASE
        WHEN last_day IS NOT NULL AND last_day <= first_day THEN 'empty'::daterange
        ELSE daterange(first_day, last_day, '[)')
    END;
    RETURN NEW;
"""


class OfficialQuerySet(RecordedQuerySet):
    """Officials, with what pages show of them."""

    def for_list_page(self) -> Self:
        """With the posts each held, as `told_memberships`."""
        return self.with_memberships()

    def for_detail_page(self) -> Self:
        """With the party; the posts held are of a moment, and read for it."""
        return self.select_related("party", "merged_into")

    def with_memberships(self) -> Self:
        """With published memberships and their posts and ministries, the latest first, as `told_memberships`."""
        memberships = (
            apps.get_model("government", "Membership")
            .objects.published()
            .select_related("post__ministry")
            .order_by(F("started_on").desc(nulls_last=True), "-pk")
        )
        return self.prefetch_related(models.Prefetch("memberships", memberships, to_attr="told_memberships"))


@pghistory.track()
class Official(Recorded):
    """A Popolo Person."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, help_text=_("As published by the ministry, family name first."))
    country = models.CharField(_("country"), max_length=2, blank=True)
    party = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="party_members", verbose_name=_("party")
    )
    born = models.CharField(_("born"), max_length=10, blank=True, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"))
    note = models.TextField(_("note"), blank=True)
    source_urls = models.JSONField(_("sources"), default=list, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )

    i18n = TranslationField(fields=("name", "note"))
    objects: Any = OfficialQuerySet.as_manager()
    name_i18n: str
    note_i18n: str

    class Meta:
        ordering = ["name"]
        verbose_name = _("official")
        verbose_name_plural = _("officials")

    def __str__(self) -> str:
        return self.name_i18n


@pghistory.track()
class Post(Recorded):
    """A position that exists apart from its holder."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    label = models.CharField(_("label"), max_length=200)
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="posts", verbose_name=_("ministry"))
    is_single_holder = models.BooleanField(_("one holder at a time"), default=True)
    is_head = models.BooleanField(
        _("heads the ministry"), default=False, help_text=_("Its holder answers for the ministry's commitments.")
    )
    source_urls = models.JSONField(_("sources"), default=list, blank=True)

    i18n = TranslationField(fields=("label",))
    label_i18n: str

    class Meta:
        ordering = ["label"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(
                fields=["ministry"], condition=Q(is_head=True), name="ministry_has_one_heading_post"
            )
        ]

    def __str__(self) -> str:
        return self.label_i18n


# A start that is known to the day: from then on, and not before, a predecessor is certainly gone.
EXACT = (Precision.DAY, Precision.APPROXIMATE, Precision.INFERRED, Precision.NO_LATER_THAN)


class MembershipQuerySet(RecordedQuerySet):
    """Memberships by the post they fill."""

    def holding(self, *, on: date) -> Self:
        """Those that held their post on a day, by what their dates allow; `holders_on` decides between two of them.

        Where start and end are unknown, the days attest to it. A membership that ended this day gives way to one of
        the same single-holder post that began this day.
        """
        begun = Q(started_on__lte=on) | Q(started_on=None, attested_on__contains=[on])
        lasts = Q(ended_on=None) | Q(ended_on__gte=on)
        successor = self.model._base_manager.filter(
            post=OuterRef("post"),
            post__is_single_holder=True,
            is_acting=False,
            started_on__gt=OuterRef("started_on"),
            started_on__lte=on,
            started_precision__in=EXACT,
            recorded_at__isnull=False,
        )
        return self.filter(begun & lasts).exclude(Exists(successor))

    def heading(self, ministries: Iterable[Ministry | int]) -> Self:
        """Of those whose holder answers for one of the ministries, with official and post."""
        heads = self.filter(post__is_head=True, post__ministry__in=ministries)
        return heads.select_related("official", "post__ministry").defer("exclusive_tenure")


@pghistory.track()
class Membership(Recorded):
    """An official holds a post from a day to a day. The same person can hold the same post twice.

    `started_on` is the first possible day of the period its precision names, `ended_on` the last possible day;
    on a shared day the successor counts as holder. `exclusive_tenure` is kept by a trigger: the days on which
    this membership certainly and alone held a single-holder post, empty otherwise.
    """

    official = models.ForeignKey(Official, models.PROTECT, related_name="memberships", verbose_name=_("official"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="memberships", verbose_name=_("post"))
    started_on = models.DateField(_("from"), null=True, blank=True)
    started_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    ended_precision = models.CharField(_("how exactly"), max_length=20, choices=Precision, blank=True)
    is_acting = models.BooleanField(_("acting"), default=False)
    nominated_on = models.DateField(_("nominated on"), null=True, blank=True)
    attested_on = ArrayField(
        models.DateField(),
        verbose_name=_("attested on"),
        default=list,
        blank=True,
        help_text=_("Days on which a source shows the person in the post, where start and end are unknown."),
    )
    note = models.TextField(_("note"), blank=True)
    source_urls = models.JSONField(_("sources"), default=list, blank=True)
    exclusive_tenure = DateRangeField(null=True, editable=False)

    i18n = TranslationField(fields=("note",))
    note_i18n: str
    objects: Any = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "id"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        triggers = [
            pgtrigger.Trigger(
                name="certain_tenure",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("first_day", "date"), ("last_day", "date")],
                func=CERTAIN_TENURE,
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) ^ ~Q(started_precision=""),
                name="membership_start_says_how_exact_it_is",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) ^ ~Q(ended_precision=""),
                name="membership_end_says_how_exact_it_is",
            ),
            ExclusionConstraint(
                name="post_has_one_holder_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), ("exclusive_tenure", RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "Somebody else holds this post on some of these days. "
                    "End the other membership first, or mark one as acting."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}, {self.post}"
