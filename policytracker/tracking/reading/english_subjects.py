"""Whom an English clause is about, and who reports it. No parser: the words before a verb, cut where clauses begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policytracker.tracking.reading import english_words as lexicon
from policytracker.tracking.reading.actors import NOBODY, Actor, Context, Known, Who, known_within
from policytracker.tracking.reading.countries import countries_named

CLAUSE_START = re.compile(
    r"(?:[;:—–“\"‘(]|,|\s-\s|\b(?:that|whether|if|when|once|because|while|but|although|though|as|after|before|until|so|than|where|why|how|what|and\s+that"
    r"|said|says|say|added|adds|told\s+\w+|confirmed|announced|stated|noted|reaffirmed|explained|informed\s+the\s+House)\b)\s*",
    re.IGNORECASE,
)
PREPOSITION = re.compile(
    r"\s(?:of|for|in|on|to|from|with|by|at|between|under|across|against|within|including|near|over|into|about|around|responsible|who|which|that)\s"
)
TRAILING = re.compile(r"\s+(?:also|now|then|today|again|further|has|have|had|is|are|will)$", re.IGNORECASE)
CONJUNCTION = re.compile(r"^(?:and|but|so|then|or|yet|however|meanwhile|also)\s+", re.IGNORECASE)
NEAREST_NOUN = re.compile(
    r"\b(?:of|to|in|for|with|on|by|from|into|was|were|is|are|has|have|had|given|announced|launched|unveiled|approved|introduced|and|including)\s+",
    re.IGNORECASE,
)
FINITE_VERB = re.compile(
    r"\s(?:has|have|had|is|are|was|were|does|do|did|can|could|may|also\s+has|now\s+has|announced|unveiled|launched|set\s+out|outlined|presented|released|held|made|signed|approved|adopted|issued|published|should|must|would|will|believes?|thinks?|says?)\b|\s(?!(?:un|re)?(?:united|limited)\b)\w{3,}ed\s+(?:the|an?|its|his|her|their|that|to)\b",
    re.IGNORECASE,
)
QUANTITY = re.compile(
    r"^(?:(?:tens|hundreds|thousands|dozens|millions|scores)(?:\s+of\s+thousands)?|(?:an?|the)\s+(?:\w+\s+)?(?:range|number|series|total|set|package|majority|third|quarter|half|host|list|part|share|portion|scope|bulk|rest|remainder|amount|use|number)|all|most|some|many|half|each|one|none|any|more|every\s+\w+|(?:\d[\d.,]*|two|three|four|five|ten)(?:\s+(?:percent|per\s+cent|million|billion))?)\s+of\s+",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"(?:^|\s)(?:which|who|that)$", re.IGNORECASE)
SAYING = (
    r"(?:said|says|say|saying|added|adds|told|tells|announced|announces|confirmed|confirms|warned|warns|argued|argues|claimed|claims|insisted|wrote|writes"
    r"|predicted|predicts|forecasts?|expects?|estimated|estimates|believes?|vowed|pledged|promised|stated|noted|stressed|explained|declared|indicated"
    r"|reiterated|reaffirmed|suggested|urged|called\s+on|demanded|threatened|fears?|doubts?|hopes?|thinks?|wants?|projected|assured|revealed|disclosed|tweeted|replied|denied|accused)"
)
SPEAKER_FIRST = re.compile(
    rf"^(?P<who>(?:(?!\b{SAYING}\b)[^,;:“”\"]){{2,90}}?)(?:,[^,]{{2,80}},)?\s+(?:has\s+|have\s+|had\s+|also\s+|again\s+|further\s+|today\s+|earlier\s+|later\s+)*\b{SAYING}\b",
    re.IGNORECASE,
)
SPEAKER_AFTER_COMMA = re.compile(rf",\s+(?P<who>[^,;“”\"]{{2,90}}?)\s+(?:has\s+|also\s+)?{SAYING}\b", re.IGNORECASE)
SPEAKER_LAST = re.compile(
    rf"[,”\"’']\s*(?:(?P<who>[^,“”\"]{{2,80}}?)\s+(?:has\s+|also\s+)?{SAYING}|{SAYING}\s+(?P<who2>[^,.“”\"]{{2,80}}))[\w\s,]*[.]?$",
    re.IGNORECASE,
)
ACCORDING = re.compile(r"\baccording\s+to\s+(?P<who>[^,.;]{2,80})", re.IGNORECASE)
TITLED = re.compile(
    r"(?P<title>(?:\b[A-Z][\w&’'-]+\s+(?:and\s+[A-Z]\w+\s+)?)*\b(?:Minister|Secretary|President|Premier|Chancellor|Treasurer|Commissioner|Governor|Mayor|CS|PS|Chairman|CEO|Senator|Sen\.|Rep\."
    r"|MP|Director|Ambassador|Taoiseach|leader|chief|spokesman|spokeswoman|spokesperson|Professor|Dr|economist|analyst|campaigner|minister|secretary|president|chancellor))\s+(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})"
)
APPOSITION = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){1,2}),\s+(?P<title>(?:the\s+|a\s+|an\s+)?[^,]{3,70}),"
)
EVERYBODY = re.compile(r"^(?:every|each|all)\s+\w", re.IGNORECASE)
ACRONYM = re.compile(r"^(?:[Tt]he\s+)?(?:[A-Z]{2,6}|[A-Z][a-z]+[A-Z]{2,}\w*|[A-Z]{2,}[a-z]*[A-Z]*)$")
HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Hon|Minister|Secretary|President)\.?\s+(?=[A-Z])")


def subject_before(sentence: str, position: int, known: Sequence[Known], context: Context) -> Actor:
    """The actor whose verb stands at this position: the words between the start of its clause and the verb."""
    start = _clause_start(sentence, position)
    phrase = sentence[start:position].strip()
    if RELATIVE.search(phrase):
        start, phrase = _antecedent(sentence, start, phrase)
    elif not phrase:
        start, phrase = _before_the_insertion(sentence, start)
    phrase = _without_verb(phrase)
    return classified(phrase, known_within(known, start, position), context)


def _clause_start(sentence: str, position: int) -> int:
    ends = [match.end() for match in CLAUSE_START.finditer(sentence, 0, position)]
    return ends[-1] if ends else 0


def _antecedent(sentence: str, start: int, phrase: str) -> tuple[int, str]:
    """What "which" and "that" stand for: the noun right before them."""
    head = RELATIVE.sub("", sentence[: start + len(phrase)]).rstrip(" ,")
    begin = max([_clause_start(head, len(head)), *(m.end() for m in NEAREST_NOUN.finditer(head))])
    return begin, head[begin:].strip()


def _before_the_insertion(sentence: str, start: int) -> tuple[int, str]:
    """ "The committee, to be chaired by the minister, will": the subject stands before the insertion."""
    head = sentence[:start].rstrip(" ,;:(–—-")
    opening = max(head.rfind(mark) for mark in (",", "–", "—", " - ", "("))
    if opening < 0:
        return 0, head.strip()
    begin = _clause_start(sentence, opening)
    return begin, sentence[begin:opening].strip()


def _without_verb(phrase: str) -> str:
    """The subject alone where the words hold its verb too: "the government has set out" (its plans to)."""
    verb = FINITE_VERB.search(phrase)
    return phrase[: verb.start()].strip() if verb and verb.start() > 0 else phrase


def classified(phrase: str, known: Known | None, context: Context) -> Actor:
    """What a noun phrase names, from the gazetteer, the title met before, or its own last telling word."""
    text = TRAILING.sub("", CONJUNCTION.sub("", phrase.strip(" ,'’")))
    if not text:
        return NOBODY
    if lexicon.PRONOUN.match(text):
        return Actor(text, Who.PRONOUN)
    if lexicon.COLLECTIVE.match(text):
        return Actor(text, Who.OURSELVES)
    if lexicon.FORMER.search(text):
        return Actor(text, Who.FORMER)
    who = _by_its_words(text, context)
    if known and (who not in {Who.PARTY, Who.OTHER, Who.INSTRUMENT, Who.RECEIVER} or known.who is not Who.STATE):
        return Actor(text, known.who, known.key)
    return Actor(text, who)


def _by_its_words(text: str, context: Context) -> Who:
    bare = HONORIFIC.sub("", text)
    by_name = context.people.get(bare.split()[-1]) if bare[:1].isupper() and len(bare.split()) <= 3 else None
    if by_name:
        return by_name
    if re.fullmatch(r"(?:[Tt]he\s+)?Union", text):
        return Who.STATE
    head = PREPOSITION.split(f"{QUANTITY.sub('', text)} ", maxsplit=1)[0]
    if re.search(r"\b(?:shadow|opposition|former|ex-|rival)\b", head, re.IGNORECASE):
        return Who.FORMER if re.search(r"\b(?:former|ex-)", head, re.IGNORECASE) else Who.PARTY
    who = _last_telling_word(head)
    if who is Who.STATE and re.search(r"\bof\s+(?:the\s+)?(?:central\s+bank|bank|court)", text, re.IGNORECASE):
        who = Who.OTHER
    countries = countries_named(text)
    if countries:
        abroad = bool(context.home) and not context.home & set(countries)
        if who in {Who.STATE, Who.UNKNOWN}:
            return Who.FOREIGN if abroad else Who.STATE
    if who is Who.UNKNOWN and ACRONYM.match(text):
        return Who.STATE
    if who is Who.UNKNOWN and EVERYBODY.match(text):
        return Who.RECEIVER
    return who


def _last_telling_word(head: str) -> Who:
    best, reached = Who.UNKNOWN, -1
    for who, words in (
        (Who.RECEIVER, lexicon.RECEIVERS),
        (Who.INSTRUMENT, lexicon.INSTRUMENT),
        (Who.OTHER, lexicon.OTHERS),
        (Who.PARTY, lexicon.PARTY),
        (Who.STATE, lexicon.STATE),
    ):
        for match in words.finditer(head):
            if match.end() >= reached:
                best, reached = who, match.end()
    return best


def speaker_of(sentence: str, known: Sequence[Known], context: Context) -> Actor:
    """Whoever the sentence says is speaking, expecting or warning; NOBODY where it says nothing of that."""
    for pattern in (ACCORDING, SPEAKER_FIRST, SPEAKER_LAST, SPEAKER_AFTER_COMMA):
        match = pattern.search(sentence)
        if not match:
            continue
        group = "who" if match["who"] else "who2"
        start, end = match.span(group)
        phrase = sentence[start:end]
        begin = max(
            (
                m.end()
                for m in re.finditer(
                    r",\s+|^(?:in|on|at|during|after|speaking|asked)\b[^,]*,\s*", phrase, re.IGNORECASE
                )
            ),
            default=0,
        )
        phrase = phrase[begin:] or phrase
        return classified(re.sub(r"\b(?:has|have|had|also)$", "", phrase), known_within(known, start, end), context)
    return NOBODY


def note_people(sentence: str, context: Context) -> None:
    """Remember people met with a title, so that their family names alone tell who they are."""
    for match in [*TITLED.finditer(sentence), *APPOSITION.finditer(sentence)]:
        surname = match["name"].split()[-1]
        given_first = match["name"].split()[0]
        who = _by_its_words(match["title"], Context(home=context.home))
        if who in {Who.STATE, Who.PARTY, Who.OTHER, Who.FOREIGN, Who.FORMER}:
            for name in {surname, given_first if "-" in match["name"] else surname}:
                context.people.setdefault(name, who)
