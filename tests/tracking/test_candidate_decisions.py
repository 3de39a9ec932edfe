"""A proposal becomes a commitment, more about one, or nothing; whoever decided is on file."""

from datetime import date

import pytest

from policytracker.tracking.actions.candidates import (
    CandidateRefused,
    accept_candidate,
    attach_as_evidence,
    attach_as_restatement,
    change_candidate,
    fold_candidate,
    merge_candidate,
    reject_candidate,
    reopen_candidate,
    unfold_candidate,
)
from policytracker.tracking.actions.doubtful_names import remove_alias
from policytracker.tracking.actions.mentions import confirm_mentions
from policytracker.tracking.models import Candidate, Evidence, Mention, Statement
from tests.factories import (
    NOW,
    make_alias,
    make_article,
    make_candidate,
    make_commitment,
    make_mention,
    make_ministry,
    make_snapshot,
    make_user,
)

pytestmark = pytest.mark.django_db

State = Candidate.State


@pytest.fixture
def analyst():
    return make_user()


def test_accepting_makes_a_draft_with_its_first_statement(analyst):
    ministry = make_ministry()
    candidate = make_candidate(
        actor_ministry=ministry,
        due_on=date(2023, 3, 31),
        due_precision="month",
        due_words="In March",
        condition="if dialogue resumes",
        recurrence="yearly",
        specificity="specific",
    )

    commitment = accept_candidate(candidate=candidate, by=analyst, at=NOW)

    candidate.refresh_from_db()
    statement = commitment.statements.get()
    assert not commitment.is_published
    assert (commitment.statement, commitment.lead_ministry, commitment.made_on) == (
        candidate.exact,
        ministry,
        date(2023, 1, 27),
    )
    assert (commitment.due_on, commitment.due_precision, commitment.due_words) == (
        date(2023, 3, 31),
        "month",
        "In March",
    )
    assert (commitment.is_conditional, commitment.recurrence) == (True, "yearly")
    assert (statement.exact, statement.is_original) == (candidate.exact, True)
    assert (candidate.state, candidate.commitment, candidate.decided_by) == (State.ACCEPTED, commitment, analyst)


def test_accepting_needs_a_ministry(analyst):
    candidate = make_candidate()

    with pytest.raises(CandidateRefused, match="ministry") as refusal:
        accept_candidate(candidate=candidate, by=analyst, at=NOW)

    assert refusal.value.field == "actor_ministry"
    assert Candidate.objects.waiting().get() == candidate


def test_accepting_needs_a_date(analyst):
    snapshot = make_article(published_on=None, published_precision="").current_snapshot
    candidate = make_candidate(snapshot=snapshot, actor_ministry=make_ministry())

    with pytest.raises(CandidateRefused, match="no date"):
        accept_candidate(candidate=candidate, by=analyst, at=NOW)


def test_what_was_folded_into_it_becomes_its_further_statements(analyst):
    candidate = make_candidate(actor_ministry=make_ministry())
    elsewhere = make_candidate(folded_into=candidate)
    in_the_same_text = make_candidate(
        snapshot=candidate.snapshot, quote="It gave no further details.", folded_into=candidate
    )

    commitment = accept_candidate(candidate=candidate, by=analyst, at=NOW)

    assert {statement.snapshot for statement in commitment.statements.all()} == {candidate.snapshot, elsewhere.snapshot}
    assert set(Candidate.objects.filter(state=State.MERGED)) == {elsewhere, in_the_same_text}


def test_a_restatement_is_one_more_statement_of_a_known_commitment(analyst):
    candidate, commitment = make_candidate(), make_commitment()

    attach_as_restatement(candidate=candidate, commitment=commitment, by=analyst, at=NOW)

    candidate.refresh_from_db()
    statement = Statement.objects.get(commitment=commitment)
    assert (statement.exact, statement.is_original, statement.said_on) == (candidate.exact, False, date(2023, 1, 27))
    assert (candidate.state, candidate.commitment) == (State.RESTATEMENT, commitment)


def test_evidence_is_put_on_file_with_its_stance(analyst):
    candidate, commitment = make_candidate(), make_commitment()

    attach_as_evidence(candidate=candidate, commitment=commitment, stance="contradicts", by=analyst, at=NOW)

    candidate.refresh_from_db()
    evidence = Evidence.objects.get(commitment=commitment)
    assert (evidence.exact, evidence.stance, evidence.kind) == (candidate.exact, "contradicts", "announcement")
    assert candidate.state == State.EVIDENCE


def test_merging_adds_nothing_to_the_commitment(analyst):
    candidate, commitment = make_candidate(), make_commitment()

    merge_candidate(candidate=candidate, commitment=commitment, by=analyst, at=NOW)

    candidate.refresh_from_db()
    assert (candidate.state, candidate.commitment) == (State.MERGED, commitment)
    assert not Statement.objects.exists()


def test_a_rejection_says_why_and_takes_the_folded_along(analyst):
    candidate = make_candidate()
    folded = make_candidate(folded_into=candidate)

    reject_candidate(candidate=candidate, reason="too_vague", note="no measure", by=analyst, at=NOW)

    for row in (candidate, folded):
        row.refresh_from_db()
        assert (row.state, row.reason, row.decided_by, row.decided_at) == (State.REJECTED, "too_vague", analyst, NOW)


def test_a_rejection_without_a_reason_is_refused(analyst):
    with pytest.raises(CandidateRefused, match="why"):
        reject_candidate(candidate=make_candidate(), reason="", by=analyst, at=NOW)


def test_a_rejection_is_taken_back_with_all_that_went_with_it(analyst):
    candidate = make_candidate()
    folded = make_candidate(folded_into=candidate)
    reject_candidate(candidate=candidate, reason="not_a_promise", by=analyst, at=NOW)

    reopen_candidate(candidate=candidate, by=analyst, at=NOW)

    folded.refresh_from_db()
    assert list(Candidate.objects.waiting()) == [candidate]
    assert (folded.state, folded.folded_into, folded.decided_by) == (State.PROPOSED, candidate, None)


def test_a_merger_and_draft_evidence_are_taken_back(analyst):
    merged, evidence = make_candidate(), make_candidate()
    merge_candidate(candidate=merged, commitment=make_commitment(), by=analyst, at=NOW)
    attach_as_evidence(candidate=evidence, commitment=make_commitment(), stance="supports", by=analyst, at=NOW)

    for row in (merged, evidence):
        reopen_candidate(candidate=row, by=analyst, at=NOW)

    assert set(Candidate.objects.waiting()) == {merged, evidence}
    assert not Evidence.objects.exists()


def test_what_a_commitment_rests_on_is_not_taken_back_here(analyst):
    candidate = make_candidate()
    attach_as_restatement(candidate=candidate, commitment=make_commitment(), by=analyst, at=NOW)

    with pytest.raises(CandidateRefused, match="rests on this sentence"):
        reopen_candidate(candidate=candidate, by=analyst, at=NOW)


def test_nothing_is_folded_into_what_was_folded_itself(analyst):
    first, second, third = (make_candidate() for _ in range(3))
    fold_candidate(candidate=second, into=first, by=analyst, at=NOW)

    with pytest.raises(CandidateRefused, match="meanwhile"):
        fold_candidate(candidate=third, into=second, by=analyst, at=NOW)


@pytest.mark.parametrize(
    "decide",
    [
        lambda c, by: accept_candidate(candidate=c, by=by, at=NOW),
        lambda c, by: attach_as_restatement(candidate=c, commitment=make_commitment(), by=by, at=NOW),
        lambda c, by: attach_as_evidence(candidate=c, commitment=make_commitment(), stance="supports", by=by, at=NOW),
        lambda c, by: merge_candidate(candidate=c, commitment=make_commitment(), by=by, at=NOW),
        lambda c, by: reject_candidate(candidate=c, reason="too_vague", by=by, at=NOW),
        lambda c, by: change_candidate(candidate=c, fields={"kind": "outcome"}, by=by, at=NOW),
    ],
    ids=["accept", "restate", "evidence", "merge", "reject", "change"],
)
def test_what_somebody_decided_meanwhile_is_not_decided_again(analyst, decide):
    candidate = make_candidate(actor_ministry=make_ministry())
    reject_candidate(candidate=candidate, reason="duplicate", by=analyst, at=NOW)

    with pytest.raises(CandidateRefused, match="meanwhile"):
        decide(candidate, analyst)

    candidate.refresh_from_db()
    assert (candidate.state, candidate.reason) == (State.REJECTED, "duplicate")


def test_proposed_fields_are_corrected_before_deciding(analyst):
    candidate, ministry = (
        make_candidate(due_on=date(2023, 3, 31), due_precision="month", due_words="x"),
        make_ministry(),
    )

    fields = {"actor_ministry": ministry, "statement": "Publish it.", "due_on": None, "score": 1}
    change_candidate(candidate=candidate, fields=fields, by=analyst, at=NOW)

    candidate.refresh_from_db()
    assert (candidate.actor_ministry, candidate.statement) == (ministry, "Publish it.")
    assert (candidate.due_on, candidate.due_precision, candidate.due_words) == (None, "", "")
    assert candidate.score == 0.8


def test_a_date_without_its_precision_is_refused(analyst):
    with pytest.raises(CandidateRefused, match="how exactly"):
        change_candidate(candidate=make_candidate(), fields={"due_on": date(2024, 1, 1)}, by=analyst, at=NOW)


def test_two_proposals_of_one_promise_fold_into_one_and_apart_again(analyst):
    one, other, third = make_candidate(), make_candidate(), make_candidate()
    fold_candidate(candidate=third, into=one, by=analyst, at=NOW)

    fold_candidate(candidate=one, into=other, by=analyst, at=NOW)

    assert list(Candidate.objects.waiting()) == [other]
    assert set(other.folded.all()) == {one, third}
    unfold_candidate(candidate=third, by=analyst, at=NOW)
    assert set(Candidate.objects.waiting()) == {other, third}


def test_a_proposal_does_not_fold_into_itself(analyst):
    candidate = make_candidate()

    with pytest.raises(CandidateRefused):
        fold_candidate(candidate=candidate, into=candidate, by=analyst, at=NOW)


def test_removing_a_misleading_alias_withdraws_what_it_proposed(analyst):
    ministry, other = make_ministry(), make_ministry()
    alias = make_alias("the Bureau", ministry=ministry)
    waiting = make_mention(ministry=ministry, surface="The Bureau")
    confirmed = make_mention(ministry=ministry, surface="the Bureau")
    confirm_mentions(mentions=[confirmed], by=analyst, at=NOW)
    elsewhere = make_mention(ministry=other, surface="the Bureau")

    assert remove_alias(alias=alias, by=analyst, at=NOW) == 1

    assert set(Mention.objects.all()) == {confirmed, elsewhere}
    assert waiting.pk not in Mention.objects.values_list("pk", flat=True)
    assert not ministry.aliases.exists()


def test_a_passage_of_another_snapshot_cannot_slip_in():
    snapshot = make_snapshot(text="Other words stand here.")

    with pytest.raises(ValueError, match="substring"):
        make_candidate(snapshot=snapshot)
