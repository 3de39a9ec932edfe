"""Forms of terms of office, of a change of government, and of what became of bodies."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policytracker.government.models import Government, Succession

from ..lookups import LookupField
from .dates import AddressesField, PeriodField
from .reference import ReferenceForm, sources_field

DAY_HELP = gettext_lazy("YYYY-MM-DD")


class GovernmentForm(ReferenceForm):
    """A term of office."""

    model = Government
    translated = ("name",)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    country = forms.CharField(label=gettext_lazy("Country"), max_length=2, help_text=gettext_lazy("ISO 3166-1 code"))
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        help_text=gettext_lazy("In which its deadlines are read, like Asia/Seoul."),
    )
    started_on = forms.DateField(label=gettext_lazy("Took office on"), help_text=DAY_HELP)
    ended_on = forms.DateField(
        label=gettext_lazy("Left office on"), required=False, help_text=gettext_lazy("Empty while it is in office.")
    )
    predecessor: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Predecessor"), queryset=Government.objects.all(), required=False
    )
    source_urls = sources_field()

    def clean_time_zone(self) -> str:
        """A time zone that is known."""
        zone = self.cleaned_data["time_zone"].strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("“%(zone)s” is no time zone. Write one like Asia/Seoul.") % {"zone": zone})
        return zone

    def clean(self) -> dict[str, Any]:
        """A term ends after it starts, and not in the future."""
        values = super().clean() or {}
        started_on, ended_on = values.get("started_on"), values.get("ended_on")
        if started_on and ended_on and (ended_on < started_on or ended_on > timezone.localdate()):
            self.add_error("ended_on", _("A government ends after it began, and not in the future."))
        return values

    def found_again(self) -> list[Any]:
        """A government of the same country that took office on the same day."""
        same = {name: self.cleaned_data[name] for name in ("country", "started_on")}
        return list(Government.objects.filter(**same))

    @classmethod
    def not_corrected(cls, row: Any) -> tuple[str, ...]:
        """That a government left office opens its closing round; it is no correction."""
        return () if row.ended_on else ("ended_on",)


class ChangeOfGovernmentForm(forms.Form):
    """When a government left office, and which took over."""

    ended_on = forms.DateField(label=gettext_lazy("Left office on"), help_text=DAY_HELP)
    started_on = forms.DateField(label=gettext_lazy("The next took office on"), help_text=DAY_HELP)
    successor: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("The next government"),
        queryset=Government.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new one, named below"),
    )
    name = forms.CharField(label=gettext_lazy("Name of the new government"), required=False, max_length=200)
    source_urls = AddressesField(label=gettext_lazy("Sources"), help_text=gettext_lazy("Web addresses, one a line."))

    def __init__(self, *args: Any, government: Government, **options: Any) -> None:
        super().__init__(*args, **options)
        self.government = government
        fields: dict[str, Any] = self.fields
        others = Government.objects.filter(country=government.country, predecessor=None)
        fields["successor"].queryset = others.filter(started_on__gt=government.started_on)
        if government.ended_on is not None:
            fields["ended_on"].initial, fields["ended_on"].disabled = government.ended_on, True
        for code, language in settings.LANGUAGES[1:]:
            label = _("Name of the new government (%(language)s)") % {"language": language}
            widget = forms.TextInput(attrs={"lang": code})
            self.fields[f"name_{code}"] = forms.CharField(label=label, required=False, max_length=200, widget=widget)
        translations = [f"name_{code}" for code, _language in settings.LANGUAGES[1:]]
        self.order_fields(["ended_on", "started_on", "successor", "name", *translations, "source_urls"])

    @property
    def names(self) -> dict[str, str]:
        """The new government's names by field, those that were typed."""
        return {name: words for name, words in self.cleaned_data.items() if name.startswith("name") and words}

    def clean(self) -> dict[str, Any]:
        """One ends, then the next begins; and it has a name."""
        values = super().clean() or {}
        ended_on, started_on = values.get("ended_on"), values.get("started_on")
        if ended_on and (ended_on < self.government.started_on or ended_on > timezone.localdate()):
            self.add_error("ended_on", _("A government ends after it began, and not in the future."))
        if started_on and ((ended_on and started_on < ended_on) or started_on > timezone.localdate()):
            self.add_error(
                "started_on", _("The next government begins when this one has ended, and not in the future.")
            )
        if not values.get("successor") and not values.get("name") and "successor" not in self.errors:
            self.add_error("name", _("Say what it is called."))
        return values


class SuccessionRowForm(ReferenceForm):
    """That one body took over from another, as it is corrected."""

    model = Succession
    names = ()
    first_days = ("happened_on",)
    predecessor = LookupField("ministries", label=gettext_lazy("Predecessor"))
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), choices=Succession.Kind)
    successor = LookupField("ministries", label=gettext_lazy("Successor"))
    happened_on = PeriodField(label=gettext_lazy("On"))
    source_urls = sources_field()
