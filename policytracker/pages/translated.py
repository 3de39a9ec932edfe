"""In which language translated content is told."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def other_language(obj: Any, field: str) -> str:
    """The language a translated field falls back to, where the reader's own is missing; empty otherwise.

    For `<p lang="{{ initiative|other_language:'name' }}">`: says so when the content is not in the page's language.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE or not getattr(obj, field, ""):
        return ""
    return "" if (getattr(obj, "i18n", None) or {}).get(f"{field}_{language}") else settings.LANGUAGE_CODE
