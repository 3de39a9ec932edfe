"""Forms of notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policytracker.tracking.models import Annotation, Evidence

from ..lookups import LookupField
from .tags import TagsField

Motivation = Annotation.Motivation
MOTIVATIONS = [
    (Motivation.IDENTIFYING, _("Commitment")),
    (Motivation.ASSESSING, _("Evidence")),
    (Motivation.DESCRIBING, _("Description")),
    (Motivation.COMMENTING, _("Comment")),
    (Motivation.QUESTIONING, _("Question")),
    (Motivation.HIGHLIGHTING, _("Highlight only")),
]
LARGEST_OFFSET = 2**31 - 1


class NoteForm(forms.Form):
    """What a note says, and to whom."""

    motivation = forms.ChoiceField(
        label=_("What is it?"), choices=MOTIVATIONS, initial=Motivation.COMMENTING, widget=forms.RadioSelect
    )
    commitment = LookupField("commitments", label=_("Commitment"), required=False)
    initiative = LookupField("initiatives", label=_("Initiative"), required=False)
    tags = TagsField(label=_("Tags"), required=False)
    body = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 4}), strip=False)
    visibility = forms.ChoiceField(
        label=_("Who sees it?"),
        choices=Annotation.Visibility,
        initial=Annotation.Visibility.TEAM,
        widget=forms.RadioSelect,
    )


class AnnotationForm(NoteForm):
    """A note on a passage; with a stance towards a commitment it becomes evidence too."""

    snapshot = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    start = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_OFFSET)
    end = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_OFFSET)
    exact = forms.CharField(widget=forms.HiddenInput, strip=False)
    stance = forms.ChoiceField(
        label=_("How does it bear on the commitment?"),
        choices=Evidence.Stance,
        required=False,
        widget=forms.RadioSelect,
    )
    evidence_kind = forms.ChoiceField(
        label=_("Words or deeds?"), choices=Evidence.Kind, required=False, widget=forms.RadioSelect
    )
    field_order = ("motivation", "commitment", "stance", "evidence_kind", "initiative", "tags", "body", "visibility")

    def clean_exact(self) -> str:
        """Browsers send every line feed as two characters."""
        return self.cleaned_data["exact"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        """Evidence is for or against something."""
        values = super().clean() or {}
        if values.get("motivation") == Motivation.ASSESSING and not self.errors:
            if values.get("commitment") is None:
                self.add_error("commitment", _("Name the commitment that this is evidence for or against."))
            if not values.get("stance"):
                self.add_error("stance", _("Say whether it supports or contradicts the commitment, or is context."))
        return values

    @property
    def is_evidence(self) -> bool:
        """Whether the note is to be put on a commitment's file."""
        return self.cleaned_data["motivation"] == Motivation.ASSESSING


class SubjectNoteForm(NoteForm):
    """A note on an initiative or a commitment."""

    commitment = None  # type: ignore[assignment]  # the note stands on its subject
    initiative = None  # type: ignore[assignment]


class EditNoteForm(NoteForm):
    """A note as its author changes it; `version` is the one they read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_OFFSET)


class ReplyForm(forms.Form):
    """An answer to a note."""

    body = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 3}), strip=False)
