"""The form of a ministry or another body."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Ministry

from ..lookups import LookupField
from .dates import PeriodField
from .reference import ReferenceForm, aliases_field, sources_field, text_field


class MinistryForm(ReferenceForm):
    """A ministry or another body."""

    model = Ministry
    translated = ("name", "note")
    first_days = ("founded_on",)
    last_days = ("dissolved_on",)
    name = forms.CharField(label=_("Name"), max_length=200)
    aliases = aliases_field()
    classification = forms.ChoiceField(label=_("Kind"), choices=Ministry.Classification, initial="ministry")
    classification_note = forms.CharField(label=_("Kind in words"), required=False, max_length=100)
    country = forms.CharField(label=_("Country"), max_length=2, help_text=_("ISO 3166-1 code, or UN"))
    parent = LookupField("ministries", label=_("Part of"), required=False)
    founded_on = PeriodField(label=_("Founded on"), required=False)
    dissolved_on = PeriodField(label=_("Dissolved on"), required=False)
    homepage = forms.URLField(label=_("Homepage"), required=False, max_length=200, assume_scheme="https")
    note = text_field(2, _("Note"))
    source_urls = sources_field()
