"""A field into which one types to find a row: native suggestions, no script needed.

What is suggested ends with the row's key in brackets, “Yearly report [c014]”, so that two rows of one name stay apart.
A key alone, a whole name, or words that only one row holds will do as well.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policytracker.government.models import Commitment, Initiative, Membership, Ministry, Official, Post, Topic
from policytracker.tracking.models import Tag

from .numbers import number_in

IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")
MOST_SUGGESTED = 30
LONGEST_QUERY = 300
LONGEST_LABEL = 110


@dataclass(frozen=True)
class Lookup:
    """How rows of one kind are found by words."""

    rows: Callable[[], QuerySet]
    name_fields: tuple[str, ...]
    key_field: str = "slug"
    addable: str = ""
    """The kind of reference data by which one is added from the desk; empty for what is made elsewhere."""

    def label(self, row: Model) -> str:
        """The row as it is suggested."""
        name = " ".join(str(row).split())
        name = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
        return f"{name} [{getattr(row, self.key_field)}]"

    def matching(self, words: str) -> QuerySet:
        """Rows whose names hold all the words."""
        rows = self.rows()
        for word in words[:LONGEST_QUERY].split()[:8]:
            condition = Q(**{f"{self.key_field}__iexact": word}) if self.key_field == "slug" else Q()
            for field in self.name_fields:
                condition |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(condition)
        return rows.distinct()

    def suggestions(self, words: str) -> list[str]:
        """What is offered for the words, at most a screenful."""
        return [self.label(row) for row in self.matching(words)[:MOST_SUGGESTED]]

    def find(self, text: str) -> Model:
        """The row that `text` names. Raises ValidationError where there is none, or more than one."""
        key = self._key_in(text)
        if key is not None:
            row = self.rows().filter(**{self.key_field: key}).first()
            if row is None:
                raise ValidationError(_("“%(text)s” is not there any more. Choose another.") % {"text": text})
            return row
        found = list(self.matching(text)[: MOST_SUGGESTED + 1])
        exact = [row for row in found if str(row).casefold() == text.casefold()]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        raise ValidationError(self._which(text, found))

    def _key_in(self, text: str) -> str | None:
        match = IN_BRACKETS.search(text)
        if match is None:
            return None
        key = match.group(1).strip()
        return key if self.key_field == "slug" or number_in(key) is not None else None

    def _which(self, text: str, found: list[Model]) -> str:
        if not found:
            return self._unknown(text[:100])
        names = "; ".join(self.label(row) for row in found[:5])
        return ngettext(
            "%(count)s entry holds these words: %(names)s",
            "%(count)s entries hold these words, for example: %(names)s. Copy the one you mean.",
            len(found),
        ) % {"count": len(found), "names": names}

    def _unknown(self, text: str) -> str:
        """That nothing has the name, with a way to add it that leaves the form where it is."""
        said = _("Nothing is called “%(text)s”. Try other words, or leave the field empty.") % {"text": text}
        if not self.addable:
            return said
        url = f"{reverse('desk:reference_new', args=[self.addable])}?{urlencode({'name': text})}"
        add = _("Add it to the record in a new tab, then save here again.")
        return format_html('{} <a href="{}" target="_blank" rel="noopener">{}</a>', said, url, add)


def _standing(rows: QuerySet) -> QuerySet:
    """Rows not merged into others."""
    return rows.filter(merged_into__isnull=True)


LOOKUPS: dict[str, Lookup] = {
    "commitments": Lookup(lambda: Commitment.objects.order_by("-made_on", "-pk"), ("statement", "i18n")),
    "initiatives": Lookup(
        lambda: _standing(Initiative.objects.order_by("name")), ("name", "i18n", "aliases__name"), addable="initiatives"
    ),
    "ministries": Lookup(
        lambda: Ministry.objects.order_by("name"), ("name", "i18n", "aliases__name"), addable="ministries"
    ),
    "officials": Lookup(
        lambda: _standing(Official.objects.order_by("name")), ("name", "i18n", "aliases__name"), addable="officials"
    ),
    "posts": Lookup(lambda: Post.objects.order_by("label"), ("label", "i18n"), addable="posts"),
    "memberships": Lookup(
        lambda: Membership.objects.select_related("official", "post").order_by("-started_on", "pk"),
        ("official__name", "official__i18n", "post__label", "post__i18n"),
        key_field="pk",
    ),
    "topics": Lookup(
        lambda: Topic.objects.in_use().order_by("label"), ("label", "i18n", "aliases__name"), addable="topics"
    ),
    "tags": Lookup(lambda: Tag.objects.filter(merged_into__isnull=True).order_by("label"), ("label", "i18n")),
}


class LookupWidget(forms.TextInput):
    """A text field with suggestions: some at once, others fetched as one types."""

    def __init__(self, kind: str) -> None:
        super().__init__(attrs={"autocomplete": "off", "class": "input", "spellcheck": "false"})
        self.kind = kind
        self.suggestions: Iterable[str] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The field, and its list."""
        list_id = f"{(attrs or {}).get('id', name)}-list"
        typing = {
            "list": list_id,
            "hx-get": reverse("desk:lookup_options", args=[self.kind]),
            "hx-target": f"#{list_id}",
            "hx-trigger": "input changed delay:250ms",
            "hx-vals": json.dumps({"field": name}),
        }
        field = super().render(name, value, (attrs or {}) | typing, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options_html(self.suggestions))


def options_html(suggestions: Iterable[str]) -> SafeString:
    """The options of a list of suggestions."""
    return format_html_join("", '<option value="{}"></option>', ((suggestion,) for suggestion in suggestions))


class LookupField(forms.CharField):
    """Finds one row of a kind by what was typed; None where nothing was."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.lookup = LOOKUPS[kind]
        super().__init__(widget=LookupWidget(kind), max_length=LONGEST_QUERY, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.lookup.find(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return self.lookup.label(value) if isinstance(value, Model) else value

    def suggest(self, rows: Iterable[Model]) -> None:
        """Offer these rows before anything is typed."""
        self.widget.suggestions = [self.lookup.label(row) for row in rows]
