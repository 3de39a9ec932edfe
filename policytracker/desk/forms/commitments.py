"""Forms of commitments."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Topic
from policytracker.tracking.actions.commitments import LONGEST_STATEMENT, Terms
from policytracker.tracking.models import Candidate

from ..lookups import LookupField
from .dates import PeriodField, as_written
from .tags import ShownField, TagsField

SURENESS = [("", _("as written")), ("approximate", _("approximate")), ("no later than", _("no later than"))]


class CommitmentForm(forms.Form):
    """What was promised, by whom, by when, on what condition."""

    statement = forms.CharField(
        label=_("Statement"),
        help_text=_("What was promised, in one plain sentence of ours."),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    lead_ministry = LookupField("ministries", label=_("Ministry"))
    made_by = LookupField(
        "memberships",
        label=_("Made by"),
        required=False,
        help_text=_("Who said it, in which post. Empty when the ministry spoke as a body."),
    )
    made_on = PeriodField(label=_("Made on"))
    initiative = LookupField("initiatives", label=_("Initiative"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Commitment.Kind, widget=forms.RadioSelect)
    specificity = forms.ChoiceField(label=_("Specificity"), choices=Commitment.Specificity, widget=forms.RadioSelect)
    verifiability = forms.ChoiceField(
        label=_("Verifiability"), choices=Commitment.Verifiability, widget=forms.RadioSelect
    )
    verifiability_note = forms.CharField(label=_("Why"), required=False, max_length=300)
    due = PeriodField(
        label=_("Due"),
        required=False,
        help_text=_("As exactly as it was said: 2023, 2023-H1, 2023-Q2, 2023-03, 2023-03-31."),
    )
    due_sureness = forms.ChoiceField(label=_("How exactly"), choices=SURENESS, required=False)
    due_words = forms.CharField(label=_("The words it rests on"), required=False, max_length=300)
    condition = forms.CharField(
        label=_("Condition"), required=False, max_length=1_000, help_text=_("What has to happen first, if anything.")
    )
    is_conditional = forms.BooleanField(
        label=_("Waits for its condition: not due, and kept out of rates, until it is met"), required=False
    )
    recurrence = forms.ChoiceField(label=_("Recurrence"), choices=Commitment.Recurrence, required=False)
    criteria = forms.CharField(
        label=_("Criteria"),
        required=False,
        max_length=5_000,
        help_text=_("What would count as fulfilled, one a line; set before anything is judged."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.in_use(), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = TagsField(label=_("Tags"), required=False)
    tags_shown = ShownField()
    note = forms.CharField(label=_("Note"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, name in settings.LANGUAGES[1:]:
            self.fields[f"statement_{code}"] = forms.CharField(
                label=_("Statement (%(language)s)") % {"language": name},
                required=False,
                max_length=LONGEST_STATEMENT,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        """What the record would refuse, said beside the field."""
        values = super().clean() or {}
        made, due = values.get("made_on"), values.get("due")
        if made and due and due.last < made.first:
            self.add_error("due", _("It cannot be due before it was made."))
        if values.get("is_conditional") and not values.get("condition"):
            self.add_error("condition", _("Name the condition that it waits for."))
        return values

    @property
    def terms(self) -> Terms:
        """The values as the action takes them."""
        values = self.cleaned_data
        due = values["due"]
        return Terms(
            statement=values["statement"],
            lead_ministry=values["lead_ministry"],
            made_by=values["made_by"],
            made_on=values["made_on"].first,
            made_precision=values["made_on"].precision.value,
            initiative=values["initiative"],
            kind=values["kind"],
            specificity=values["specificity"],
            verifiability=values["verifiability"],
            verifiability_note=values["verifiability_note"],
            due_on=due.last if due else None,
            due_precision=(values["due_sureness"] or due.precision.value) if due else "",
            due_words=values["due_words"] if due else "",
            condition=values["condition"],
            is_conditional=values["is_conditional"],
            recurrence=values["recurrence"],
            note=values["note"],
            topics=values["topics"],
            criteria=values["criteria"].splitlines(),
            translations=tuple((name, words) for name, words in values.items() if name.startswith("statement_")),
        )


def initial_of(commitment: Commitment) -> dict[str, Any]:
    """The form's values for a commitment that exists."""
    is_period = commitment.due_precision not in ("approximate", "no later than", "inferred")
    plain = ("statement", "lead_ministry", "made_by", "initiative", "kind", "specificity", "verifiability")
    further = ("verifiability_note", "due_words", "condition", "is_conditional", "recurrence", "note")
    return (
        {name: getattr(commitment, name) for name in plain + further}
        | {
            "made_on": as_written(commitment.made_on, commitment.made_precision),
            "due": as_written(commitment.due_on, commitment.due_precision),
            "due_sureness": "" if is_period else commitment.due_precision,
            "criteria": "\n".join(criterion.text for criterion in commitment.criteria.all()),
            "topics": list(commitment.topics.all()),
        }
        | {f"statement_{code}": getattr(commitment, f"statement_{code}") for code, _name in settings.LANGUAGES[1:]}
    )


def what_differs(form: CommitmentForm, current: Commitment) -> list[tuple[str, str]]:
    """What stands now where it is not what was typed: the fields' labels, and their values in words."""
    now = CommitmentForm(initial=initial_of(current))
    pairs = [(form[name], now[name]) for name in form.fields if name not in ("seen", "tags", "tags_shown")]
    return [(str(kept.label), _in_words(kept)) for typed, kept in pairs if _in_words(typed) != _in_words(kept)]


def _in_words(field: forms.BoundField) -> str:
    """A field's value as it reads on the page."""
    value = field.value()
    if isinstance(field.field, forms.ChoiceField):
        choices: Any = field.field.choices
        given = value if isinstance(value, list | tuple) else [value or ""]
        chosen = {str(getattr(row, "pk", row)) for row in given}
        return ", ".join(str(label) for key, label in choices if str(key) in chosen)
    if isinstance(field.field, forms.BooleanField):
        return str(_("yes")) if value else str(_("no"))
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def initial_from_candidate(candidate: Candidate) -> dict[str, Any]:
    """The form's values as the machine proposed them."""
    return {
        "statement": candidate.statement or candidate.exact,
        "lead_ministry": candidate.actor_ministry,
        "made_by": candidate.actor_membership,
        "initiative": candidate.initiative,
        "kind": candidate.kind,
        "specificity": candidate.specificity,
        "due": as_written(candidate.due_on, candidate.due_precision),
        "due_words": candidate.due_words,
        "condition": candidate.condition,
        "is_conditional": bool(candidate.condition),
        "recurrence": candidate.recurrence,
    }
