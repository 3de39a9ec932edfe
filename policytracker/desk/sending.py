"""What happens to a form that was sent: stored, or shown again with a sentence and everything that was typed."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest

from policytracker.government.actions import DependsOnDraft
from policytracker.tracking.actions.refusals import ChangedMeanwhile, Refused
from policytracker.tracking.actions.tags import TagMerged, tag_key

Made = TypeVar("Made")


def key_of(request: HttpRequest) -> UUID | None:
    """The key by which this form is stored once, however often it is sent."""
    try:
        return UUID(request.POST.get("submission_key", ""))
    except ValueError:
        return None


def attempt(form: forms.Form, action: Callable[[], Made]) -> Made | None:
    """What the action made; None, and its reason among the form's errors, where it refused.

    Raises `ChangedMeanwhile`: what is shown then is the caller's to say.
    """
    try:
        return action()
    except TagMerged as refusal:
        _use_successor(form, refusal)
        form.add_error("tags", str(refusal))
    except ChangedMeanwhile:
        raise
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except DependsOnDraft as refusal:
        form.add_error(None, str(refusal))
    return None


def _use_successor(form: forms.Form, merged: TagMerged) -> None:
    """Put the tag that took the place of another into the field, so that saving again is enough."""
    labels = [merged.into.label if tag_key(label) == merged.tag.key else label for label in form.cleaned_data["tags"]]
    retype(form, tags=", ".join(labels))


def retype(form: forms.Form, **values: str) -> None:
    """Put other words into a form that was sent, so that they are there when it is shown again."""
    data: Any = form.data
    form.data = data.copy()
    for name, value in values.items():
        form.data[form.add_prefix(name)] = value  # type: ignore[index]
