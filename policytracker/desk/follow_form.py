"""What can be followed from a page, and how it is asked for."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment, Initiative, Ministry, Official, Post, Topic
from policytracker.tracking.actions.follows import MAX_NOTE, MAX_SEARCH
from policytracker.tracking.models import Follow, Tag

FOLLOWABLE: dict[str, Any] = {
    "commitment": Commitment.objects.published,
    "initiative": Initiative.objects.published,
    "ministry": Ministry.objects.published,
    "official": Official.objects.published,
    "post": Post.objects.published,
    "topic": Topic.objects.in_use,
    "tag": lambda: Tag.objects.filter(merged_into=None),
}


class FollowForm(forms.Form):
    """Why, and how often."""

    note = forms.CharField(label=_("Why I follow this"), max_length=MAX_NOTE, required=False)
    cadence = forms.ChoiceField(
        label=_("How often"), choices=Follow.Cadence.choices, initial=Follow.Cadence.DAILY, required=False
    )


class SearchFollowForm(FollowForm):
    """Words to look for in whatever is new."""

    search = forms.CharField(label=_("Words to look for"), max_length=MAX_SEARCH)
    field_order = ("search", "note", "cadence")


class MailFollowForm(forms.Form):
    """A visitor's address. A number of characters no address exceeds keeps the rest out."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("You get one mail that asks whether you want this. Nothing else is done with the address."),
    )


def subject_asked_for(data: Any) -> Model | str:
    """The row that `kind` and `slug` name, or the text of `search`. Raises Http404 for what nobody may see."""
    if data.get("search"):
        return str(data["search"])[: MAX_SEARCH + 1]
    rows: QuerySet = FOLLOWABLE.get(data.get("kind", ""), Commitment.objects.none)()
    return get_object_or_404(rows, slug=data.get("slug", "").replace("\x00", ""))
