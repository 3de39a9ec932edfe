"""What pages of lists share: orders, and the row that sorts by name in the reader's language."""

from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..keyset import Order

BY_NAME = Order("name", _("by name"), "sort_name")


def with_sort_name(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows with `sort_name`: the name in the reader's language, without difference of case."""
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return rows.annotate(sort_name=Lower("name"))
    translated = NullIf(KeyTextTransform(f"name_{language}", "i18n"), Value("", output_field=TextField()))
    return rows.annotate(sort_name=Lower(Coalesce(translated, F("name"), output_field=TextField())))
