"""Forms of what belongs to a commitment: its periods, the steps on its way, the criteria set beforehand."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policytracker.government.models import Criterion, Milestone, Occurrence
from policytracker.tracking.actions.reference import Draft
from policytracker.tracking.models import Assessment

from ..lookups import LookupField
from .dates import PeriodField
from .reference import ReferenceForm, sources_field

DUE_HELP = gettext_lazy("As exactly as it was said: 2023, 2023-H1, 2023-Q2, 2023-03, 2023-03-31.")


class PartForm(ReferenceForm):
    """What belongs to one commitment, and to no other once it is public."""

    names = ()
    commitment = LookupField("commitments", label=gettext_lazy("Commitment"))

    @classmethod
    def not_corrected(cls, row: Model) -> tuple[str, ...]:
        """What a correction is not about."""
        return ("commitment",)


class OccurrenceForm(PartForm):
    """One period of a recurring commitment."""

    model = Occurrence
    translated = ("label",)
    last_days = ("due_on",)
    label = forms.CharField(label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("“The 2024 report”"))
    period_start = PeriodField(
        label=gettext_lazy("Period"), help_text=gettext_lazy("2024, 2024-H1, 2024-Q2 or 2024-03; or its first day.")
    )
    period_end = PeriodField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Its last day, where it is not a year, half-year, quarter or month."),
    )
    due_on = PeriodField(label=gettext_lazy("Due"), required=False, help_text=DUE_HELP)
    due_words = forms.CharField(label=gettext_lazy("The words it rests on"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """A period is of a series, and ends after it starts."""
        values = super().clean() or {}
        start, end = values.get("period_start"), values.get("period_end")
        commitment = values.get("commitment")
        if commitment is not None and not commitment.recurrence:
            self.add_error("commitment", _("This commitment is to be kept once; it has no periods."))
        if start is not None and end is not None and end.last < start.first:
            self.add_error("period_end", _("A period ends after it starts."))
        return values

    @property
    def draft(self) -> Draft:
        """The values as the action takes them: a period named whole needs no end of its own."""
        told = super().draft
        start, end = self.cleaned_data["period_start"], self.cleaned_data["period_end"]
        days = {"period_start": start.first, "period_end": (end or start).last}
        return Draft({**told.values, **days})

    def found_again(self) -> list[Any]:
        """The same period of the same series."""
        commitment, first = self.cleaned_data["commitment"], self.cleaned_data["period_start"].first
        return list(Occurrence.objects.filter(commitment=commitment, period_start=first))


class MilestoneForm(PartForm):
    """A dated step on the way."""

    model = Milestone
    translated = ("label",)
    last_days = ("due_on",)
    label = forms.CharField(label=gettext_lazy("Step"), max_length=200)
    due_on = PeriodField(label=gettext_lazy("Due"), required=False, help_text=DUE_HELP)
    reached_on = forms.DateField(label=gettext_lazy("Reached on"), required=False, help_text=gettext_lazy("YYYY-MM-DD"))
    source_urls = sources_field()

    def clean(self) -> dict[str, Any]:
        """What was reached was reached before today, and somebody told it."""
        values = super().clean() or {}
        reached_on = values.get("reached_on")
        if reached_on is not None and reached_on > timezone.localdate():
            self.add_error("reached_on", _("Only what has happened can be recorded; this day has not come."))
        if reached_on is not None and not values.get("source_urls") and "source_urls" in self.fields:
            self.add_error("source_urls", _("Give a source that tells it was reached."))
        return values

    def found_again(self) -> list[Any]:
        """The same step."""
        commitment, label = self.cleaned_data["commitment"], self.cleaned_data["label"]
        return list(Milestone.objects.filter(commitment=commitment, label__iexact=label))

    @classmethod
    def not_corrected(cls, row: Any) -> tuple[str, ...]:
        """A step that was not reached yet is reached, with its source; that is no correction."""
        return ("commitment",) if row.reached_on else ("commitment", "reached_on")


class CriterionForm(PartForm):
    """What would count as fulfilled."""

    model = Criterion
    translated = ("text",)
    text = forms.CharField(
        label=gettext_lazy("Criterion"),
        max_length=500,
        help_text=gettext_lazy("What would count as fulfilled; set before anything is judged."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        required=False,
        min_value=0,
        max_value=999,
        help_text=gettext_lazy("Empty: the last one."),
    )

    @property
    def draft(self) -> Draft:
        """The values as the action takes them; without a place it is the last one."""
        told = super().draft
        place = told.values["position"]
        if place is None:
            place = Criterion.objects.filter(commitment=self.cleaned_data.get("commitment")).count()
        return Draft({**told.values, "position": place})

    def found_again(self) -> list[Any]:
        """The same criterion."""
        told = {"commitment": self.cleaned_data["commitment"], "text__iexact": self.cleaned_data["text"]}
        return list(Criterion.objects.filter(**told))

    @property
    def caution(self) -> str:
        """A criterion is set beforehand: what was judged before it came rests on the others."""
        judged = Assessment.objects.published().filter(commitment=self.cleaned_data["commitment"]).count()
        if not judged:
            return ""
        return ngettext(
            "%(n)d published assessment was made before this criterion was set; it stays as it was.",
            "%(n)d published assessments were made before this criterion was set; they stay as they were.",
            judged,
        ) % {"n": judged}
