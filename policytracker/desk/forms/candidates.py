"""The form of a proposed commitment: what was read from it, and what to make of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment
from policytracker.tracking.actions.commitments import LONGEST_STATEMENT
from policytracker.tracking.models import Candidate, Evidence

from ..lookups import LookupField
from .dates import PeriodField, as_written


class CandidateForm(forms.Form):
    """Fields as the machine read them, to be corrected in place; and the details of a decision."""

    statement = forms.CharField(
        label=_("Statement"),
        required=False,
        max_length=LONGEST_STATEMENT,
        help_text=_("What was promised, in one plain sentence of ours."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    actor_ministry = LookupField("ministries", label=_("Ministry"), required=False)
    actor_membership = LookupField("memberships", label=_("Made by"), required=False)
    initiative = LookupField("initiatives", label=_("Initiative"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Commitment.Kind)
    specificity = forms.ChoiceField(label=_("Specificity"), choices=Commitment.Specificity)
    due = PeriodField(label=_("Due"), required=False, help_text=_("As exactly as it was said: 2023, 2023-H1, 2023-03."))
    due_words = forms.CharField(label=_("The words it rests on"), required=False, max_length=300)
    condition = forms.CharField(label=_("Condition"), required=False, max_length=1_000)
    recurrence = forms.ChoiceField(label=_("Recurrence"), choices=Commitment.Recurrence, required=False)
    commitment = LookupField("commitments", label=_("Known commitment"), required=False)
    stance = forms.ChoiceField(label=_("Stance"), choices=Evidence.Stance, required=False)
    reason = forms.ChoiceField(
        label=_("Why it is none"), choices=[("", _("choose a reason")), *Candidate.Reason.choices], required=False
    )
    reason_note = forms.CharField(label=_("Remark"), required=False, max_length=300)

    def __init__(self, data: Any = None, *, candidate: Candidate) -> None:
        super().__init__(data, prefix=f"c{candidate.pk}", initial=initial_of(candidate))

    @property
    def proposed(self) -> dict[str, Any]:
        """The corrected fields as the action takes them."""
        values = self.cleaned_data
        due = values["due"]
        plain = ("statement", "actor_ministry", "actor_membership", "initiative", "kind", "specificity")
        return {name: values[name] for name in (*plain, "condition", "recurrence")} | {
            "due_on": due.last if due else None,
            "due_precision": due.precision.value if due else "",
            "due_words": values["due_words"],
        }


def initial_of(candidate: Candidate) -> dict[str, Any]:
    """The form's values as they stand."""
    names = ("actor_ministry", "actor_membership", "initiative", "kind", "specificity")
    return {name: getattr(candidate, name) for name in (*names, "due_words", "condition", "recurrence")} | {
        "statement": candidate.statement or candidate.exact,
        "due": as_written(candidate.due_on, candidate.due_precision),
        "commitment": candidate.restates,
        "stance": Evidence.Stance.SUPPORTS,
    }
