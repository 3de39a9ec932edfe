"""In which language translated content is told."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

LATIN = re.compile(r"[A-Za-z]{3}")
HANGUL = re.compile(r"[\uac00-\ud7a3]")


def script_language(words: str) -> str:
    """The language of words that were written in one and translated into no other, told by their script; empty where it is the page's.

    For names and notes: on a Korean page those without a Korean letter are read aloud in English.
    """
    if get_language() == "ko":
        return "en" if LATIN.search(words) and not HANGUL.search(words) else ""
    return "ko" if HANGUL.search(words) and not LATIN.search(words) else ""


def quote_language(words: str, language: str) -> str:
    """The language of words from a source: the source's, unless they are a summary in Latin letters of a Korean one."""
    is_summary = language == "ko" and LATIN.search(words) and not HANGUL.search(words)
    return settings.LANGUAGE_CODE if is_summary else language


def other_language(obj: Any, field: str) -> str:
    """The language a translated field falls back to, where the reader's own is missing; empty otherwise.

    For `<p lang="{{ initiative|other_language:'name' }}">`: says so when the content is not in the page's language.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE or not getattr(obj, field, ""):
        return ""
    return "" if (getattr(obj, "i18n", None) or {}).get(f"{field}_{language}") else settings.LANGUAGE_CODE
