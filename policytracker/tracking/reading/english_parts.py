"""On what condition, and how often: the parts of an English promise beside its deed."""

from __future__ import annotations

import re

from policytracker.tracking.reading.drafts import Part
from policytracker.tracking.reading.english_time_words import WEEKDAYS
from policytracker.tracking.reading.phrases import DuePhrase

CONDITION_FIRST = re.compile(
    r"^[“\"']?(?:(?:And|But|However|Then),?\s+)?(?P<condition>(?:If|Once|Provided|Providing|Subject to|Should|Unless|As soon as|When(?!\s+(?:asked|he|she|it\s+was))|In the event|On condition|As long as|Assuming|Pending|Depending on)\b[^,;]{3,160})(?=,)",
    re.IGNORECASE,
)
CONDITION_AFTER = re.compile(
    r"(?<!even )(?<!as )(?<!see )(?<!ask )(?<!only )\b(?P<condition>(?:only\s+)?(?:if|once|provided(?:\s+that)?|subject\s+to|unless|as\s+soon\s+as|in\s+the\s+event|on\s+(?:the\s+)?condition\s+that|as\s+long\s+as|so\s+long\s+as|pending|depending\s+on|contingent\s+on|conditional\s+on)"
    r"\s+(?!necessary|needed|possible|required|appropriate|not\b|again|more|every|a\s+(?:year|month|week))[^.;,”\"]{4,160})",
    re.IGNORECASE,
)
RECURRENCES = (
    (
        "half-yearly",
        re.compile(
            r"\b(?:twice\s+(?:a|each|every)\s+year|twice\s+yearly|bi-?annual(?:ly)?|semi-?annual(?:ly)?|half-yearly|every\s+(?:six|6)\s+months)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "quarterly",
        re.compile(r"\b(?:quarterly|every\s+quarter|each\s+quarter|every\s+(?:three|3)\s+months)\b", re.IGNORECASE),
    ),
    ("monthly", re.compile(r"\b(?:monthly|every\s+month|each\s+month)\b", re.IGNORECASE)),
    (
        "yearly",
        re.compile(
            r"\b(?:annual(?:ly)?(?!\s+(?:growth|rate|income|budget|leave|average|turnover|inflation|sales|revenue|salary|emissions|allowance|cost|limit))|every\s+year|each\s+year|yearly|once\s+a\s+year|(?:every|each)\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|fall|winter))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "other",
        re.compile(
            r"\b(?:weekly|daily|every\s+(?:week|day|two|four|five|ten|\d+|other)\s*(?:weeks?|months?|years?|days?)?|biennial(?:ly)?|on\s+a\s+regular\s+basis|at\s+regular\s+intervals|regularly)\b",
            re.IGNORECASE,
        ),
    ),
)
PAST_VERB_BEFORE = re.compile(
    r"\b(?P<aux>(?:will|to|shall|would|can|must|should|may)\s+(?:\w+ly\s+)?be\s+|be\s+|been\s+|being\s+|get\s+)?(?P<verb>\w+ed|said|made|began|took|met|held|came|set|told|gave|won|spoke|saw|fell|rose|grew|ran|built|went|left|signed|brought|put|cut)\s+"
    r"(?:(?:it|them|him|her|the\s+\w+|reporters|here|parliament|lawmakers|in\s+\w+|at\s+\w+)\s+)?$",
    re.IGNORECASE,
)
EXPECTED_BEFORE = re.compile(
    r"\b(?:expected|unveiled|announced|released|published|held|signed|adopted|launched|reported|due|forecast|projected|first)\s+$",
    re.IGNORECASE,
)
FUTURE_BE = re.compile(r"\b(?:be|to|get|being|fully|are|is|due|and|or)\s+\w+\s+$", re.IGNORECASE)


def find_condition(sentence: str) -> Part | None:
    """The clause on which the promise depends, with its conjunction."""
    match = CONDITION_FIRST.search(sentence) or CONDITION_AFTER.search(sentence)
    return (
        Part(match.start("condition"), match.start("condition") + len(match["condition"].rstrip())) if match else None
    )


def find_recurrence(sentence: str) -> Part | None:
    """The words that make it come round again, with the interval as a code."""
    for code, pattern in RECURRENCES:
        match = pattern.search(sentence)
        if match:
            return Part(match.start(), match.end(), code)
    return None


def may_be_deadline(sentence: str, phrase: DuePhrase, trigger: Part) -> bool:
    """Whether a phrase of time belongs to the promise and not to a report or an earlier event beside it."""
    before = sentence[max(0, phrase.start - 40) : phrase.start]
    if re.search(r"\([\w\s,]*$", before) and phrase.precision == "day":
        return False
    if phrase.surface.lower().split()[-1] in WEEKDAYS and phrase.start < trigger.start:
        return False
    if (
        not phrase.surface[:1].isupper()
        and phrase.start < trigger.start
        and re.search(r"\b(?:said|announced|told|unveiled|briefing|held|met)\b", sentence[: trigger.start])
    ):
        return phrase.bound.name == "BY"
    if FUTURE_BE.search(before):
        return True
    past = PAST_VERB_BEFORE.search(before)
    return not (EXPECTED_BEFORE.search(before) or (past and not past["aux"]))
