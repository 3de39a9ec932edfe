"""Forms of assessments: what is concluded, and what a second person does with it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Occurrence
from policytracker.tracking.actions.assessments import Conclusion
from policytracker.tracking.models import Assessment, Evidence, Rubric, RubricStatus

LONGEST_RATIONALE = 10_000


class AssessmentForm(forms.Form):
    """What we conclude, from a day, why, on what evidence. Incomplete while it is a draft: submitting asks for all."""

    draft = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    occurrence = forms.ModelChoiceField(
        label=_("Period"),
        queryset=Occurrence.objects.none(),
        required=False,
        empty_label=_("the commitment as a whole"),
    )
    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    effective_from = forms.DateField(
        label=_("True from"),
        help_text=_("The day from which this status held, not the day on which you write it."),
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
    )
    reason_code = forms.ChoiceField(label=_("Reason"), choices=Assessment.ReasonCode, required=False)
    rationale = forms.CharField(
        label=_("Rationale"),
        help_text=_("Why, in one or two plain sentences; no blame and no praise."),
        required=False,
        max_length=LONGEST_RATIONALE,
        widget=forms.Textarea(attrs={"rows": 4}),
        strip=False,
    )
    where_looked = forms.CharField(
        label=_("Where we looked"),
        help_text=_("For “not started” without evidence: the places searched, and when."),
        required=False,
        max_length=LONGEST_RATIONALE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.ModelMultipleChoiceField(
        label=_("Rests on"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, commitment: Commitment, rubric: Rubric, **options: Any) -> None:
        super().__init__(*args, **options)
        self.definitions: Sequence[RubricStatus] = list(rubric.statuses.order_by("position"))
        self.fields["status"].choices = [(status.key, status.label_i18n) for status in self.definitions]
        self.fields["evidence"].queryset = Evidence.objects.filter(commitment=commitment)
        self.fields["occurrence"].queryset = Occurrence.objects.filter(commitment=commitment)

    @property
    def conclusion(self) -> Conclusion:
        """What was typed, once it is valid."""
        values = self.cleaned_data
        return Conclusion(
            status=values["status"],
            effective_from=values["effective_from"],
            rationale=values["rationale"],
            reason_code=values["reason_code"],
            where_looked=values["where_looked"],
            evidence=tuple(values["evidence"]),
        )


def initial_of(assessment: Assessment) -> dict[str, Any]:
    """A draft as the form shows it."""
    return {
        "draft": assessment.pk,
        "version": assessment.version,
        "occurrence": assessment.occurrence_id,
        "status": assessment.status,
        "effective_from": assessment.effective_from,
        "reason_code": assessment.reason_code,
        "rationale": assessment.rationale,
        "where_looked": assessment.where_looked,
        "evidence": list(assessment.evidence.values_list("pk", flat=True)),
    }


class ReviewForm(forms.Form):
    """A word to the author, or to the public."""

    body = forms.CharField(
        label=_("Remark"), required=False, max_length=LONGEST_RATIONALE, widget=forms.Textarea(attrs={"rows": 3})
    )
