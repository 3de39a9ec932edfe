"""Which sentences of a text may be commitments: text in, proposals out. Machines propose, people decide.

Each language has its rules in `reading/`. A proposal always quotes the text as it stands (`text[start:end] == quote`) and
carries the reasons it rests on. Promises of others, old ones and denials are kept apart, so that they can be seen and
are not mistaken for the government's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policytracker.tracking.due_phrases import DuePhrase, find_due_phrases
from policytracker.tracking.matching import Found
from policytracker.tracking.reading.actors import Context, Known, Who
from policytracker.tracking.reading.countries import home_of
from policytracker.tracking.reading.drafts import Apart, Draft, Part, Reason, best_deadline
from policytracker.tracking.reading.english_parts import may_be_deadline as english_deadline
from policytracker.tracking.reading.english_promises import read_english
from policytracker.tracking.reading.folding import Folded, compose
from policytracker.tracking.reading.headings import is_heading
from policytracker.tracking.reading.korean_promises import may_be_deadline as korean_deadline
from policytracker.tracking.reading.korean_promises import read_korean, read_korean_item
from policytracker.tracking.reading.languages import language_of, language_of_sentence
from policytracker.tracking.reading.lists import Lead, lead_of, read_item
from policytracker.tracking.sentences import Sentence, split_sentences

METHOD = "rules 2"
"""Named with each proposal; the number rises when the rules change what they propose."""
THRESHOLD = 0.5
LONGEST_SENTENCE = 1_500
MOST_SENTENCES = 5_000
"""A book has as many; of a longer text the beginning is read, and `unread` says so."""
READERS = {"en": (read_english, english_deadline), "ko": (read_korean, korean_deadline)}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the text at their offsets; `code` where they mean one of a fixed list."""

    start: int
    end: int
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence proposed as a commitment. Offsets are code points of the text."""

    start: int
    end: int
    quote: str
    actor: str
    actor_key: str
    kind: str
    specificity: str
    deadline: DuePhrase | None
    condition: Passage | None
    recurrence: Passage | None
    score: float
    reasons: tuple[Reason, ...]
    apart: Apart | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in a text. `unread` says what was not read, and why."""

    proposals: tuple[Proposal, ...] = ()
    apart: tuple[Proposal, ...] = ()
    languages: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_text(
    text: str,
    *,
    on: date,
    mentions: Sequence[Found] = (),
    home: Iterable[str] = (),
    language: str = "",
) -> Reading:
    """Read a text that appeared on a day.

    `home` holds the countries whose governments are tracked (ISO 3166); without them the countries of the ministries
    mentioned, else the country the text names most. `language` overrides what the text itself shows. A text in a
    language that is not supported gives no proposal and says so in `unread`.
    """
    composed = compose(text)
    if composed.text is text:
        return _Reader(text, on, mentions, frozenset(home), language).read()
    moved = [_in_composed(mention, composed) for mention in mentions]
    return _in_original(_Reader(composed.text, on, moved, frozenset(home), language).read(), text, composed)


class _Reader:
    """Reads one text from top to bottom, carrying what earlier sentences settled."""

    def __init__(self, text: str, on: date, mentions: Sequence[Found], home: frozenset[str], language: str) -> None:
        self.text = text
        self.on = on
        self.language = language or language_of(text)
        self.home = home or _home_of_mentions(mentions) or home_of(text, self.language)
        self.mentions = mentions
        self.context = Context(home=self.home)
        self.lead: Lead | None = None
        self.unread: set[str] = set()
        self.languages: dict[str, int] = {}
        self._next_mention = 0

    def read(self) -> Reading:
        sentences = split_sentences(self.text)
        if len(sentences) > MOST_SENTENCES:
            self.unread.add("rest")
            sentences = sentences[:MOST_SENTENCES]
        found = [proposal for sentence in sentences if (proposal := self._sentence(sentence, len(sentences)))]
        if not self.languages and "long_sentence" not in self.unread and any(map(str.isalpha, self.text)):
            self.unread.add("language")
        return Reading(
            proposals=tuple(each for each in found if each.apart is None and each.score >= THRESHOLD),
            apart=tuple(each for each in found if each.apart is not None),
            languages=tuple(sorted(self.languages)),
            unread=tuple(sorted(self.unread)),
        )

    def _sentence(self, sentence: Sentence, count: int) -> Proposal | None:
        if len(sentence.text) > LONGEST_SENTENCE:
            self.unread.add("long_sentence")
            return None
        language = language_of_sentence(sentence.text, self.language)
        if language not in READERS:
            self.unread.update({"language"} if any(map(str.isalpha, sentence.text)) else ())
            return None
        self.languages[language] = self.languages.get(language, 0) + 1
        draft, deadline = self._draft(sentence, language)
        if draft is None or (count > 3 and not sentence.is_item and is_heading(sentence.text, sentence.paragraph)):
            return None
        return self._proposal(sentence, draft, deadline)

    def _draft(self, sentence: Sentence, language: str) -> tuple[Draft | None, DuePhrase | None]:
        read, may_be = READERS[language]
        country = next(iter(self.home), "") if len(self.home) == 1 else ""
        phrases = find_due_phrases(sentence.text, on=self.on, language=language, country=country)
        known = self._known_in(sentence)
        draft = read(sentence.text, known, self.context, has_deadline=bool(phrases))
        if language == "ko" and draft is None and sentence.is_item:
            draft = read_korean_item(sentence.text, self.context, has_deadline=bool(phrases))
        if language == "en":
            draft = self._as_item(sentence, draft, bool(phrases))
        if draft is None:
            return None, None
        fitting = [
            phrase
            for phrase in phrases
            if not _is_the_same_day(phrase, self.on) and may_be(sentence.text, phrase, draft.trigger)
        ]
        return draft, best_deadline(fitting, draft.trigger)

    def _as_item(self, sentence: Sentence, draft: Draft | None, has_deadline: bool) -> Draft | None:
        """An item under "We will:" promises what the line above began."""
        opened = lead_of(sentence.text, draft, self.context)
        if opened:
            self.lead = opened
            return None if sentence.text.rstrip().endswith((":", "–", "—")) else draft
        belongs = sentence.is_item or sentence.text[:1].islower()
        if self.lead and belongs:
            item = read_item(sentence.text, self.lead, has_deadline=has_deadline)
            return max((d for d in (draft, item) if d), key=lambda d: d.weight, default=None)
        if not belongs:
            self.lead = None
        return draft

    def _known_in(self, sentence: Sentence) -> list[Known]:
        while self._next_mention < len(self.mentions) and self.mentions[self._next_mention].start < sentence.start:
            self._next_mention += 1
        known = []
        for mention in self.mentions[self._next_mention :]:
            if mention.start >= sentence.end:
                break
            who = _who(mention, self.home)
            if who is not None and not mention.is_ambiguous:
                key = f"{mention.kind}:{mention.slug}"
                known.append(Known(mention.start - sentence.start, mention.end - sentence.start, who, key))
        return known

    def _proposal(self, sentence: Sentence, draft: Draft, deadline: DuePhrase | None) -> Proposal:
        def passage(part: Part | None) -> Passage | None:
            if part is None:
                return None
            start, end = sentence.start + part.start, sentence.start + part.end
            return Passage(start, end, self.text[start:end], part.code)

        return Proposal(
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            actor=draft.actor.text,
            actor_key=draft.actor.known_as,
            kind=draft.kind,
            specificity=draft.specificity,
            deadline=deadline and _moved(deadline, sentence.start),
            condition=passage(draft.condition),
            recurrence=passage(draft.recurrence),
            score=draft.score,
            reasons=draft.reasons,
            apart=draft.apart,
        )


def _in_composed(mention: Found, composed: Folded) -> Found:
    """The mention at its offsets in the composed text."""
    starts = list(composed.starts)
    return replace(mention, start=bisect_left(starts, mention.start), end=bisect_left(starts, mention.end))


def _in_original(reading: Reading, text: str, composed: Folded) -> Reading:
    """What was read in the composed text, at its offsets in the text as it stands."""

    def span(start: int, end: int) -> tuple[int, int]:
        return composed.starts[start], composed.ends[end - 1]

    def passage(each: Passage | None) -> Passage | None:
        if each is None:
            return None
        start, end = span(each.start, each.end)
        return replace(each, start=start, end=end, text=text[start:end])

    def phrase(each: DuePhrase | None) -> DuePhrase | None:
        if each is None:
            return None
        start, end = span(each.start, each.end)
        return replace(each, start=start, end=end, surface=text[start:end])

    def proposal(each: Proposal) -> Proposal:
        start, end = span(each.start, each.end)
        return replace(
            each,
            start=start,
            end=end,
            quote=text[start:end],
            deadline=phrase(each.deadline),
            condition=passage(each.condition),
            recurrence=passage(each.recurrence),
        )

    return replace(
        reading,
        proposals=tuple(proposal(each) for each in reading.proposals),
        apart=tuple(proposal(each) for each in reading.apart),
    )


def _is_the_same_day(phrase: DuePhrase, on: date) -> bool:
    """The day of the article itself dates a report, not a promise."""
    return phrase.period.first == phrase.period.last == on


def _moved(phrase: DuePhrase, by: int) -> DuePhrase:
    return DuePhrase(phrase.start + by, phrase.end + by, phrase.surface, phrase.period, phrase.bound)


def _home_of_mentions(mentions: Sequence[Found]) -> frozenset[str]:
    """The country of the ministries mentioned most."""
    countries = [
        sense.country
        for mention in mentions
        for sense in mention.senses
        if sense.country
        and sense.classification in {"", "ministry", "executive"}
        and sense.kind in {"ministry", "post"}
    ]
    return frozenset({max(set(countries), key=countries.count)}) if countries else frozenset()


def _who(mention: Found, home: frozenset[str]) -> Who | None:
    """What kind of actor a mention is; None for a topic, which is none."""
    sense = mention.senses[0]
    if sense.kind == "topic":
        return None
    if sense.kind == "initiative":
        return Who.INSTRUMENT
    if sense.country and home and sense.country not in home:
        return Who.FOREIGN
    if sense.classification == "party":
        return Who.PARTY
    if sense.classification in {"legislature", "research institute", "international body"}:
        return Who.OTHER
    return Who.STATE
