"""We know that the rules hold after any sequence of writes, and that the past keeps its answers.

A machine writes at random through the actions, attacks through SQL, and after every step asks all moments it ever asked.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership, Ministry
from policytracker.tracking.actions.assessments import Conclusion, draft_assessment, submit_assessment
from policytracker.tracking.actions.corrections import correct_field, correct_fields
from policytracker.tracking.actions.evidence import add_evidence
from policytracker.tracking.actions.mergers import merge_initiatives
from policytracker.tracking.actions.offices import appoint, end_membership
from policytracker.tracking.actions.refusals import Refused
from policytracker.tracking.actions.reviews import (
    dispute_assessment,
    publish_assessment,
    uphold_assessment,
    withdraw_assessment,
)
from policytracker.tracking.actions.terms import (
    Due,
    Told,
    change_condition,
    discontinue,
    extend_deadline,
    override_deadline,
    supersede,
)
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import Assessment, Evidence
from policytracker.tracking.moments import Moment
from policytracker.tracking.rates import place_of, scoreboard, tally_at, tally_of, with_place
from policytracker.tracking.standing import Standing, with_standing
from policytracker.tracking.standing.whole import missed_ids, statuses_of
from tests.factories import (
    QUOTE,
    TEXT,
    make_article,
    make_commitment,
    make_government,
    make_initiative,
    make_occurrence,
    make_official,
    make_post,
    make_user,
)

BEGAN = datetime(2023, 2, 1, tzinfo=UTC)
STATUSES = ["not_rated", "not_started", "in_progress", "stalled", "partly_fulfilled", "fulfilled", "not_fulfilled"]
REASONS = {"stalled": "blocked", "partly_fulfilled": "less_than_said", "not_fulfilled": "given_up"}
WHICH = st.integers(0, 2)
BACK = st.integers(0, 200)


@dataclass(frozen=True)
class Asked:
    """A question about the past, with the answer given then."""

    moment: Moment
    standings: dict[int, Standing]
    tally: Any
    boards: Any
    holders: list[int]


def ask(moment: Moment) -> Asked:
    everything = Commitment.objects.known(moment.known_at)
    standings = {c.pk: c.standing for c in with_standing(everything, moment)}
    boards = [scoreboard(everything, moment, by=by) for by in ("lead_ministry", "initiative")]
    heads = Membership.objects.heading(Ministry.objects.all()).known(moment.known_at).order_by("pk")
    holders = [held.official_id for held in holders_on(set_back(heads, moment), moment.as_of)]
    return Asked(moment, standings, tally_at(everything, moment), boards, holders)


class Record(RuleBasedStateMachine):
    """A record of three commitments: a plain one, a conditional one, a series."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = BEGAN
        self.numbers = count()
        self.author, self.reviewer = make_user(), make_user()
        government = make_government()
        self.commitments = [
            make_commitment(government=government, due_on=date(2023, 3, 31), due_precision="month"),
            make_commitment(government=government, is_conditional=True, condition="If.", due_on=date(2023, 6, 30)),
            make_commitment(government=government, recurrence="yearly"),
        ]
        self.occurrence = make_occurrence(
            commitment=self.commitments[2],
            period_start=date(2023, 1, 1),
            period_end=date(2023, 12, 31),
            due_on=date(2023, 12, 31),
            due_precision="year",
        )
        self.periods = count(2024)
        self.posts = [make_post(ministry=self.commitments[0].lead_ministry, is_head=True)]
        self.officials = [make_official(), make_official()]
        self.initiatives = [make_initiative(), make_initiative()]
        self.asked: list[Asked] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    # -- writes, through the actions; what they refuse is refused whole

    @rule(which=WHICH, status=st.sampled_from(STATUSES), back=BACK, evidence_back=BACK, on_period=st.booleans())
    def conclude(self, which: int, status: str, back: int, evidence_back: int, on_period: bool) -> None:
        commitment = self.commitments[which]
        with suppress(Refused):
            assessment = draft_assessment(
                commitment=commitment,
                occurrence=self.occurrence if on_period and which == 2 else None,
                conclusion=Conclusion(
                    status=status,
                    effective_from=self.day(back),
                    rationale="Because.",
                    reason_code=REASONS.get(status, ""),
                    evidence=(self.evidence(commitment, evidence_back),),
                ),
                by=self.author,
                at=self.now,
            )
            submit_assessment(assessment=assessment, by=self.author, at=self.now)
            publish_assessment(assessment=assessment, by=self.reviewer, at=self.now)

    @precondition(lambda self: Assessment.objects.published().exists())
    @rule(
        which=st.integers(0, 50), action=st.sampled_from([withdraw_assessment, dispute_assessment, uphold_assessment])
    )
    def rule_on(self, which: int, action: Any) -> None:
        with suppress(Refused):
            action(assessment=self.published(which), reason="Looked again.", by=self.reviewer, at=self.now)

    @precondition(lambda self: Assessment.objects.published().exists())
    @rule(which=st.integers(0, 50), status=st.sampled_from(STATUSES))
    def replace(self, which: int, status: str) -> None:
        old = self.published(which)
        with suppress(Refused):
            new = draft_assessment(
                commitment=old.commitment,
                occurrence=old.occurrence,
                supersedes=old,
                conclusion=Conclusion(
                    status=status,
                    effective_from=old.effective_from,
                    rationale="Better.",
                    reason_code=REASONS.get(status, ""),
                    evidence=(self.evidence(old.commitment, 0),),
                ),
                by=self.author,
                at=self.now,
            )
            submit_assessment(assessment=new, by=self.author, at=self.now)
            publish_assessment(assessment=new, by=self.reviewer, at=self.now)

    @rule(which=WHICH, ahead=st.integers(-100, 400), back=BACK, is_extension=st.booleans(), on_period=st.booleans())
    def move_deadline(self, which: int, ahead: int, back: int, is_extension: bool, on_period: bool) -> None:
        action = extend_deadline if is_extension else override_deadline
        with suppress(Refused):
            action(
                commitment=self.commitments[which],
                occurrence=self.occurrence if on_period and which == 2 else None,
                due=Due(self.day(-ahead)),
                told=self.told(back),
                by=self.author,
                at=self.now,
            )

    @rule(state=st.sampled_from(["waiting", "triggered", "lapsed"]), back=BACK)
    def change_condition(self, state: str, back: int) -> None:
        commitment = self.commitments[1]
        with suppress(Refused):
            change_condition(
                commitment=commitment, state=state, told=self.told(back, commitment), by=self.author, at=self.now
            )

    @rule(back=BACK)
    def end_the_series(self, back: int) -> None:
        with suppress(Refused):
            discontinue(commitment=self.commitments[2], told=self.told(back), by=self.author, at=self.now)

    @rule(old=WHICH, new=WHICH, back=BACK)
    def supersede(self, old: int, new: int, back: int) -> None:
        with suppress(Refused):
            supersede(
                commitment=self.commitments[old],
                successor=self.commitments[new],
                told=self.told(back),
                by=self.author,
                at=self.now,
            )

    @rule(
        which=WHICH,
        values=st.sampled_from(
            [
                {"due_on": date(2023, 5, 31), "due_precision": "month"},
                {"due_on": None, "due_precision": ""},
                {"verifiability": "not_verifiable"},
                {"verifiability": "verifiable"},
                {"is_conditional": True, "condition": "If."},
                {"is_conditional": False},
            ]
        ),
    )
    def correct(self, which: int, values: dict[str, Any]) -> None:
        with suppress(Refused):
            correct_fields(
                target=Commitment.objects.get(pk=self.commitments[which].pk),
                values=values,
                note="Our slip.",
                by=self.reviewer,
                at=self.now,
            )

    @rule(which=WHICH, link=st.sampled_from(["lead_ministry", "initiative"]), other=WHICH)
    def move_commitment(self, which: int, link: str, other: int) -> None:
        ministries = [commitment.lead_ministry for commitment in self.commitments]
        value = ministries[other] if link == "lead_ministry" else self.initiatives[other % 2]
        with suppress(Refused):
            correct_field(
                target=Commitment.objects.get(pk=self.commitments[which].pk),
                field=link,
                value=value,
                note="Our slip.",
                by=self.reviewer,
                at=self.now,
            )

    @rule()
    def merge(self) -> None:
        one, into = self.initiatives
        with suppress(Refused):
            merge_initiatives(initiative=one, into=into, note="One policy.", by=self.reviewer, at=self.now)

    @rule(which=st.integers(0, 1), back=BACK, is_acting=st.booleans())
    def appoint(self, which: int, back: int, is_acting: bool) -> None:
        with suppress(Refused):
            appoint(
                official=self.officials[which],
                post=self.posts[0],
                started_on=self.day(back),
                is_acting=is_acting,
                by=self.reviewer,
                at=self.now,
            )

    @precondition(lambda self: Membership.objects.filter(ended_on=None).exists())
    @rule(back=BACK)
    def leave_office(self, back: int) -> None:
        held = Membership.objects.filter(ended_on=None).order_by("pk").last()
        with suppress(Refused):
            end_membership(membership=held, ended_on=self.day(back), by=self.reviewer, at=self.now)

    @rule()
    def add_period(self) -> None:
        year = next(self.periods)
        make_occurrence(
            commitment=self.commitments[2],
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
            due_on=date(year, 12, 31),
            due_precision="year",
            recorded_at=self.now,
        )

    # -- time passes, and somebody asks

    @rule(hours=st.integers(1, 24 * 120), back=BACK)
    def pass_time_and_ask(self, hours: int, back: int) -> None:
        self.asked.append(ask(Moment(self.day(back), self.now)))
        self.now += timedelta(hours=hours)

    # -- attacks, through SQL

    @precondition(lambda self: Assessment.objects.published().exists())
    @rule(
        which=st.integers(0, 50),
        attack=st.sampled_from(
            [
                "UPDATE tracking_assessment SET status = 'fulfilled' WHERE id = %s",
                "UPDATE tracking_assessment SET effective_from = '2023-01-28' WHERE id = %s",
                "UPDATE tracking_assessment SET stage = 'draft', recorded_at = NULL WHERE id = %s",
                "DELETE FROM tracking_assessment WHERE id = %s",
                "DELETE FROM tracking_assessmentevidence WHERE assessment_id = %s",
                "UPDATE tracking_evidence SET exact = 'x' WHERE id IN "
                "(SELECT evidence_id FROM tracking_assessmentevidence WHERE assessment_id = %s)",
                "INSERT INTO tracking_ruling (assessment_id, kind, reason, made_by_id, recorded_at) "
                "SELECT id, 'disputed', '-', author_id, recorded_at - interval '1 second' "
                "FROM tracking_assessment WHERE id = %s",
            ]
        ),
    )
    def attack(self, which: int, attack: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack, [self.published(which).pk])

    # -- what always holds

    @invariant()
    def every_conclusion_rests_on_evidence(self) -> None:
        for assessment in Assessment.objects.published().exclude(status="not_rated"):
            pieces = Evidence.objects.filter(links__assessment=assessment)
            assert any(
                piece.snapshot.text[piece.start : piece.end] == piece.exact
                and piece.commitment_id == assessment.commitment_id
                and piece.recorded_at <= assessment.recorded_at
                for piece in pieces
            )
            assert assessment.rationale and assessment.reviewer_id != assessment.author_id

    @invariant()
    def the_database_decides_as_we_do(self) -> None:
        for moment in [
            Moment(self.now.date(), self.now, is_present=True),
            *[asked.moment for asked in self.asked[-2:]],
        ]:
            rows = with_place(Commitment.objects.known(moment.known_at), moment)
            by_database = {
                pk: told for pk, *told in rows.values_list("pk", "status_then", "place_then", "then_overdue")
            }
            decided = {
                c.pk: [c.standing.status, place_of(c.standing), c.standing.is_overdue]
                for c in with_standing(Commitment.objects.known(moment.known_at), moment)
            }
            assert by_database == decided
            everything = Commitment.objects.known(moment.known_at)
            assert statuses_of(everything, moment) == {pk: status for pk, (status, *_) in decided.items()}
            assert set(missed_ids(everything, moment)) == {pk for pk, (*_, is_late) in decided.items() if is_late}
            assert tally_at(everything, moment) == tally_of(c.standing for c in with_standing(everything, moment))

    @invariant()
    def the_past_keeps_its_answers(self) -> None:
        for before in [*self.asked[:3], *self.asked[-3:]]:
            assert ask(before.moment) == before

    # -- words of this machine

    def day(self, back: int) -> date:
        return (self.now - timedelta(days=back)).date()

    def published(self, which: int) -> Assessment:
        published = list(Assessment.objects.published().order_by("pk"))
        return published[which % len(published)]

    def told(self, back: int, commitment: Commitment | None = None) -> Told:
        evidence = self.evidence(commitment, 0) if commitment else None
        return Told(self.day(back), reason="Said so.", evidence=evidence, source_url="https://news.example.org/")

    def evidence(self, commitment: Commitment, back: int) -> Evidence:
        article = make_article(text=f"{TEXT}\n{next(self.numbers)}", published_on=self.day(back))
        start = TEXT.index(QUOTE)
        return add_evidence(
            commitment=commitment,
            snapshot=article.current_snapshot,
            start=start,
            end=start + len(QUOTE),
            exact=QUOTE,
            stance="supports",
            by=self.author,
            at=self.now,
        )


@pytest.mark.django_db
def test_the_rules_hold_after_any_writes() -> None:
    assert not User.objects.exists()

    run_state_machine_as_test(
        Record,
        settings=settings(
            # The first few are always the simplest there are and write next to nothing.
            max_examples=int(os.environ.get("RECORD_MACHINE_EXAMPLES", "10")),
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
