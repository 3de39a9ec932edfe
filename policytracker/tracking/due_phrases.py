"""Phrases of time in a sentence, resolved against the day of the article: text in, periods out.

Each language has its own small grammar in `reading/`. A phrase keeps its words and their offsets, because a deadline is
shown with the words it rests on. Phrases about the past ("last year", 지난해) are not returned.
"""

from __future__ import annotations

from datetime import date

from policytracker.tracking.reading.english_dates import find_english_phrases
from policytracker.tracking.reading.korean_dates import find_korean_phrases
from policytracker.tracking.reading.phrases import Bound, DuePhrase, FiscalYear

__all__ = ["Bound", "DuePhrase", "FiscalYear", "find_due_phrases"]

GRAMMARS = {"en": find_english_phrases, "ko": find_korean_phrases}


def find_due_phrases(text: str, *, on: date, language: str, country: str = "") -> tuple[DuePhrase, ...]:
    """Every phrase of present or future time in the text, in order, none overlapping another.

    `on` is the day the text appeared. `country` (ISO 3166, two letters) settles what differs by country: the order of
    day and month in figures and the end of the fiscal year. An unknown language gives no phrase.
    """
    grammar = GRAMMARS.get(language)
    return grammar(text, on, country.upper()) if grammar else ()
