"""The English grammar of time: "In March", "by the end of next year", "within 100 days".

A phrase is a preposition, an edge ("the end of", "early"), and a core (a day, a month, a year, a stretch). Each core has
one pattern here and one function in `english_cores.py` that turns the match into a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policytracker.tracking.reading import english_cores as cores
from policytracker.tracking.reading.english_time_words import NUMBERS, WEEKDAYS
from policytracker.tracking.reading.phrases import Bound, DuePhrase, longest_first, resolved, shortly_before

BY = "by|before|until|till|no later than|not later than|prior to|ahead of|in time for|within|through|up to|to|come"
IN = "in|on|during|throughout|for|at|around|as early as|as soon as"
FROM = (
    "from|starting(?: in| from| on)?|beginning(?: in| from| on)?|effective(?: from| on)?|as of|with effect from|as from"
    "|start(?:s|ing)?(?: in| on)?|begin(?:s|ning)?(?: in| on)?"
)
OVER = "over|across|between"
PAST = "since|after|following|last|past|previous|earlier|late last|so far|until last|back"
BOUNDS = ((BY, Bound.BY), (FROM, Bound.FROM), (OVER, Bound.OVER), (IN, Bound.IN))

PREPOSITION = rf"(?:\b(?P<pre>{BY}|{FROM}|{OVER}|{IN}|{PAST})\s+)?(?:about\s+|around\s+)?"
EDGE = (
    r"(?:(?:the\s+|at\s+the\s+)?(?P<edge>end|close|start|beginning|turn|middle|early|mid|late|later|earlier)"
    r"(?:\s+part)?(?:\s+of|\s+in|-|\s)\s*(?:the\s+)?)?"
)
MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
YEAR = r"(?P<year>(?:19|20|21)\d\d(?![\d,]*\d)|this\s+year|next\s+year|the\s+year)"
OF_YEAR = r"(?:,?\s+(?:of\s+|in\s+)?(?P<yearof>(?:19|20|21)\d\d(?!\d)|this\s+year|next\s+year|the\s+(?:same\s+)?year))?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
NUMBER = r"(?P<number>\d{1,3}|" + "|".join(NUMBERS) + r")"

HINT = re.compile(
    r"\d|\b(?:year|month|week|quarter|half|decade|days?|spring|summer|autumn|fall|winter|christmas|tomorrow"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)",
    re.IGNORECASE,
)
BEFORE_PAST = re.compile(
    r"\b(?:last|past|previous|earlier|ago|former|so far|until|since|late|yesterday|today)\s+(?:\(\w*\s*)?$",
    re.IGNORECASE,
)


def find_english_phrases(text: str, on: date, country: str = "") -> tuple[DuePhrase, ...]:
    """All phrases of present or future time in an English text."""
    if not HINT.search(text):
        return ()
    setting = cores.Setting(on, country)
    found = (_phrase(match, rule.make, setting) for rule in RULES for match in rule.matches(text))
    return tuple(phrase for phrase in longest_first(filter(None, found)) if phrase.period.last >= on)


def _phrase(match: re.Match[str], make: cores.Resolver, setting: cores.Setting) -> DuePhrase | None:
    parts = match.groupdict()
    before = re.sub(r"\s+", " ", (parts.get("pre") or "").lower())
    if re.fullmatch(PAST, before) or parts.get("edge") == "earlier" or _speaks_of_the_past(match):
        return None
    period = resolved(lambda: make(match, setting))
    if period and (before in {"before", "prior to", "ahead of"}) and (parts.get("edge") or "") not in {"end", "close"}:
        period = resolved(lambda: shortly_before(period))
    if period is None:
        return None
    bound = _bound(before) if before else _bound_without_preposition(match)
    surface = match.group().rstrip(".")
    return DuePhrase(match.start(), match.start() + len(surface), surface, period, bound)


def _speaks_of_the_past(match: re.Match[str]) -> bool:
    start = match.start()
    return bool(BEFORE_PAST.search(match.string, max(0, start - 24), start)) or match.string.startswith(
        " ago", match.end()
    )


def _bound(preposition: str) -> Bound:
    return next(bound for words, bound in BOUNDS if re.fullmatch(words, preposition))


def _bound_without_preposition(match: re.Match[str]) -> Bound:
    return Bound.OVER if "number" in match.groupdict() else Bound.IN


@dataclass(frozen=True, slots=True)
class Rule:
    """A core with its preposition and edge. `hint` is a word of the core: where there is none, nothing is tried."""

    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    make: cores.Resolver

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """All places of the rule, looked for only around its hints: the long pattern is slow, the hint is not."""
        hints = [match.start() for match in self.hint.finditer(text)]
        if hints:
            yield from self.pattern.finditer(text, max(0, hints[0] - REACH), min(len(text), hints[-1] + REACH))


REACH = 90
MONTH_HINT = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.IGNORECASE)


def _rule(hint: str | re.Pattern[str], core: str, make: cores.Resolver, *, edge: bool = True) -> Rule:
    start = PREPOSITION + (r"(?:the\s+)?" + EDGE if edge else r"(?:the\s+)?")
    hint = re.compile(hint, re.IGNORECASE) if isinstance(hint, str) else hint
    return Rule(hint, re.compile(start + core, re.IGNORECASE), make)


UNIT = r"(?P<unit>week|month|quarter|calendar\s+year|decade|year)\b(?!-)"
RULES = (
    _rule(MONTH_HINT, rf"\b{DAY}(?:\s+of)?\s+{MONTH}{OF_YEAR}", cores.full_day, edge=False),
    _rule(
        MONTH_HINT,
        rf"\b{MONTH}\s+{DAY}\b(?![\d%]|,\d|\s*(?:million|billion|per\s?cent)){OF_YEAR}",
        cores.full_day,
        edge=False,
    ),
    _rule(r"\d{4}-\d", r"\b(?P<iso>\d{4}-\d\d-\d\d)\b", cores.iso_day, edge=False),
    _rule(
        r"\d[/.]\d", r"\b(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<year>\d{4})\b", cores.day_in_figures, edge=False
    ),
    _rule(
        MONTH_HINT,
        rf"(?:(?P<rel>this|next|the coming)\s+)?\b{MONTH}(?![\w’'-]|\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)){OF_YEAR}",
        cores.month,
    ),
    _rule(r"(?:19|20|21)\d\d|\byear\b", rf"(?:year\s+)?\b{YEAR}(?![\w-]|/\d)", cores.year),
    _rule(
        r"\b(?:target|goal|deadline)\b",
        r"\b(?P<year>20\d\d)\s+(?:target|goal|deadline)\b",
        cores.year_target,
        edge=False,
    ),
    _rule(r"\bend\b", r"\b(?:year|years|year’s|year's)[- ]end\b", cores.year_end, edge=False),
    _rule(
        r"20\d\d",
        r"\b(?:fiscal\s+|financial\s+|FY\s?)?(?:years?\s+)?(?P<from>20\d\d)\s*(?P<dash>[-–—/]|to|and|through|until)\s*"
        r"(?P<to>20\d\d|\d\d)\b(?![-/])(?:\s+(?:financial|fiscal)\s+year)?",
        cores.range_of_years,
    ),
    _rule(
        r"\bF(?:Y|iscal|inancial)",
        r"\b(?:FY\s?|fiscal\s+(?:year\s+)?|financial\s+year\s+)(?P<fiscal>20\d\d|\d\d)\b(?![-–/]\d)",
        cores.named_fiscal_year,
    ),
    _rule(
        r"\b(?:fiscal|financial)\b", r"\b(?P<fiscal>20\d\d)\s+(?:fiscal|financial)\s+year\b", cores.named_fiscal_year
    ),
    _rule(
        r"\b(?:fiscal|financial)\b",
        r"(?:(?P<rel>this|next|current|coming|new|upcoming)\s+)?\b(?:fiscal|financial)\s+year\b(?!\s+\d|-)",
        cores.this_fiscal_year,
    ),
    _rule(
        r"quarter|\bQ\d",
        rf"\b(?:(?P<ordinal>first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s+quarter|Q(?P<digit>[1-4])\b){OF_YEAR}",
        cores.quarter,
    ),
    _rule(
        r"\bhalf\b|\bH\d",
        rf"\b(?:(?P<ordinal>first|second|1st|2nd)\s+half\b(?!\s+of\s+(?!20|the\s+year|next|this))|H(?P<digit>[12])\b){OF_YEAR}",
        cores.half,
    ),
    _rule(
        r"spring|summer|autumn|fall|winter",
        rf"(?:(?P<rel>this|next|the coming)\s+)?\b(?P<season>spring|summer|autumn|fall|winter)\b(?!\s+(?:(?:of\s+)?[a-z]+ing|sessions?|terms?|semesters?|olympics|games|breaks?|holidays?|schools?|fuel|crops?)\b){OF_YEAR}",
        cores.season,
    ),
    _rule(
        r"week|month|quarter|year|decade",
        rf"(?:(?P<rel>this|next|current|the\s+coming|coming|the\s+next|the\s+following)\s+)?\b{UNIT}",
        cores.relative,
    ),
    _rule(
        r"day|week|month|year|decade",
        rf"(?:an?\s+period\s+of\s+)?(?P<coming>next|coming|following)?\s*\b{NUMBER}[\s-]+(?P<unit>day|week|month|year|decade)s?\b(?![-])"
        r"(?P<time>[’']?s?[’']?\s+time)?(?P<now>\s+from\s+(?:now|today))?",
        cores.stretch,
        edge=False,
    ),
    _rule(
        r"day\b",
        rf"(?:(?P<rel>this\s+coming|this|next|coming)\s+)?\b(?P<weekday>{'|'.join(WEEKDAYS)})\b",
        cores.weekday,
        edge=False,
    ),
    _rule(r"tomorrow", r"\btomorrow\b", cores.tomorrow, edge=False),
    _rule(r"Christmas", r"\bChristmas\b(?!\s+(?:party|tree|card|market|holiday))", cores.christmas, edge=False),
)
