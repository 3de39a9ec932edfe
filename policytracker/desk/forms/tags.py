"""Forms of tags."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..lookups import LookupField, LookupWidget

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


class TagsForm(forms.Form):
    """The tags of a subject."""

    tags = TagsField(label=_("Tags"), required=False)


class TagForm(forms.Form):
    """A new tag, or a new name for one."""

    label = forms.CharField(label=_("Name"), max_length=200)


class MergeTagForm(forms.Form):
    """Which tag takes the place of this one."""

    into = LookupField("tags", label=_("Merge into"))
