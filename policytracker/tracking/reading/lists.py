"""Lists whose items continue a promise: "We will:" and the points below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policytracker.tracking.reading import english_words as lexicon
from policytracker.tracking.reading.actors import Actor, Context
from policytracker.tracking.reading.drafts import Draft, Part, Reason
from policytracker.tracking.reading.english_promises import read_english

LEAD_ENDS = re.compile(
    r"(?:\b(?:will|shall|to|plans?|commitments?|pledges?|measures?|steps|includes?|including|include|actions?|following|promises?|priorities|below|would)\s*(?:also\s*)?[:–—-]\s*$)|:\s*$",
    re.IGNORECASE,
)
OPEN_LEAD = re.compile(r"\b(?:will|shall|to|would|pledged|plans?\s+to)\s*(?:also\s*)?[:–—…]*\s*$", re.IGNORECASE)
VERB_FIRST = re.compile(r"^(?:also\s+)?(?P<verb>[a-z]+(?:-[a-z]+)?)\b", re.IGNORECASE)
PROMISING_HEADING = re.compile(
    r"\b(?:commitments?|pledges?|promises?|next\s+steps|what\s+we\s+will\s+do|action\s+plan|we\s+will|government\s+will|priorities\s+for)\b",
    re.IGNORECASE,
)
DEEDS = (
    lexicon.CONCRETE | lexicon.VAGUE | {"reduce", "achieve", "reach", "eliminate", "raise", "become", "meet", "work"}
)


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that opens a list, with the promise in it that the items complete."""

    words: str
    actor: Actor
    weight: float


def lead_of(sentence: str, draft: Draft | None, context: Context) -> Lead | None:
    """What the sentence opens, or None where it is no opening."""
    if OPEN_LEAD.search(sentence):
        whole = read_english(f"{sentence.rstrip(' :–—…')} publish it.", (), context, has_deadline=False)
        if whole and whole.apart is None and whole.score >= 0.5:
            return Lead(sentence.strip(), whole.actor, 1.6)
        return None
    if not LEAD_ENDS.search(sentence):
        return None
    if draft and draft.apart is None and draft.score >= 0.5:
        return Lead(sentence.strip(), draft.actor, 0.9)
    if PROMISING_HEADING.search(sentence):
        return Lead(sentence.strip(), context.last, 0.7)
    return None


def read_item(item: str, lead: Lead, *, has_deadline: bool) -> Draft | None:
    """An item under a promising lead, read as a promise where it begins with a deed."""
    first = VERB_FIRST.match(item)
    verb = first["verb"].lower() if first else ""
    is_deed = verb in DEEDS or (verb.endswith("ing") and verb[:-3] in DEEDS)
    if not is_deed and not (lexicon.MONEY.search(item) or has_deadline):
        return None
    reasons = [Reason("item", lead.words, lead.weight)]
    if is_deed:
        reasons.append(Reason("action", verb, 0.6))
    if has_deadline:
        reasons.append(Reason("deadline", "", 0.6))
    specific = verb in lexicon.CONCRETE or has_deadline or bool(lexicon.MONEY.search(item))
    kind = "outcome" if lexicon.OUTCOME.match(item) else "action"
    draft = Draft(Part(0, len(verb)), lead.actor, tuple(reasons), kind, "specific" if specific else "vague")
    return replace(draft, actor=lead.actor)
