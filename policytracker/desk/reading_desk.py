"""All that the reading desk shows of one article: a fixed number of queries, whatever has been written on it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Article, Snapshot
from policytracker.government.models import Commitment
from policytracker.tracking.highlights import Highlight, Layer, paragraphs_of
from policytracker.tracking.models import Annotation, Candidate, Mention
from policytracker.tracking.sentences import split_sentences
from policytracker.tracking.set_apart import SetApart, set_apart_in

from .forms.annotations import AnnotationForm
from .marked_text import drawn_text, pickable_text
from .notes import Note, notes_on
from .numbers import number_in
from .threads import Thread, threads_of

SUGGESTED = 30


@dataclass(frozen=True, slots=True)
class Named:
    """Words of the article, and the subjects they may name."""

    surface: str
    occurrences: int
    senses: list[Mention]

    @property
    def is_decided(self) -> bool:
        """Whether a person has said which subject it is."""
        return any(mention.state == Mention.State.CONFIRMED for mention in self.senses)


@dataclass(frozen=True)
class Page:
    """What the template draws."""

    article: Article
    snapshot: Snapshot
    highlights: list[Highlight]
    threads: list[Thread[Note]]
    detached: list[Thread[Note]]
    named: list[Named]
    candidates: list[Candidate]
    apart: list[SetApart]
    form: AnnotationForm
    versions: list[tuple[int, datetime]]
    is_picking: bool = False
    picked: Sequence[int] = ()

    @property
    def text(self) -> SafeString:
        """The text as HTML: with its highlights, or with a box before each sentence."""
        sentences = sentences_of(self.snapshot)
        if self.is_picking:
            return pickable_text(paragraphs_of(self.snapshot.text, (), sentences), self.picked)
        return drawn_text(self.snapshot.text, tuple(self.highlights), sentences, get_language() or "")

    @property
    def proposed(self) -> list[Named]:
        """What waits for a decision."""
        return [named for named in self.named if not named.is_decided]

    @property
    def confirmed(self) -> list[Named]:
        """What the article names, as a person confirmed."""
        return [named for named in self.named if named.is_decided]


def sentences_of(snapshot: Snapshot) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text stand: found once for each process, because a snapshot never changes."""
    key = f"sentences:{snapshot.pk}:{snapshot.text_sha256}"
    spans: tuple[tuple[int, int], ...] | None = caches["pages"].get(key)
    if spans is None:
        spans = tuple((sentence.start, sentence.end) for sentence in split_sentences(snapshot.text))
        caches["pages"].set(key, spans)
    return spans


def reading_desk(
    article: Article,
    snapshot: Snapshot,
    user: Any,
    *,
    form: AnnotationForm | None = None,
    is_picking: bool = False,
    picked: Sequence[int] = (),
) -> Page:
    """The page of an article as it stood in `snapshot`, with what this user may read on it."""
    threads = threads_of(notes_on(article.pk, user))
    here = [thread for thread in threads if thread.note.snapshot_id == snapshot.pk]
    mentions = list(Mention.objects.for_reading_desk(article.pk))
    candidates = list(Candidate.objects.for_reading_desk(article.pk))
    if form is None:
        form = AnnotationForm(initial={"snapshot": snapshot.pk, "motivation": Annotation.Motivation.IDENTIFYING})
    _suggest(form, mentions)
    return Page(
        article=article,
        snapshot=snapshot,
        highlights=_highlights(snapshot, here, mentions, candidates),
        threads=here,
        detached=[thread for thread in threads if thread.note.snapshot_id != snapshot.pk],
        named=_named(mentions),
        candidates=candidates,
        apart=set_apart_in(snapshot),
        form=form,
        versions=list(article.snapshots.order_by("-taken_at", "-pk").values_list("pk", "taken_at")),
        is_picking=is_picking,
        picked=picked,
    )


def _highlights(
    snapshot: Snapshot, threads: list[Thread[Note]], mentions: list[Mention], candidates: list[Candidate]
) -> list[Highlight]:
    found = [Highlight(t.note.start or 0, t.note.end or 0, f"{t.note.pk}:{t.number}") for t in threads]
    found += [Highlight(c.start, c.end, str(c.pk), Layer.CANDIDATE) for c in candidates if c.snapshot_id == snapshot.pk]
    places = {(m.start, m.end) for m in mentions if m.snapshot_id == snapshot.pk}
    found += [Highlight(start, end, str(start), Layer.MENTION) for start, end in places]
    return found


def _named(mentions: list[Mention]) -> list[Named]:
    senses = defaultdict(list)
    for mention in mentions:
        senses[mention.snapshot_id, mention.start, mention.end].append(mention)
    return [Named(rows[0].surface, rows[0].occurrences, rows) for rows in senses.values()]


def _suggest(form: AnnotationForm, mentions: list[Mention]) -> None:
    """Offer first what the article names: its initiatives, and the commitments under them."""
    initiatives = {m.initiative_id: m.initiative for m in mentions if m.initiative is not None}
    ministries = {m.ministry_id for m in mentions if m.ministry_id}
    form.fields["initiative"].suggest(initiatives.values())  # type: ignore[attr-defined]
    form.fields["commitment"].suggest(  # type: ignore[attr-defined]
        Commitment.objects.likely_for(initiatives=list(initiatives), ministries=list(ministries)).only(
            "slug", "statement", "i18n"
        )[:SUGGESTED]
    )


def snapshot_of(article: Article, number: str) -> Snapshot | None:
    """The article's snapshot of that number, the current one for none; None where there is no such."""
    if not number:
        return article.current_snapshot
    return article.snapshots.defer("raw").filter(pk=number_in(number) or 0).first()
