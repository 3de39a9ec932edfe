"""Forms of initiatives, and of the topics they are filed under."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Government, Initiative, Topic

from ..lookups import LookupField
from .dates import PeriodField
from .reference import ReferenceForm, aliases_field, sources_field, text_field


class InitiativeForm(ReferenceForm):
    """A named policy."""

    model = Initiative
    translated = ("name", "description", "outcome_note")
    first_days = ("started_on",)
    last_days = ("ended_on",)
    links = ("topics",)
    name = forms.CharField(label=_("Name"), max_length=200)
    aliases = aliases_field()
    description = text_field(3, _("Description"))
    lead_ministry = LookupField("ministries", label=_("Lead ministry"), required=False)
    government: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Government"), queryset=Government.objects.all(), required=False
    )
    parent = LookupField("initiatives", label=_("Part of"), required=False)
    announced_on = forms.DateField(label=_("Announced on"), required=False, help_text=_("YYYY-MM-DD"))
    started_on = PeriodField(label=_("Started on"), required=False)
    ended_on = PeriodField(label=_("Ended on"), required=False)
    outcome_note = forms.CharField(label=_("Where it stands, in words"), required=False, max_length=300)
    topics: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.in_use(), required=False, widget=forms.CheckboxSelectMultiple
    )
    source_urls = sources_field()


class TopicForm(ReferenceForm):
    """A subject of policy."""

    model = Topic
    names = translated = ("label",)
    label = forms.CharField(label=_("Name"), max_length=200)
    aliases = aliases_field()
    scheme = forms.ChoiceField(
        label=_("Scheme"), choices=[("own", _("our own")), ("cap", _("Comparative Agendas Project"))], initial="own"
    )
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("The scheme’s number, or a short word of our own.")
    )
    parent: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Part of"), queryset=Topic.objects.in_use(), required=False
    )
