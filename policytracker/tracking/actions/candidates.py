"""Deciding what a proposed sentence is: a new commitment, more about a known one, or none."""

from datetime import date, datetime
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from policytracker.government.models import Commitment
from policytracker.tracking.models import Candidate, Evidence

from .commitments import Source, Terms, add_statement, make_commitment
from .evidence import add_evidence, remove_evidence
from .refusals import Refused

State = Candidate.State
EDITABLE = (
    "statement",
    "actor_ministry",
    "actor_membership",
    "initiative",
    "kind",
    "specificity",
    "due_on",
    "due_precision",
    "due_words",
    "condition",
    "recurrence",
)


class CandidateRefused(Refused):
    """The proposal cannot be decided on in this way."""


def change_candidate(*, candidate: Candidate, fields: dict[str, Any], by: User, at: datetime) -> Candidate:
    """Correct what was read from the sentence, before deciding on it. Raises `CandidateRefused`."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="change candidate"):
        candidate = _waiting(candidate)
        changed = [name for name in EDITABLE if name in fields and getattr(candidate, name) != fields[name]]
        for name in changed:
            setattr(candidate, name, fields[name])
        if not candidate.due_on:
            candidate.due_precision = candidate.due_words = ""
        elif not candidate.due_precision:
            raise CandidateRefused(_("Say how exactly the date was given."), field="due_precision")
        candidate.save(update_fields=[*changed, "due_precision", "due_words"])
    return candidate


def accept_candidate(*, candidate: Candidate, by: User, at: datetime) -> Commitment:
    """A draft commitment of the candidate's fields; what was folded into it becomes its further statements.

    Raises `CandidateRefused` where the ministry is missing or the article has no date, and what `make_commitment` raises.
    """
    with transaction.atomic():
        candidate = _waiting(candidate)
        commitment = make_commitment(terms=_terms(candidate), source=_source(candidate, accept=True), by=by, at=at)
        _settle_folded(candidate, commitment, by=by, at=at)
    return commitment


def attach_as_restatement(*, candidate: Candidate, commitment: Commitment, by: User, at: datetime) -> None:
    """The sentence says a known commitment again: one more statement of it, from which drift is read."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="attach restatement"):
        candidate = _waiting(candidate)
        _restate(candidate, commitment, by=by, at=at)
        _decide(candidate, State.RESTATEMENT, commitment, by=by, at=at)
        _settle_folded(candidate, commitment, by=by, at=at)


def attach_as_evidence(
    *,
    candidate: Candidate,
    commitment: Commitment,
    stance: str,
    by: User,
    at: datetime,
    kind: str = Evidence.Kind.ANNOUNCEMENT,
) -> Evidence:
    """The sentence speaks for or against a known commitment. Raises what `add_evidence` raises."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="attach evidence"):
        candidate = _waiting(candidate)
        evidence = add_evidence(
            commitment=commitment,
            snapshot=candidate.snapshot,
            start=candidate.start,
            end=candidate.end,
            exact=candidate.exact,
            stance=stance,
            kind=kind,
            by=by,
            at=at,
        )
        _decide(candidate, State.EVIDENCE, commitment, by=by, at=at)
        for folded in candidate.folded.filter(state=State.PROPOSED):
            _decide(folded, State.MERGED, commitment, by=by, at=at)
    return evidence


def merge_candidate(*, candidate: Candidate, commitment: Commitment, by: User, at: datetime) -> None:
    """The sentence adds nothing to a known commitment: it is on file with it, and no statement is made."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="merge candidate"):
        candidate = _waiting(candidate)
        _decide(candidate, State.MERGED, commitment, by=by, at=at)
        for folded in candidate.folded.filter(state=State.PROPOSED):
            _decide(folded, State.MERGED, commitment, by=by, at=at)


def reject_candidate(*, candidate: Candidate, reason: str, by: User, at: datetime, note: str = "") -> None:
    """The sentence is no commitment, and why. What was folded into it goes with it. Raises `CandidateRefused`."""
    if reason not in Candidate.Reason.values:
        raise CandidateRefused(_("Say why it is rejected."), field="reason")
    with transaction.atomic(), pghistory.context(user=by.pk, action="reject candidate"):
        candidate = _waiting(candidate)
        for row in (candidate, *candidate.folded.filter(state=State.PROPOSED)):
            row.reason, row.reason_note = reason, note[:300]
            _decide(row, State.REJECTED, None, by=by, at=at)


def fold_candidate(*, candidate: Candidate, into: Candidate, by: User, at: datetime) -> None:
    """Both are one promise: the other stands for both in the queue. Raises `CandidateRefused`."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="fold candidate"):
        candidate, into = _waiting(candidate), _waiting(into)
        if candidate.pk == into.pk:
            raise CandidateRefused(_("A proposal cannot be folded into itself."), field="fold_into")
        if into.folded_into_id:
            raise CandidateRefused(_("That proposal was folded into another meanwhile."), field="fold_into")
        candidate.folded.update(folded_into=into)
        candidate.folded_into = into
        candidate.save(update_fields=["folded_into"])


def unfold_candidate(*, candidate: Candidate, by: User, at: datetime) -> None:
    """It is a promise of its own after all: back into the queue."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="unfold candidate"):
        Candidate.objects.filter(pk=candidate.pk, state=State.PROPOSED).update(folded_into=None)


def reopen_candidate(*, candidate: Candidate, by: User, at: datetime) -> None:
    """Take back a decision: into the queue again, with all that was decided along with it.

    Evidence that was made of it leaves the file, while it is a draft. Raises `CandidateRefused` where a commitment or a
    statement was made of it: that is corrected in the commitment's file; and `EvidenceRefused` for public evidence.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="reopen candidate"):
        candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
        if not candidate.is_undone_here:
            raise CandidateRefused(_("A commitment rests on this sentence now. Correct it in the commitment’s file."))
        if candidate.state == State.EVIDENCE:
            for evidence in Evidence.objects.filter(**_place_of(candidate), commitment=candidate.commitment_id):
                remove_evidence(evidence=evidence, by=by, at=at)
        for row in (candidate, *candidate.folded.filter(decided_at=candidate.decided_at)):
            _back_into_the_queue(row)


# -- parts --------------------------------------------------------------------------------------------------------------


def _place_of(candidate: Candidate) -> dict[str, Any]:
    return {"snapshot": candidate.snapshot_id, "start": candidate.start, "end": candidate.end}


def _back_into_the_queue(row: Candidate) -> None:
    row.state, row.reason, row.reason_note = State.PROPOSED, "", ""
    row.commitment = row.decided_by = row.decided_at = None
    row.save(update_fields=["state", "commitment", "reason", "reason_note", "decided_by", "decided_at"])


def _waiting(candidate: Candidate) -> Candidate:
    """The row as it stands, locked. Raises `CandidateRefused` where somebody decided meanwhile."""
    rows = Candidate.objects.select_for_update(of=("self",)).select_related("snapshot__article", "actor_ministry")
    row = rows.get(pk=candidate.pk)
    if row.state != State.PROPOSED:
        raise CandidateRefused(
            _("Somebody decided on this proposal meanwhile: %(state)s.") % {"state": row.get_state_display()}
        )
    return row


def _decide(candidate: Candidate, state: str, commitment: Commitment | None, *, by: User, at: datetime) -> None:
    candidate.state, candidate.commitment = state, commitment
    candidate.decided_by, candidate.decided_at = by, at
    candidate.save(update_fields=["state", "commitment", "decided_by", "decided_at", "reason", "reason_note"])


def _settle_folded(candidate: Candidate, commitment: Commitment, *, by: User, at: datetime) -> None:
    """What repeats the promise is one more statement of it where another text says it, and on file in any case."""
    for folded in candidate.folded.filter(state=State.PROPOSED).select_related("snapshot__article", "actor_ministry"):
        if folded.snapshot_id != candidate.snapshot_id:
            _restate(folded, commitment, by=by, at=at)
        _decide(folded, State.MERGED, commitment, by=by, at=at)


def _restate(candidate: Candidate, commitment: Commitment, *, by: User, at: datetime) -> None:
    add_statement(
        commitment=commitment,
        source=_source(candidate),
        said_on=_day_of(candidate),
        membership=candidate.actor_membership,
        ministry=candidate.actor_ministry,
        by=by,
        at=at,
    )


def _source(candidate: Candidate, *, accept: bool = False) -> Source:
    return Source(
        candidate.snapshot,
        candidate.start,
        candidate.end,
        candidate.exact,
        candidate=candidate if accept else None,
    )


def _day_of(candidate: Candidate) -> date:
    on = candidate.snapshot.article.published_on
    if on is None:
        raise CandidateRefused(_("The article has no date. Give it one first."))
    return on


def _terms(candidate: Candidate) -> Terms:
    if candidate.actor_ministry is None:
        raise CandidateRefused(_("Say which ministry leads."), field="actor_ministry")
    return Terms(
        statement=candidate.statement or candidate.exact,
        lead_ministry=candidate.actor_ministry,
        made_on=_day_of(candidate),
        made_by=candidate.actor_membership,
        initiative=candidate.initiative,
        kind=candidate.kind,
        specificity=candidate.specificity,
        due_on=candidate.due_on,
        due_precision=candidate.due_precision,
        due_words=candidate.due_words,
        condition=candidate.condition,
        is_conditional=bool(candidate.condition),
        recurrence=candidate.recurrence,
    )
