"""Reading a text with our rules and, where one is plugged in, a language model; and telling it as plain values."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from policytracker.tracking.candidates import Proposal, Reading, read_text
from policytracker.tracking.language_model import joined, proposals_of_model
from policytracker.tracking.matching import Found
from policytracker.tracking.reading.languages import language_of
from policytracker.tracking.repeats import Said, fold

log = logging.getLogger(__name__)
SUPPORTED = ("en", "ko")


def read_with_model(
    text: str, *, on: date, mentions: Sequence[Found] = (), home: Iterable[str] = (), language: str = ""
) -> Reading:
    """What rules and model find. A model that fails is logged and told as `model` in `unread`; the rules stand."""
    language = language if language in SUPPORTED and language == language_of(text) else ""
    reading = read_text(text, on=on, mentions=mentions, home=home, language=language)
    if not settings.READING_LANGUAGE_MODEL or not reading.languages:
        return reading
    try:
        model = import_string(settings.READING_LANGUAGE_MODEL)
        found = proposals_of_model(model, text, on=on, language=reading.languages[0])
    except Exception:
        log.exception("the language model failed")
        return replace(reading, unread=(*reading.unread, "model"))
    return replace(reading, proposals=joined(reading.proposals, found))


def principal(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals without those that repeat another one of the same text."""
    folded = fold([Said(index, each.quote) for index, each in enumerate(proposals)])
    return [each for index, each in enumerate(proposals) if index not in folded]


def as_values(mentions: Iterable[Found], proposals: Sequence[Proposal]) -> dict[str, Any]:
    """Mentions and candidates in the form that `manage.py suggest --json` prints."""
    return {
        "mentions": [_mention(each) for each in mentions],
        "candidates": [_candidate(each) for each in principal(proposals)],
    }


def _mention(each: Found) -> dict[str, Any]:
    return {"start": each.start, "end": each.end, "surface": each.surface, "kind": each.kind, "slug": each.slug}


def _candidate(each: Proposal) -> dict[str, Any]:
    deadline = each.deadline
    return {
        "start": each.start,
        "end": each.end,
        "quote": each.quote,
        "actor": each.actor,
        "kind": each.kind,
        "specificity": each.specificity,
        "deadline": deadline
        and {
            "date": deadline.date.isoformat(),
            "precision": str(deadline.precision),
            "surface": deadline.surface,
        },
        "condition": each.condition and each.condition.text,
        "recurrence": each.recurrence and each.recurrence.text,
        "score": each.score,
        "reasons": [str(reason) for reason in each.reasons],
    }
