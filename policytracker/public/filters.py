"""What lists can be narrowed by. One FilterSet a list; the address holds the whole state."""

from functools import cached_property
from typing import Any

import django_filters as df
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Publisher
from articles.searching import parse_query, tsquery
from policytracker.government.models import Commitment, Initiative, Membership, Ministry, Official, Topic
from policytracker.pages.statuses import STATUSES
from policytracker.tracking.models import Annotation, Tag
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.columns import once_named
from policytracker.tracking.standing.status import Unkept, at_status, overdue, unkept_at, with_terms

from .facets import Facets, SlugChoice

MAX_WORDS = 200
OR_MERGED = Q(merged_into__isnull=False)  # what it had is another's today; at an earlier moment it was its own


def day_field(**about: Any) -> df.DateFilter:
    """A filter by a day, with the browser's own calendar."""
    return df.DateFilter(widget=forms.DateInput(attrs={"type": "date"}), **about)


def words_field(**about: Any) -> df.CharFilter:
    """A filter by words, of a length that a page can answer."""
    return df.CharFilter(max_length=MAX_WORDS, widget=forms.TextInput(attrs={"type": "search"}), **about)


class ArticleFilter(Facets):
    """Articles by who reported, in which language, when and in which words."""

    q = words_field(label=_("Words"), method="with_words")
    publisher = SlugChoice(
        Publisher.objects.order_by("name").all, label=_("Publisher"), field_name="publisher__slug", empty_label=_("any")
    )
    language = df.ChoiceFilter(
        label=_("Language"), choices=[("en", _("English")), ("ko", _("Korean"))], empty_label=_("any")
    )
    since = day_field(label=_("From"), field_name="published_on", lookup_expr="gte")
    until = day_field(label=_("Until"), field_name="published_on", lookup_expr="lte")
    counted = {"publisher": "publisher__slug", "language": "language"}

    class Meta:
        model = Article
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Articles whose headline or text holds the words."""
        query = tsquery(parse_query(value))
        return rows.filter(search=query) if query is not None else rows.filter(Q(headline__icontains=value))


def _has(rows: QuerySet[Any]) -> Exists:
    """That there is such a row; one is enough, so no join multiplies."""
    return Exists(rows.order_by())


def _topics() -> QuerySet[Topic]:
    """Topics that a published initiative or commitment has."""
    of_initiative = _has(Initiative.objects.published().filter(topics=OuterRef("pk")))
    return Topic.objects.filter(of_initiative | _has(Commitment.objects.published().filter(topics=OuterRef("pk"))))


def _lead_ministries() -> QuerySet[Ministry]:
    """Ministries that lead a published commitment or initiative."""
    of_initiative = _has(Initiative.objects.published().filter(lead_ministry=OuterRef("pk")))
    promised = _has(Commitment.objects.published().filter(lead_ministry=OuterRef("pk")))
    return Ministry.objects.published().filter(of_initiative | promised)


def _once_leading() -> QuerySet[Ministry]:
    """Ministries that led something until it was corrected."""
    return Ministry.objects.published().filter(pk__in=once_named("lead_ministry"))


def _once_over() -> QuerySet[Initiative]:
    """Initiatives under which something stood until it was corrected."""
    return Initiative.objects.published().filter(pk__in=once_named("initiative"))


def _initiatives() -> QuerySet[Initiative]:
    """Initiatives under which something was promised."""
    promised = _has(Commitment.objects.published().filter(initiative=OuterRef("pk")))
    return Initiative.objects.published().filter(OR_MERGED | promised)


def _promising() -> QuerySet[Official]:
    """Officials who promised something in person."""
    promised = _has(Commitment.objects.published().filter(made_by__official=OuterRef("pk")))
    return Official.objects.published().filter(promised)


def _staffed() -> QuerySet[Ministry]:
    """Ministries with a post that somebody on record holds or held."""
    return Ministry.objects.published().filter(
        _has(Membership.objects.published().filter(post__ministry=OuterRef("pk")))
    )


def _tags() -> QuerySet[Tag]:
    """Tags of a public note on a commitment."""
    notes = Annotation.objects.published().filter(tags=OuterRef("pk"), deleted_at=None)
    about = notes.filter(Q(about_commitment__isnull=False) | Q(commitment__isnull=False))
    return Tag.objects.filter(_has(about), merged_into=None)


class CommitmentFilter(Facets):
    """Commitments by where they stand, who owes them, when they were made and when they are due.

    The rows carry `status_then` and are held against what the record said at `moment`.
    """

    status = df.MultipleChoiceFilter(
        label=_("Status"),
        method="by_status",
        choices=[(status.key, status.label) for status in STATUSES],
        widget=forms.CheckboxSelectMultiple,
    )
    late = df.ChoiceFilter(
        label=_("Deadline"), method="by_lateness", choices=[("1", _("overdue"))], empty_label=_("any")
    )
    ministry = SlugChoice(
        _lead_ministries, _once_leading, label=_("Ministry"), field_name="then_ministry", empty_label=_("any")
    )
    initiative = SlugChoice(
        _initiatives,
        _once_over,
        label=_("Initiative"),
        field_name="then_initiative",
        empty_label=_("any"),
    )
    official = SlugChoice(
        _promising,
        label=_("Made by"),
        field_name="made_by__official__slug",
        empty_label=_("anyone"),
    )
    topic = SlugChoice(_topics, label=_("Topic"), method="by_topic", empty_label=_("any"))
    tag = SlugChoice(_tags, label=_("Tag"), method="by_tag", empty_label=_("any"))
    verifiable = df.ChoiceFilter(
        label=_("Verifiable"),
        field_name="as_known_verifiability",
        choices=Commitment.Verifiability.choices,
        empty_label=_("any"),
    )
    made_since = day_field(label=_("Made from"), field_name="then_made_on", lookup_expr="gte")
    made_until = day_field(label=_("Made until"), field_name="then_made_on", lookup_expr="lte")
    due_since = day_field(label=_("Due from"), field_name="then_due_on", lookup_expr="gte")
    due_until = day_field(label=_("Due until"), field_name="then_due_on", lookup_expr="lte")
    q = words_field(label=_("Words"), method="with_words")
    counted = {
        "status": "status_then",
        "ministry": "then_ministry",
        "initiative": "then_initiative",
        "official": "made_by__official__slug",
        "topic": "topics__slug",
        "verifiable": "as_known_verifiability",
    }

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, data: Any, *, queryset: QuerySet[Commitment], moment: Moment, **about: Any) -> None:
        super().__init__(data, moment=moment, queryset=with_terms(queryset, moment), **about)

    def by_lateness(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Overdue ones."""
        return overdue(rows, self.moment, self._unkept)

    def by_status(self, rows: QuerySet[Commitment], _name: str, value: list[str]) -> QuerySet[Commitment]:
        """Those at one of the statuses; all where none is named."""
        return at_status(rows, self.moment, value, self._unkept) if value else rows

    @cached_property
    def _unkept(self) -> Unkept:
        """What has to be computed is asked once: the facets ask again."""
        return unkept_at(self.moment)

    def by_topic(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Those under the topic or one under it."""
        under = Topic.objects.filter(Q(slug=value) | Q(parent__slug=value))
        return rows.filter(pk__in=Commitment.objects.filter(topics__in=under).values("pk"))

    def by_tag(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Those a public note with the tag is about."""
        notes = Annotation.objects.published().filter(tags__slug=value)
        return rows.filter(Q(pk__in=notes.values("about_commitment")) | Q(pk__in=notes.values("commitment")))

    def with_words(self, rows: QuerySet[Commitment], _name: str, value: str) -> QuerySet[Commitment]:
        """Those whose statement holds every word, in any language."""
        for word in value.split():
            rows = rows.filter(Q(then_statement__icontains=word) | Q(i18n__icontains=word))
        return rows


class InitiativeFilter(Facets):
    """Initiatives by lead ministry, topic, state and words."""

    q = words_field(label=_("Words"), method="with_words")
    ministry = SlugChoice(_lead_ministries, label=_("Ministry"), field_name="lead_ministry__slug", empty_label=_("any"))
    topic = SlugChoice(_topics, label=_("Topic"), field_name="topics__slug", empty_label=_("any"))
    state = df.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[("running", _("running")), ("ended", _("ended"))],
        empty_label=_("any"),
    )
    counted = {"ministry": "lead_ministry__slug", "topic": "topics__slug"}

    class Meta:
        model = Initiative
        fields: list[str] = []

    def by_state(self, rows: QuerySet[Initiative], _name: str, value: str) -> QuerySet[Initiative]:
        """Running ones have no end on record."""
        return rows.filter(ended_on__isnull=value == "running")

    def with_words(self, rows: QuerySet[Initiative], _name: str, value: str) -> QuerySet[Initiative]:
        """Those with every word in a name, alias or description."""
        for word in value.split():
            named = Initiative.objects.filter(
                Q(name__icontains=word)
                | Q(i18n__icontains=word)
                | Q(description__icontains=word)
                | Q(aliases__name__icontains=word)
            )
            rows = rows.filter(pk__in=named.values("pk"))
        return rows


class OfficialFilter(Facets):
    """Officials by ministry and name."""

    q = words_field(label=_("Name"), method="with_words")
    ministry = SlugChoice(
        _staffed,
        label=_("Ministry"),
        method="by_ministry",
        empty_label=_("any"),
    )
    counted = {"ministry": "memberships__post__ministry__slug"}

    class Meta:
        model = Official
        fields: list[str] = []

    def by_ministry(self, rows: QuerySet[Official], _name: str, value: str) -> QuerySet[Official]:
        """Those who hold or held a post there."""
        held = Official.objects.filter(memberships__post__ministry__slug=value, memberships__recorded_at__isnull=False)
        return rows.filter(pk__in=held.values("pk"))

    def with_words(self, rows: QuerySet[Official], _name: str, value: str) -> QuerySet[Official]:
        """Those with every word in a name or alias."""
        for word in value.split():
            named = Official.objects.filter(
                Q(name__icontains=word) | Q(i18n__icontains=word) | Q(aliases__name__icontains=word)
            )
            rows = rows.filter(pk__in=named.values("pk"))
        return rows
