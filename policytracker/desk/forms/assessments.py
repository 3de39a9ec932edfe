"""Forms of assessments, their reviews and second ratings."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment
from policytracker.tracking.actions.assessments import Conclusion
from policytracker.tracking.models import Assessment, Evidence, Rubric

LONGEST = 20_000
LARGEST = 2**31 - 1


class DraftForm(forms.Form):
    """What an assessment says, complete or not: only what could not be stored at all is refused."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect, required=False)
    reason_code = forms.ChoiceField(label=_("Reason"), choices=Assessment.ReasonCode, required=False)
    effective_from = forms.DateField(
        label=_("True from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input input--date"}, format="%Y-%m-%d"),
        help_text=_("The day from which this was so, not the day on which you write it."),
    )
    rationale = forms.CharField(
        label=_("Rationale"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    where_looked = forms.CharField(
        label=_("Where we looked"),
        required=False,
        max_length=LONGEST,
        help_text=_("For “not started”: the places searched without result."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Evidence"), queryset=Evidence.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    supersedes: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Replaces"),
        queryset=Assessment.objects.none(),
        required=False,
        empty_label=_("nothing: it follows on"),
        help_text=_("Only where an earlier one was wrong from the start."),
    )
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)

    def __init__(
        self, *args: Any, commitment: Commitment, rubric: Rubric, standing: list[Assessment], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        statuses = list(rubric.statuses.all())
        self.definitions = {status.key: status for status in statuses}
        status_field: Any = self.fields["status"]
        status_field.choices = [(status.key, status.label_i18n) for status in statuses]
        evidence_field: Any = self.fields["evidence"]
        evidence_field.queryset = Evidence.objects.filter(commitment=commitment)
        supersedes_field: Any = self.fields["supersedes"]
        supersedes_field.queryset = Assessment.objects.filter(pk__in=[row.pk for row in standing])
        supersedes_field.label_from_instance = lambda row: f"{row.effective_from}: {row.status}"

    @property
    def conclusion(self) -> Conclusion:
        """The values as the actions take them; a day that is not written yet is the one in the initial values."""
        values = self.cleaned_data
        return Conclusion(
            status=values["status"],
            effective_from=values["effective_from"]
            or self.get_initial_for_field(self.fields["effective_from"], "effective_from"),
            rationale=values["rationale"].strip(),
            reason_code=values["reason_code"],
            where_looked=values["where_looked"].strip(),
            evidence=tuple(values["evidence"]),
        )


class SubmitForm(DraftForm):
    """The same, to be handed to the reviewers: what every assessment needs has to be there."""

    def clean(self) -> dict[str, Any]:
        """Name what is missing."""
        values = super().clean() or {}
        if not values.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose a status."))
        if not values.get("effective_from") and "effective_from" not in self.errors:
            self.add_error("effective_from", _("Say from which day it is true."))
        return values


def initial_of(draft: Assessment) -> dict[str, Any]:
    """The form's values for a draft that exists."""
    plain = ("status", "reason_code", "effective_from", "rationale", "where_looked", "version", "supersedes")
    return {name: getattr(draft, name) for name in plain} | {
        "draft": draft.pk,
        "evidence": [link.evidence_id for link in draft.links.all()],
    }


class RemarkForm(forms.Form):
    """What a reviewer says; `version` is the one they read."""

    body = forms.CharField(
        label=_("Remark"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST)


class RulingForm(forms.Form):
    """Why a published assessment is withdrawn, disputed or upheld."""

    body = forms.CharField(label=_("Why"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class TranslationForm(forms.Form):
    """Our reasons in another language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES[1:])
    words = forms.CharField(
        label=_("Rationale in this language"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    note = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=1_000,
        help_text=_("Only where a translation stands already: readers see this beside the correction."),
    )


class InviteForm(forms.Form):
    """Who is asked for a second rating."""

    rater = forms.CharField(label=_("Colleague"), max_length=150, help_text=_("What they sign in as."))


class RatingForm(forms.Form):
    """A second rating: a status and why."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    rationale = forms.CharField(label=_("Rationale"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, rubric: Rubric, **options: Any) -> None:
        super().__init__(*args, **options)
        statuses = list(rubric.statuses.all())
        self.definitions = {status.key: status for status in statuses}
        status_field: Any = self.fields["status"]
        status_field.choices = [(status.key, status.label_i18n) for status in statuses]
