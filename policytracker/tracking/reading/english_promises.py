"""Is an English sentence a promise of the government? Rules that add up, each with its visible reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policytracker.tracking.reading import english_words as lexicon
from policytracker.tracking.reading.actors import NOBODY, Actor, Context, Known, Who
from policytracker.tracking.reading.drafts import Draft, Part, Reason
from policytracker.tracking.reading.english_guards import apart_because, is_no_statement
from policytracker.tracking.reading.english_parts import find_condition, find_recurrence
from policytracker.tracking.reading.english_subjects import note_people, speaker_of, subject_before
from policytracker.tracking.reading.english_triggers import TRIGGERS, Trigger

BASE = Reason("weak_words", "", -1.6)
PASSIVE = re.compile(
    r"^be(?:ing)?\s+(?:\w+ly\s+|also\s+|fully\s+|jointly\s+)*(?P<verb>(?!indeed\b|need\b|hundred\b|red\b)\w+ed|\w*(?:given|taken|written|chosen|driven|broken|frozen|spoken|seen|drawn"
    r"|known|shown|grown|flown|thrown|held|sold|told|built|rebuilt|sent|spent|lent|left|paid|laid|said|put|cut|bought|brought|taught|sought|caught|fought|set|made|remade|hit|met|led|read|run"
    r"|shut|split|spread|begun|done|found|bound|wound|won|lost|kept|dealt|felt|understood|undertaken|overseen|withdrawn|born|worn|torn|hung|struck|become))\b",
    re.IGNORECASE,
)
BY_AGENT = re.compile(
    r"\bby\s+(?:the\s+)?((?:(?!\d|on\b|in\b|at\b|by\b|from\b|for\b|next\b|this\b)[A-Z]?[\w’'-]+\s?){1,5})"
)
FIRST_VERB = re.compile(
    r"\b(?:has|have|had|is|are|was|were|\w{3,}ed|held|made|set|began|met|gave|took)\b", re.IGNORECASE
)
REPORT = re.compile(
    r"\b(?:said|told|added|announced|confirmed|indicated|assured|stated|explained|noted|stressed|revealed|disclosed|informed|declared|insisted|reiterated|vowed|pledged|promised|hinted)\b",
    re.IGNORECASE,
)
THIS = re.compile(
    r"^(?:this|that|these|which|it|the\s+(?:move|changes?|measures?|decision|policy|deal|result|figures?|increase|cut|impact|effects?))$",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\b\d[\d,.]*\b|\b(?:hundred|thousand|million|billion|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty)\b",
    re.IGNORECASE,
)
NEW_MEANS = re.compile(r"be\s+(?:an?\s+)?(?:new|additional|extra|further|more|[£$€₹]?\d|KRW|Rs)", re.IGNORECASE)
PROPER_NAME = re.compile(r"(?<=\s)[A-Z][a-z]+|^(?!The\b|A\b|An\b|All\b|New\b)[A-Z]\w+$")
RELATIVE_CLAUSE = re.compile(r"\b(?:that|who)\s+$", re.IGNORECASE)
BARE_IT = re.compile(r"\b(?:it|there|this|that)\s+$", re.IGNORECASE)
RELIEF = re.compile(r"\bno\s+longer\b", re.IGNORECASE)
FIGURES_SET = re.compile(r"\b(?:prices?|costs?|rates?|exports|imports|deficit|debt)$", re.IGNORECASE)
REGULATED = re.compile(
    r"be\s+(?:\w+ly\s+)?(?:banned|barred|prohibited|fined|penali[sz]ed|capped|taxed|licensed|regulated|prevented\s+from|stripped\s+of"
    r"|given|offered|allowed|exempted?|compensated|subject\s+to|required\s+(?:by\s+law\s+)?to)\b",
    re.IGNORECASE,
)
GUESTS = re.compile(
    r"(?:host|receive)\s+(?:an?\s+|the\s+|his\s+|her\s+)?(?:[\w’'-]+\s+){0,3}?(?:chancellor|president|prime\s+minister|premier|minister|counterpart|king|queen|leaders?"
    r"|delegation|envoy|ambassador|reception|dinner|players|team)\b",
    re.IGNORECASE,
)
SECOND_PERSON = re.compile(
    r"^(?:you|your\s+\w+|what|there|nothing|everything|something|questions?|time|people|some|many|most|others)$",
    re.IGNORECASE,
)


def read_english(sentence: str, known: Sequence[Known], context: Context, *, has_deadline: bool) -> Draft | None:
    """The best reading of the sentence as a promise, or None where no words in it promise anything.

    `context` learns from the sentence whether or not it promises. A draft that is `apart` is somebody else's promise, an
    old one, or none after all.
    """
    note_people(sentence, context)
    speaker = _resolved(speaker_of(sentence, known, context), context)
    drafts = [] if is_no_statement(sentence) else _drafts(sentence, known, context, speaker, has_deadline)
    _remember(sentence, known, speaker, drafts, context)
    return max(drafts, key=lambda draft: (draft.apart is None, draft.weight), default=None)


def _drafts(sentence: str, known: Sequence[Known], context: Context, speaker: Actor, has_deadline: bool) -> list[Draft]:
    drafts = []
    for trigger in TRIGGERS:
        for match in trigger.pattern.finditer(sentence):
            subject = _resolved(subject_before(sentence, match.start(), known, context), context, speaker)
            if trigger.name == "target_of":
                subject = Actor(match.group().split()[0], Who.OURSELVES)
            elif (
                subject.who is Who.OTHER
                and FIGURES_SET.search(subject.text)
                and " be " in sentence[match.start() : match.end() + 4]
            ):
                subject = Actor(subject.text, Who.INSTRUMENT)
            elif _is_regulated(sentence, trigger, match, subject, speaker):
                subject = Actor(subject.text, Who.RECEIVER)
            drafts.append(_draft(sentence, trigger, match, subject, speaker, context, has_deadline))
    return [draft for draft in drafts if draft]


def _draft(
    sentence: str,
    trigger: Trigger,
    match: re.Match[str],
    subject: Actor,
    speaker: Actor,
    context: Context,
    has_deadline: bool,
) -> Draft | None:
    rest = sentence[_verb_at(trigger, match) :]
    if trigger.name == "would" and not (REPORT.search(sentence, 0, match.start()) or speaker.who.may_promise):
        return None
    if trigger.name in {"takes_effect", "starts", "to_begin"} and not has_deadline:
        return None
    reasons = [
        BASE,
        Reason("promise_words" if trigger.weight > 0 else "weak_words", _words(match, rest), trigger.weight),
        *_actor_reasons(subject, speaker, rest, context),
        *_deed_reasons(subject, rest, trigger, sentence[: match.start()]),
        *_figure_reasons(rest, has_deadline),
    ]
    apart = apart_because(sentence, match, trigger.name, subject, speaker)
    return Draft(
        trigger=Part(match.start(), match.end()),
        actor=_agent(subject, speaker, rest, context),
        reasons=tuple(reason for reason in reasons if reason.weight),
        kind=_kind(rest),
        specificity=_specificity(rest, has_deadline),
        apart=apart,
        condition=find_condition(sentence),
        recurrence=find_recurrence(sentence),
    )


def _verb_at(trigger: Trigger, match: re.Match[str]) -> int:
    return match.start("verb") if "verb" in trigger.pattern.groupindex and match["verb"] else match.end()


def _is_regulated(sentence: str, trigger: Trigger, match: re.Match[str], subject: Actor, speaker: Actor) -> bool:
    """ "Firms will be banned from …" says what the government does to them, unless they say it themselves."""
    if subject.who is not Who.OTHER or speaker.who.speaks_for_itself:
        return False
    return bool(REGULATED.match(sentence, _verb_at(trigger, match)))


def _words(match: re.Match[str], rest: str) -> str:
    words = match.group().strip(" ,")
    following = re.match(r"be\s+(?:\w+ly\s+)?(\w+)", rest, re.IGNORECASE)
    return f"{words} {following.group(1)}" if following and words.lower().endswith(" be") else words


# -- reasons ------------------------------------------------------------------------------------------------------------


def _actor_reasons(subject: Actor, speaker: Actor, rest: str, context: Context) -> list[Reason]:
    passive = bool(PASSIVE.match(rest))
    reasons = []
    if speaker.who.may_promise:
        reasons.append(Reason("speaker_state", speaker.text, 0.7))
    if subject.known_as and subject.who.may_promise:
        return [*reasons, Reason("actor_known", subject.text, 1.8)]
    if subject.who is Who.STATE:
        return [*reasons, Reason("actor_state", subject.text, 1.6)]
    if subject.who is Who.OURSELVES:
        return [*reasons, Reason("actor_first_person", subject.text, 1.2)]
    if subject.who is Who.INSTRUMENT:
        return [*reasons, Reason("actor_instrument", subject.text, 1.0 if passive else 0.5)]
    if subject.who is Who.RECEIVER:
        receiving = bool(lexicon.RECEIVING.match(rest)) or passive
        return [*reasons, Reason("actor_receiver", subject.text, 0.9 if receiving else -1.0)]
    if subject.who.speaks_for_itself:
        return [*reasons, Reason("actor_not_ours", subject.text, -3.0)]
    if subject.text.lower() == "there" and NEW_MEANS.match(rest):
        return [*reasons, Reason("actor_unnamed", "", 0.7)]
    if SECOND_PERSON.match(subject.text):
        return [*reasons, Reason("actor_unclear", subject.text, -2.0)]
    if passive:
        return [*reasons, Reason("actor_unnamed", subject.text, 0.7)]
    if subject.who is Who.PRONOUN or subject.who is Who.NOBODY:
        return [*reasons, Reason("actor_unclear", subject.text, -0.1)]
    if speaker.who.may_promise:
        return [*reasons, Reason("actor_unclear", subject.text, -0.3)]
    in_our_text = context.names_state and not PROPER_NAME.search(subject.text)
    return [*reasons, Reason("actor_unclear", subject.text, -0.7 if in_our_text else -1.3)]


def _deed_reasons(subject: Actor, rest: str, trigger: Trigger, before: str) -> list[Reason]:
    first = re.match(r"[a-z-]+", rest, re.IGNORECASE)
    verb, passive = first.group().lower() if first else "", PASSIVE.match(rest)
    reasons = (
        [Reason("consequence", "", -0.5)] if RELATIVE_CLAUSE.search(before) and not subject.who.may_promise else []
    )
    if _is_no_deed(subject, rest, passive, before):
        return [*reasons, Reason("forecast", verb, -2.2)]
    if (verb in lexicon.ITINERARY or GUESTS.match(rest)) and not find_recurrence(rest):
        return [*reasons, Reason("itinerary", verb, -2.4)]
    if passive:
        return [*reasons, Reason("action", passive["verb"], 0.5)]
    if THIS.match(subject.text) and not subject.who.may_promise and verb in lexicon.CONSEQUENCE:
        return [*reasons, Reason("consequence", verb, -1.4)]
    if trigger.name == "aims" and subject.who in {Who.INSTRUMENT, Who.UNKNOWN}:
        return [*reasons, Reason("consequence", verb, -0.9)]
    told = trigger.name in {"will", "would"} and verb in lexicon.CONSEQUENCE and not NEW_MEANS.match(rest)
    if told and subject.who in {Who.INSTRUMENT, Who.UNKNOWN}:
        return [*reasons, Reason("consequence", verb, -0.9)]
    if verb in lexicon.CONCRETE:
        return [*reasons, Reason("action", verb, 0.5)]
    if verb == "be" and not subject.who.may_promise and not NEW_MEANS.match(rest):
        return [*reasons, Reason("forecast", verb, -1.2)]
    return reasons


def _is_no_deed(subject: Actor, rest: str, passive: re.Match[str] | None, before: str) -> bool:
    """Duties, fates and states: "will have to", "will face", "it will be the first time"."""
    if RELIEF.search(before[-12:]) or NEW_MEANS.match(rest):
        return False
    if lexicon.DUTY.match(rest) and not lexicon.RECEIVING.match(rest):
        return True
    if BARE_IT.search(before) and re.match(r"be\s+(?:the|an?|one|up\s+to|too|not)\b", rest):
        return True
    return bool(lexicon.NO_ACT.match(rest)) and not (passive and subject.who.may_promise)


def _figure_reasons(rest: str, has_deadline: bool) -> list[Reason]:
    reasons = [Reason("deadline", "", 0.6)] if has_deadline else []
    money = lexicon.MONEY.search(rest)
    if money:
        reasons.append(Reason("money", money.group().strip(), 0.3))
    return reasons


# -- who, what, how exactly ---------------------------------------------------------------------------------------------


def _resolved(actor: Actor, context: Context, speaker: Actor = NOBODY) -> Actor:
    """ "It" is whoever speaks in this sentence, else the actor before; "the minister" is the minister named before."""
    if actor.who is Who.PRONOUN:
        if speaker.who not in {Who.NOBODY, Who.PRONOUN, Who.UNKNOWN}:
            return Actor(speaker.text, speaker.who, speaker.known_as)
        if speaker.who is Who.UNKNOWN and speaker.text:
            return Actor(speaker.text, Who.UNKNOWN)
        if context.last.text and not THIS.match(actor.text):
            return context.last
        if context.last.text and actor.text.lower() == "it":
            return context.last
    if actor.who is Who.OURSELVES and speaker.who.speaks_for_itself:
        return Actor(speaker.text, speaker.who)
    if actor.who is Who.OURSELVES and speaker.who is Who.NOBODY and context.speaker.who.speaks_for_itself:
        return Actor(context.speaker.text, context.speaker.who)
    return actor


def _agent(subject: Actor, speaker: Actor, rest: str, context: Context) -> Actor:
    """The actor to show: the subject, the agent of a passive, the speaker, or the last one named."""
    if subject.who in {Who.STATE, Who.OURSELVES} or subject.who.speaks_for_itself:
        if subject.who is Who.OURSELVES and speaker.who is Who.STATE:
            return speaker
        return subject
    agent = BY_AGENT.search(rest)
    if agent and lexicon.STATE.search(agent.group(1)):
        return Actor(agent.group(1).strip(), Who.STATE)
    if speaker.who is Who.STATE:
        return speaker
    return context.last if context.last.text else subject


def _kind(rest: str) -> str:
    found = lexicon.OUTCOME.search(rest)
    return "outcome" if found and found.start() < 45 else "action"


def _specificity(rest: str, has_deadline: bool) -> str:
    verbs = re.findall(r"[a-z-]+", rest.lower())[:6]
    figures = bool(lexicon.MONEY.search(rest) or NUMBER.search(rest))
    if verbs and verbs[0] in lexicon.VAGUE and not figures:
        return "specific" if has_deadline and len(verbs) > 1 and verbs[1] in lexicon.CONCRETE else "vague"
    passive = PASSIVE.match(rest)
    concrete = bool(passive) or bool(verbs and (verbs[0] in lexicon.CONCRETE or verbs[0] == "be"))
    return "specific" if concrete or figures or has_deadline else "vague"


def _remember(sentence: str, known: Sequence[Known], speaker: Actor, drafts: list[Draft], context: Context) -> None:
    if speaker.who is not Who.NOBODY and speaker.who is not Who.PRONOUN:
        context.speaker = speaker
        context.note(speaker)
    for draft in drafts:
        if draft.apart is None:
            context.note(draft.actor)
    if not drafts and speaker.who is Who.NOBODY:
        verb = FIRST_VERB.search(sentence)
        context.note(subject_before(sentence, verb.start(), known, context) if verb else NOBODY)
