"""Forms of tags."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.tracking.actions.tags import tag_key
from policytracker.tracking.models import Tag

from ..lookups import LookupField, LookupWidget
from ..numbers import number_in

LONGEST = 1_000
TAGS_ID = "id_subject_%s"


class TagsField(forms.CharField):
    """Words with commas between them, as a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Separate several with commas."))
        super().__init__(widget=LookupWidget("tags"), max_length=LONGEST, **options)

    def clean(self, value: Any) -> list[str]:
        return [label for part in super().clean(value).split(",") if (label := " ".join(part.split()))]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(tag) for tag in value) if isinstance(value, list | tuple) else value


class ShownField(forms.CharField):
    """The tags a form was drawn with, kept in it: their numbers and the words they were, "12:report,15:budget"."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=4_000, widget=forms.HiddenInput)

    def clean(self, value: Any) -> dict[str, int]:  # type: ignore[override]
        pairs = [part.partition(":") for part in super().clean(value).split(",")]
        return {key: number for pk, _colon, key in pairs if (number := number_in(pk)) is not None}

    def prepare_value(self, value: Any) -> Any:
        return ",".join(f"{tag.pk}:{tag_key(str(tag))}" for tag in value) if isinstance(value, list) else value


class TagsForm(forms.Form):
    """The tags of a subject, and those it had when this was drawn."""

    tags = TagsField(label=_("Tags"), required=False)
    shown = ShownField()


def tags_form_of(tags: list[Tag]) -> TagsForm:
    """The form of these tags, not sent yet."""
    return TagsForm(initial={"tags": tags, "shown": tags}, auto_id=TAGS_ID)


class TagForm(forms.Form):
    """A new tag, or a new name for one."""

    label = forms.CharField(label=_("Name"), max_length=200)


class MergeTagForm(forms.Form):
    """Which tag takes the place of this one."""

    into = LookupField("tags", label=_("Merge into"))
