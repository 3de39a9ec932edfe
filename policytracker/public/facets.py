"""What the filters of lists share: choices with counts, and choices of subjects however many there are."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import django_filters as df
from django import forms
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django_filters.fields import ChoiceField

from policytracker.pages.translated import script_language
from policytracker.tracking.ledger import told_together
from policytracker.tracking.moments import Moment

from .collation import collated
from .keyset import COUNTED_EXACTLY
from .pages import Refused

MAX_CHOICES = 200  # a longer choice is no choice: the rest is reached by its own page


class Facets(df.FilterSet):
    """A FilterSet whose choices come with counts: how many rows each would leave, the other filters as they are.

    `counted` names the filters to count by and the column each counts.
    """

    counted: Mapping[str, str] = {}

    def __init__(self, data: Any, *, moment: Moment, **about: Any) -> None:
        self.moment = moment
        super().__init__(data, **about)

    def offer_choices(self) -> None:
        """Write the choices, with counts where the address can be read; what nothing would be left of goes, unless it is chosen.

        All facets are counted in two queries and named in another. A facet with more than a thousand rows has its
        choices without counts.
        """
        counts = self._counts() if self.is_valid() else {}
        subjects = self._subjects(counts)
        for name in {**counts, **subjects}:
            field = self.form.fields[name]
            offered = subjects.get(name) or [(key, label) for key, label in field.choices if key != ""]
            field.choices = self._kept(name, offered, counts.get(name))  # the empty choice is the field's own

    def _kept(
        self, name: str, offered: list[tuple[str, str]], counts: Mapping[str, int] | None
    ) -> list[tuple[str, str]]:
        if counts is None:
            return offered
        chosen = self._chosen(name)
        kept = [(key, label, counts.get(str(key), 0)) for key, label in offered if str(key) in {*counts, *chosen}]
        return [(key, f"{label} ({count:,})") for key, label, count in kept][:MAX_CHOICES]

    def _counts(self) -> dict[str, dict[str, int]]:
        """Rows by value of each facet, the other filters as they are; facets of too many rows are left out.

        Which rows are left is asked once for all facets that nothing is chosen of.
        """
        free = {name for name in self.counted if not self.form.cleaned_data.get(name)}
        left = list(self._few("")) if free else []
        asked: dict[str, Any] = {name: self._few(name) for name in self.counted if name not in free}
        if len(left) <= COUNTED_EXACTLY:
            asked |= dict.fromkeys(free, left)
        if not asked:
            return {}
        counted = [self._counted_in(rows, name) for name, rows in asked.items()]
        counts: dict[str, dict[str | None, int]] = {name: {} for name in asked}
        for name, key, count in counted[0].union(*counted[1:], all=True) if len(counted) > 1 else counted[0]:
            counts[name][key] = count
        few = {name: found for name, found in counts.items() if sum(found.values()) <= COUNTED_EXACTLY}
        return {name: {key: count for key, count in found.items() if key is not None} for name, found in few.items()}

    def _few(self, without: str) -> QuerySet[Any, Any]:
        """The numbers of the rows that the filters but one leave; no more than tell that they are too many."""
        rows = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name != without and name in self.filters:
                rows = self.filters[name].filter(rows, value)
        return rows.order_by().values_list("pk", flat=True)[: COUNTED_EXACTLY + 1]

    def _counted_in(self, numbers: Any, name: str) -> QuerySet[Any, Any]:
        """Rows with these numbers by value of the facet's column."""
        return (
            self.queryset.filter(pk__in=numbers)
            .order_by()
            .annotate(facet=Value(name), key=Cast(self.counted[name], CharField()))
            .values_list("facet", "key")
            .annotate(count=Count("pk", distinct=True))
        )

    def _subjects(self, counts: Mapping[str, Mapping[str, int]]) -> dict[str, list[tuple[str, str]]]:
        """The subjects that each choice of subjects offers, by name: those counted, else the first; and those chosen."""
        asked = {}
        for name, choice in self._slug_choices.items():
            rows = choice.subjects_at(self.moment)
            asked[name] = rows.filter(slug__in=counts[name]) if name in counts else rows[:MAX_CHOICES]
        offered = {}
        for name, rows in told_together(asked, self.moment).items():
            labels = {row.slug: str(row) for row in [*rows, *self.named[name].values()]}
            offered[name] = sorted(labels.items(), key=lambda choice: collated(choice[1]))
        return offered

    @cached_property
    def named(self) -> dict[str, dict[str, Any]]:
        """The subjects that the address chooses, by the name of the choice and by slug; none for a slug nothing has."""
        asked = {name: choice.subjects_at(self.moment) for name, choice in self._slug_choices.items()}
        found = told_together(
            {name: rows.filter(slug__in=slugs) for name, rows in asked.items() if (slugs := self._chosen(name))},
            self.moment,
        )
        return {name: {row.slug: row for row in found.get(name, ())} for name in asked}

    @cached_property
    def _slug_choices(self) -> dict[str, "SlugChoice"]:
        return {name: choice for name, choice in self.filters.items() if isinstance(choice, SlugChoice)}

    def _chosen(self, name: str) -> set[str]:
        return set(self.data.getlist(name)) - {""} if isinstance(self.data, QueryDict) else set()

    @property
    def rows(self) -> QuerySet[Any]:
        """The rows that are left, for answers without a form. Raises Refused where the address cannot be read."""
        if not self.is_valid():
            raise Refused(" ".join(self.errors_in_words))
        return self.qs

    @property
    def errors_in_words(self) -> list[str]:
        """What of the address cannot be read, each with the name of its field."""
        return [
            f"{self.form.fields[name].label}: {error}" for name, found in self.form.errors.items() for error in found
        ]


class ToldSelect(forms.Select):
    """A choice whose options say their language where it is not the page's."""

    def create_option(self, name: str, value: Any, label: Any, *about: Any, **more: Any) -> dict[str, Any]:
        """The option with `lang`."""
        option = super().create_option(name, value, label, *about, **more)
        if language := script_language(str(label)):
            option["attrs"]["lang"] = language
        return option


class SlugField(ChoiceField):
    """Takes the slug of any subject there is, whether it is among those offered or not."""

    def __init__(self, *, is_there: Callable[[str], bool], **about: Any) -> None:
        super().__init__(**about)
        self.is_there = is_there

    def valid_value(self, value: Any) -> bool:
        """Whether a subject has this slug."""
        return self.is_there(str(value))


class SlugChoice(df.ChoiceFilter):
    """A choice of subjects by slug, labelled in the reader's language. Which are offered is decided with the counts.

    `earlier` are those that rows named before they were corrected: at an earlier moment they may be chosen as well.
    """

    field_class = SlugField

    def __init__(self, subjects: Callable[[], Any], earlier: Callable[[], Any] | None = None, **about: Any) -> None:
        self.subjects, self.earlier = subjects, earlier
        about.setdefault("widget", ToldSelect)
        super().__init__(choices=[], **about)

    @property
    def field(self) -> Any:
        """The field of this request, which knows the moment."""
        self.extra["is_there"] = lambda slug: slug in self.parent.named[self._name]
        return super().field

    @property
    def _name(self) -> str:
        return next(name for name, choice in self.parent.filters.items() if choice is self)

    def subjects_at(self, moment: Moment) -> Any:
        """All that may be chosen, as known at the moment."""
        subjects = self.subjects()
        if moment.is_present or not hasattr(subjects, "known"):
            return subjects
        return (subjects | self.earlier() if self.earlier else subjects).known(moment.known_at)
