"""Writing down which sentences may be commitments, what they restate, and which say the same."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from articles.models import Article, Snapshot
from policytracker.government.models import Commitment
from policytracker.tracking.anchors import quote_at
from policytracker.tracking.candidates import METHOD, Proposal, Reading
from policytracker.tracking.matching import Found
from policytracker.tracking.models import Candidate, Statement
from policytracker.tracking.repeats import Said, find_restated, fold, is_same

from .actors import ActorInRecord, Cast

SAME_NEWS = timedelta(days=14)
MOST_COMPARED = 300
MOST_KNOWN = 3_000


def propose_candidates(
    *,
    article: Article,
    snapshot: Snapshot,
    reading: Reading,
    found: Sequence[Found],
    on: date,
    at: datetime,
) -> int:
    """Propose the sentences that are not yet in the queue, nor decided on, nor statements of a commitment; how many.

    A sentence that was proposed in an earlier snapshot of the article, in the same words, is the same proposal.
    """
    new = _not_yet_told(article, snapshot, reading.proposals)
    if not new:
        return 0
    rows = rows_of(snapshot=snapshot, proposals=new, found=found, on=on, at=at)
    Candidate.objects.bulk_create(rows, ignore_conflicts=True)
    _fold_within(snapshot, reading.proposals)
    _fold_into_earlier_news(article, snapshot, on)
    return len(rows)


def rows_of(
    *, snapshot: Snapshot, proposals: Sequence[Proposal], found: Sequence[Found], on: date, at: datetime
) -> list[Candidate]:
    """Unsaved candidates of these proposals, with actor and initiative of the record and what they may restate."""
    cast = Cast(found, on)
    known = _known_promises()
    return [_row(snapshot, proposal, cast.actor_of(proposal), known, at) for proposal in proposals]


def _not_yet_told(article: Article, snapshot: Snapshot, proposals: Sequence[Proposal]) -> list[Proposal]:
    told = set(Candidate.objects.filter(snapshot__article=article).values_list("exact", flat=True))
    stated = list(Statement.objects.filter(snapshot=snapshot).values_list("start", "end"))
    return [
        each
        for each in proposals
        if each.quote not in told and all(each.end <= start or end <= each.start for start, end in stated)
    ]


def _known_promises() -> list[Said]:
    """Commitments in our words and in their sources' words, the newest first."""
    known = []
    rows = Commitment.objects.select_related("lead_ministry", "initiative").order_by("-made_on")[:MOST_KNOWN]
    by_pk = {row.pk: row for row in rows}
    for row in by_pk.values():
        told = [row.statement, *(words for key, words in (row.i18n or {}).items() if key.startswith("statement_"))]
        known += [_said(row, words) for words in told if words]
    quotes = Statement.objects.filter(commitment__in=by_pk).values_list("commitment", "exact")
    return known + [_said(by_pk[pk], exact) for pk, exact in quotes]


def _said(row: Commitment, words: str) -> Said:
    return Said(row.pk, words, row.lead_ministry.slug, row.initiative.slug if row.initiative else "")


def _row(snapshot: Snapshot, proposal: Proposal, actor: ActorInRecord, known: list[Said], at: datetime) -> Candidate:
    quote = quote_at(snapshot.text, proposal.start, proposal.end)
    said = Said(0, proposal.quote, actor.ministry_slug, actor.initiative_slug)
    restated = find_restated(said, known)
    deadline = proposal.deadline
    return Candidate(
        snapshot=snapshot,
        start=quote.start,
        end=quote.end,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        actor_text=proposal.actor[:300],
        actor_ministry_id=actor.ministry,
        actor_membership_id=actor.membership,
        initiative_id=actor.initiative,
        kind=proposal.kind,
        specificity=proposal.specificity,
        due_on=deadline.date if deadline else None,
        due_precision=str(deadline.precision) if deadline else "",
        due_words=deadline.surface[:300] if deadline else "",
        condition=proposal.condition.text if proposal.condition else "",
        recurrence=proposal.recurrence.code if proposal.recurrence else "",
        score=proposal.score,
        reasons=[
            [reason.code, reason.words] for reason in proposal.reasons if reason.words or reason.code != "weak_words"
        ],
        method=METHOD if proposal.reasons[0].code != "model" else "language model",
        restates_id=restated.key if restated else None,
        proposed_at=at,
    )


def _fold_within(snapshot: Snapshot, proposals: Sequence[Proposal]) -> None:
    """Sentences of one text that say the same are one in the queue."""
    folded = fold([Said(index, each.quote) for index, each in enumerate(proposals)])
    if not folded:
        return
    rows = {row.start: row for row in Candidate.objects.filter(snapshot=snapshot)}
    for repeat, fuller in folded.items():
        row, into = rows.get(proposals[repeat].start), rows.get(proposals[fuller].start)
        if row and into and row.state == into.state == Candidate.State.PROPOSED and into.folded_into_id is None:
            Candidate.objects.filter(pk=row.pk, folded_into=None).update(folded_into=into)


def _fold_into_earlier_news(article: Article, snapshot: Snapshot, on: date) -> None:
    """The same words in another article of these days are the same news: the earlier proposal stands for both."""
    waiting = Candidate.objects.waiting()
    fresh = list(waiting.filter(snapshot=snapshot, folded=None))
    near = waiting.filter(snapshot__article__published_on__range=(on - SAME_NEWS, on + SAME_NEWS))
    earlier = list(near.exclude(snapshot__article=article).order_by("-id")[:MOST_COMPARED])
    for row in fresh:
        same = next((other for other in earlier if is_same(row.exact, other.exact)), None)
        if same is not None:
            Candidate.objects.filter(pk=row.pk, folded_into=None).update(folded_into=same)
