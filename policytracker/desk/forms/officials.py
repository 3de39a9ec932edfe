"""Forms of officials, posts, and who held which."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Membership, Official, Post

from ..lookups import LookupField
from .dates import PeriodField
from .reference import DaysField, ReferenceForm, aliases_field, sources_field, text_field


class OfficialForm(ReferenceForm):
    """A person."""

    model = Official
    translated = ("name", "note")
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As published by the ministry, family name first.")
    )
    aliases = aliases_field()
    country = forms.CharField(label=_("Country"), required=False, max_length=2, help_text=_("ISO 3166-1 code"))
    party = LookupField("ministries", label=_("Party"), required=False)
    born = forms.RegexField(
        r"\A\d{4}(-\d\d(-\d\d)?)?\Z",
        label=_("Born"),
        required=False,
        max_length=10,
        help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"),
    )
    note = text_field(2, _("Note"))
    source_urls = sources_field()


class PostForm(ReferenceForm):
    """A position that exists apart from its holder."""

    model = Post
    names = translated = ("label",)
    label = forms.CharField(label=_("Name"), max_length=200)
    aliases = aliases_field()
    ministry = LookupField("ministries", label=_("Ministry"))
    is_single_holder = forms.BooleanField(label=_("One holder at a time"), required=False, initial=True)
    is_head = forms.BooleanField(
        label=_("Heads the ministry: its holder answers for the ministry’s commitments"), required=False
    )
    source_urls = sources_field()


class MembershipForm(ReferenceForm):
    """An official holds a post."""

    model = Membership
    names = ()
    translated = ("note",)
    first_days = ("started_on",)
    last_days = ("ended_on",)
    official = LookupField("officials", label=_("Official"))
    post = LookupField("posts", label=_("Post"))
    started_on = PeriodField(
        label=_("From"), required=False, help_text=_("As exactly as it is known: 2023, 2023-03, 2023-03-31.")
    )
    ended_on = PeriodField(label=_("Until"), required=False, help_text=_("Empty while it lasts."))
    is_acting = forms.BooleanField(label=_("Acting"), required=False)
    nominated_on = forms.DateField(label=_("Nominated on"), required=False, help_text=_("YYYY-MM-DD"))
    attested_on = DaysField(
        label=_("Attested on"),
        required=False,
        help_text=_("Days, one a line, on which a source shows the person in the post, where its ends are unknown."),
    )
    note = text_field(2, _("Note"))
    source_urls = sources_field()

    def clean(self) -> dict[str, Any]:
        """A membership is dated, in one way or another."""
        values = super().clean() or {}
        if not self.errors and not (values["started_on"] or values["ended_on"] or values["attested_on"]):
            self.add_error("started_on", _("Say from when, until when, or on which day somebody held the post."))
        return values

    def found_again(self) -> list[Any]:
        """The same person in the same post from the same day on."""
        same = Membership.objects.filter(official=self.cleaned_data["official"], post=self.cleaned_data["post"])
        return list(same.filter(started_on=self.draft.values["started_on"]).select_related("official", "post")[:5])
