"""Filters of the desk's lists."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.tracking.models import Annotation

from .forms.annotations import MOTIVATIONS


class ArticleFilter(django_filters.FilterSet):
    """Articles by words in the headline and by what waits in them."""

    q = django_filters.CharFilter(label=_("Headline"), method="with_words", max_length=200)
    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"),
        choices=[("mentions", _("mentions")), ("candidates", _("commitments")), ("any", _("either"))],
        empty_label=_("anything"),
        method="with_waiting",
        widget=forms.Select,
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def with_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Articles whose headline holds each word."""
        for word in value.split()[:8]:
            rows = rows.filter(headline__icontains=word)
        return rows

    def with_waiting(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Articles with proposals nobody has decided on."""
        conditions: dict[str, Any] = {"mentions": Q(has_mentions=True), "candidates": Q(has_candidates=True)}
        return rows.filter(conditions.get(value) or Q(has_mentions=True) | Q(has_candidates=True))


class AnnotationFilter(django_filters.FilterSet):
    """Notes by who wrote them, what they are, their tag and their words; one's own unless asked otherwise."""

    whose = django_filters.ChoiceFilter(
        label=_("Whose"), choices=[("all", _("everyone’s"))], empty_label=_("mine"), method="of_whom"
    )
    motivation = django_filters.ChoiceFilter(label=_("What"), choices=MOTIVATIONS, empty_label=_("anything"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("open", _("open")),
            ("resolved", _("dealt with")),
            ("detached", _("detached")),
            ("waiting", _("waiting for release")),
        ],
        empty_label=_("any"),
        method="in_state",
    )
    tag = django_filters.CharFilter(label=_("Tag"), method="with_tag", max_length=100)
    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)

    class Meta:
        model = Annotation
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """One's own notes, unless the address asks for everyone's."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("whose") else rows.filter(author=self.request.user)

    def of_whom(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Everyone's: nothing is left out here."""
        return rows

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Notes that wait, are dealt with, or lost their passage."""
        conditions = {
            "open": Q(resolved_at__isnull=True),
            "resolved": Q(resolved_at__isnull=False),
            "detached": Q(detached_at__isnull=False),
            "waiting": Q(visibility=Annotation.Visibility.PUBLIC, recorded_at__isnull=True),
        }
        return rows.filter(conditions[value])

    def with_tag(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Notes with the tag of this word or address."""
        return rows.filter(Q(tags__label__iexact=value) | Q(tags__slug=value)).distinct()

    def with_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Notes whose text or quote holds each word."""
        for word in value.split()[:8]:
            rows = rows.filter(Q(body__icontains=word) | Q(exact__icontains=word))
        return rows


class CommitmentFilter(django_filters.FilterSet):
    """Commitments by words, and by whether they are public."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=200)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("draft", _("drafts")), ("public", _("public")), ("undecided", _("verifiability undecided"))],
        empty_label=_("any"),
        method="in_state",
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def with_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Commitments whose statement, initiative or ministry holds each word."""
        for word in value.split()[:8]:
            rows = rows.filter(
                Q(statement__icontains=word)
                | Q(i18n__icontains=word)
                | Q(slug__icontains=word)
                | Q(initiative__name__icontains=word)
                | Q(lead_ministry__name__icontains=word)
            )
        return rows

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Drafts, public ones, or those nobody has found verifiable or not."""
        conditions = {
            "draft": Q(recorded_at__isnull=True),
            "public": Q(recorded_at__isnull=False),
            "undecided": Q(verifiability=Commitment.Verifiability.UNDECIDED),
        }
        return rows.filter(conditions[value])
