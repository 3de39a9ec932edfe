"""Forms of what becomes of a row: merged, passed into another, dissolved, left, reached."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Milestone, Succession
from policytracker.tracking.models import Evidence

from ..lookups import LookupField
from .dates import AddressesField, PeriodField

SAME_BODY, DISSOLVED = "same", "dissolved"
LONGEST_NOTE = 1_000


class MergeForm(forms.Form):
    """Which row is kept, and why the two are one. `previewed` names the row whose preview was shown."""

    note = forms.CharField(
        label=_("Why they are one"),
        max_length=LONGEST_NOTE,
        help_text=_("Readers see this beside each correction."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    previewed = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lookup: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"] = LookupField(lookup, label=_("Keep this one"))
        self.order_fields(["into", "note", "previewed"])


class SuccessionForm(forms.Form):
    """What became of a ministry."""

    what = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (SAME_BODY, _("it has another name now, and is the same body")),
            *Succession.Kind.choices,
            (DISSOLVED, _("dissolved, and nothing took its place")),
        ],
        widget=forms.RadioSelect,
    )
    happened_on = PeriodField(label=_("On"))
    successor = LookupField(
        "ministries",
        label=_("The other body"),
        required=False,
        help_text=_("Empty where it is the same body, or nothing took its place."),
    )
    name = forms.CharField(
        label=_("New name"), required=False, max_length=200, help_text=_("Only where it is the same body.")
    )
    note = forms.CharField(
        label=_("Why"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2})
    )
    source_urls = AddressesField(label=_("Sources"), required=False, help_text=_("Web addresses, one a line."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, language in settings.LANGUAGES[1:]:
            label = _("New name (%(language)s)") % {"language": language}
            widget = forms.TextInput(attrs={"lang": code})
            self.fields[f"name_{code}"] = forms.CharField(label=label, required=False, max_length=200, widget=widget)
        self.order_fields(["what", "happened_on", "successor", "name", *self.translations, "note", "source_urls"])

    @property
    def translations(self) -> list[str]:
        """The fields of the new name in other languages."""
        return [f"name_{code}" for code, _language in settings.LANGUAGES[1:]]

    @property
    def names(self) -> dict[str, str]:
        """The new names by language, those that were typed."""
        told = {"en": self.cleaned_data["name"]}
        told |= {name.removeprefix("name_"): self.cleaned_data[name] for name in self.translations}
        return {language: name for language, name in told.items() if name}

    def clean(self) -> dict[str, Any]:
        """A body passes into another one, or has a new name."""
        values = super().clean() or {}
        is_same, is_alone = values.get("what") == SAME_BODY, values.get("what") in (SAME_BODY, DISSOLVED)
        if is_same and not values.get("name"):
            self.add_error("name", _("Say what it is called now."))
        if values.get("what") and not is_alone and not values.get("successor") and "successor" not in self.errors:
            self.add_error("successor", _("Say which body took over."))
        return values


class ReachForm(forms.Form):
    """The day a step was reached, and how we know."""

    reached_on = forms.DateField(label=_("Reached on"), help_text=_("YYYY-MM-DD"))
    evidence: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Evidence"),
        queryset=Evidence.objects.none(),
        required=False,
        empty_label=_("none of its evidence"),
        help_text=_("The passage that shows it: its article joins the sources."),
    )
    source_urls = AddressesField(label=_("Sources"), required=False, help_text=_("Web addresses, one a line."))

    def __init__(self, *args: Any, milestone: Milestone, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        rows = Evidence.objects.filter(commitment=milestone.commitment_id).select_related("snapshot__article")
        fields["evidence"].queryset = rows.defer("snapshot__raw", "snapshot__text").order_by("-dated_on", "-id")
        fields["evidence"].label_from_instance = lambda row: f"{row.dated_on}: {row.exact[:100]}"


class EndForm(forms.Form):
    """The day somebody left a post."""

    ended_on = PeriodField(label=_("Until"), help_text=_("As exactly as it is known: 2023, 2023-03, 2023-03-31."))
