"""What changed about a public commitment after it was made: its deadline, its condition, its end, its successor."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.actions.terms import Due, Told
from policytracker.tracking.models import ConditionChange, DeadlineChange, Evidence

from ..lookups import LookupField
from .dates import PeriodField

LONGEST_REASON = 500
DISCONTINUED, SUPERSEDED = "discontinued", "superseded"
DEADLINE = (
    (DeadlineChange.Kind.EXTENDED.value, gettext_lazy("its deadline was extended")),
    (DeadlineChange.Kind.OVERRIDDEN.value, gettext_lazy("we read the words of its deadline anew")),
)
CONDITION = (
    (ConditionChange.State.TRIGGERED.value, gettext_lazy("its condition was met")),
    (ConditionChange.State.LAPSED.value, gettext_lazy("its condition can no longer be met")),
    (ConditionChange.State.WAITING.value, gettext_lazy("its condition is waited for again")),
)
END = ((DISCONTINUED, gettext_lazy("it came to an end; earlier periods keep their verdicts")),)
SUCCESSOR = ((SUPERSEDED, gettext_lazy("another one took its place; both keep their verdicts")),)


class TermsForm(forms.Form):
    """One change, the day it happened, and how we know."""

    what = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    happened_on = PeriodField(
        label=gettext_lazy("On"), help_text=gettext_lazy("The day it was announced or became so.")
    )
    due = PeriodField(
        label=gettext_lazy("New deadline"),
        required=False,
        help_text=gettext_lazy("As exactly as it was said: 2023, 2023-H1, 2023-03. Empty: there is none."),
    )
    due_words = forms.CharField(label=gettext_lazy("The words it rests on"), required=False, max_length=300)
    occurrence: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Period"),
        queryset=Occurrence.objects.none(),
        required=False,
        empty_label=gettext_lazy("the whole commitment"),
        help_text=gettext_lazy("Only for a deadline."),
    )
    successor = LookupField(
        "commitments",
        label=gettext_lazy("What took its place"),
        required=False,
        help_text=gettext_lazy("Empty where it is nothing that we track."),
    )
    evidence: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Evidence"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=gettext_lazy("none of its evidence"),
        help_text=gettext_lazy("The passage that shows it. A met condition needs one."),
    )
    source_url = forms.URLField(label=gettext_lazy("Source"), required=False, max_length=2_000, assume_scheme="https")
    reason = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, commitment: Commitment, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["what"].choices = changes_of(commitment)
        fields["occurrence"].queryset = commitment.occurrences.filter(recorded_at__isnull=False)
        fields["evidence"].queryset = Evidence.objects.filter(commitment=commitment).order_by("-dated_on", "-id")
        fields["evidence"].label_from_instance = lambda row: f"{row.dated_on}: {row.exact[:100]}"
        if not commitment.recurrence:
            del fields["occurrence"]

    def clean(self) -> dict[str, Any]:
        """A day on which something happened is a day, not a month."""
        values = super().clean() or {}
        period = values.get("happened_on")
        if period is not None and period.precision != "day":
            self.add_error("happened_on", _("Give the day, like 2023-03-31: what counts from when rests on it."))
        return values

    @property
    def told(self) -> Told:
        """The day, the reason and the source, as the actions take them."""
        values = self.cleaned_data
        return Told(
            happened_on=values["happened_on"].first,
            reason=values["reason"].strip(),
            evidence=values["evidence"],
            source_url=values["source_url"],
        )

    @property
    def new_due(self) -> Due:
        """The deadline as the actions take it."""
        period, words = self.cleaned_data["due"], self.cleaned_data["due_words"].strip()
        return Due(period.last, period.precision.value, words) if period else Due(None, "", words)


def changes_of(commitment: Commitment) -> list[tuple[str, Any]]:
    """What can happen to this commitment: a condition only where it has one, an end only where it recurs."""
    condition = CONDITION if commitment.is_conditional else ()
    return [*DEADLINE, *condition, *(END if commitment.recurrence else ()), *SUCCESSOR]
