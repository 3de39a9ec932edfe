"""What takes a promising English sentence out: questions, page furniture, history, denials, other people's promises."""

from __future__ import annotations

import re

from policytracker.tracking.reading import english_words as lexicon
from policytracker.tracking.reading.actors import Actor, Who
from policytracker.tracking.reading.drafts import Apart

PAST_PROMISE = re.compile(
    r"\b(?:had\s+(?:\w+ly\s+|also\s+)?(?:pledged|promised|vowed|committed|planned|hoped|intended|aimed|agreed|said|been)"
    r"|(?:was|were)\s+(?:\w+ly\s+)?(?:promised|supposed|expected|meant|due|scheduled|planned|set|to\s+have|going)\b"
    r"|(?:originally|previously|initially)\s+(?:planned|promised|pledged|said|intended|due|scheduled)"
    r"|earlier\s+(?:plans|promises|pledges)|planned\s+to\b)",
    re.IGNORECASE,
)
LONG_AGO = re.compile(
    r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|many)\s+(?:decades?|years?)\s+ago|last\s+year|(?:a|the)\s+decade\s+(?:ago|earlier)|years\s+earlier"
    r"|(?:back\s+)?in\s+(?:19|20)\d\d(?=[,\s]))",
    re.IGNORECASE,
)
PAST_TENSE_PROMISE = re.compile(
    r"\b(?:pledged|promised|vowed|committed|said|agreed|decided|announced|planned)\b", re.IGNORECASE
)
DID_NOT_HAPPEN = re.compile(
    r"\bbut\s+(?:\w+\s+){0,3}(?:had\s+(?:only|not|never|yet)|(?:has|have)\s+(?:only|not|never|yet|failed|since)|did\s+not|never|failed|many\s+are|only|little|so\s+far|has\s+been\s+delayed|were?\s+never)",
    re.IGNORECASE,
)
DENIAL = re.compile(
    r"\b(?:no|not\s+any|without\s+any)\s+(?:current\s+|immediate\s+|firm\s+)?(?:plans?|intention)\s+(?:to|of|for)\b|\b(?:declin|refus)(?:ed|es|ing)\s+to\b|\bden(?:ied|ies|ying)\b|\bstopped\s+short\b"
    r"|\bwithout\s+(?:committing|saying|promising)\b|\b(?:has|have|had|did|does|do)\s+not\s+(?:yet\s+)?(?:commit|promis|pledg|decid|plan|say|said|set\s+out|intend|announce)\w*"
    r"|\bunable\s+to\s+say\b|\byet\s+to\b|\bfailed\s+to\b|\b(?:unclear|remains\s+to\s+be\s+seen|unknown|too\s+early\s+to\s+say|not\s+clear|uncertain)\b|\bdoubts?\b|\bunlikely\b"
    r"|\b(?:said|told)\s+(?:\w+\s+){0,4}(?:not\s+to|nothing)\b|\bisn['’]t\s+planning\b|\b(?:is|are)\s+not\s+(?:planning|going|intending|considering)\b|\bto\s+say\s+(?:whether|when|if)\b",
    re.IGNORECASE,
)
HYPOTHESIS = re.compile(
    r"\b(?:hard|difficult|impossible)\s+to\s+(?:see|imagine|believe|understand)\b|^(?:in\s+(?:my|our)\s+view|I\s+(?:think|fear|suspect|doubt)|frankly|no\s+wonder)\b"
    r"|\b(?:would|could|might)\s+(?:\w+\s+)?have\s+(?:been|\w+ed)\b|^Had\s|\bif\s+(?:it|he|she|they|we|his\s+party|the\s+party)\s+(?:wins?|won|is\s+elected|were\s+elected|came\s+to\s+power|comes\s+to\s+power|formed?\s)"
    r"|\bif\s+(?:elected|re-elected|voted|returned|given\s+power)\b|\bwould\b[^.]{0,80}\bif\b[^.]{0,50}\b(?:remained|were|did|went|stayed|failed|continued|persisted)\b|\bif\s+\w+\s+(?:did|were|does)\s+(?:not\s+)?\w*[^.]{0,60}\bwould\b",
    re.IGNORECASE,
)
OBLIGATION = re.compile(r"\b(?:should|must|ought\s+to|needs?\s+to|has\s+to|have\s+to)\b", re.IGNORECASE)
CLAUSE_BREAK = re.compile(r"[,;:“”\"]|\b(?:and|but|which|that)\b")
IMPERSONAL_HOPE = re.compile(
    r"\bit\s+is\s+(?:widely\s+)?(?:hoped|feared|believed|thought|likely|unlikely|possible|expected|understood)\b",
    re.IGNORECASE,
)
OPENS_A_STORY = re.compile(r"^(?:why|how|what)\b[^,“”\"]*$", re.IGNORECASE)
"""A headline that asks without a question mark: "Why the plan will never work"."""


def is_no_statement(sentence: str) -> bool:
    """Questions and the furniture of pages promise nothing."""
    stripped = sentence.rstrip("\"'”’ )")
    return (
        stripped.endswith("?") or bool(OPENS_A_STORY.match(sentence)) or bool(lexicon.PAGE_FURNITURE.search(sentence))
    )


def apart_because(sentence: str, match: re.Match[str], trigger: str, subject: Actor, speaker: Actor) -> Apart | None:
    """Why this promise is not one of the government's now, or None."""
    if subject.who is Who.FOREIGN or (speaker.who is Who.FOREIGN and not subject.who.may_promise):
        return Apart.FOREIGN
    if subject.who is Who.PARTY or (speaker.who is Who.PARTY and subject.who is not Who.STATE):
        return Apart.PARTY
    if subject.who is Who.FORMER or speaker.who is Who.FORMER or _is_history(sentence, match):
        return Apart.HISTORY
    if subject.who is Who.OTHER or speaker.who in {Who.OTHER, Who.PARTY, Who.FOREIGN}:
        return Apart.OTHERS
    if HYPOTHESIS.search(sentence) or IMPERSONAL_HOPE.search(sentence, 0, match.start()):
        return Apart.HYPOTHETICAL
    if OBLIGATION.search(CLAUSE_BREAK.split(sentence[: match.start()])[-1]):
        return Apart.OTHERS
    if _is_denied(sentence, match):
        return Apart.DENIED
    return None


def _is_history(sentence: str, match: re.Match[str]) -> bool:
    head = sentence[: match.end()]
    if DID_NOT_HAPPEN.search(sentence, match.start()):
        return True
    past = [
        each
        for each in PAST_PROMISE.finditer(head)
        if not re.search(r"\b(?:will|plans?)\b", sentence[each.end() : match.start()])
    ]
    if past and past[-1].end() >= match.start() - 60 and match.start() <= past[-1].end() + 60:
        return not re.match(r"(?:will|shall)\b", match.group(), re.IGNORECASE)
    if PAST_TENSE_PROMISE.search(match.group()) or match.group().lower().startswith("would"):
        return bool(LONG_AGO.search(sentence)) and not re.search(r"\bfrom\s+\d{4}\b", sentence)
    return False


def _is_denied(sentence: str, match: re.Match[str]) -> bool:
    window = sentence[max(0, match.start() - 70) : match.end()]
    return bool(DENIAL.search(window))
