"""We know that the rules hold after any sequence of writes, and that the past keeps its answers.

A machine writes at random through the actions, attacks through SQL, and after every step asks all moments it ever asked.
"""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership, Ministry
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import Assessment, Evidence
from policytracker.tracking.moments import Moment
from policytracker.tracking.rates import place_of, scoreboard, tally_at, tally_of, with_place
from policytracker.tracking.standing import Standing, with_standing
from policytracker.tracking.standing.keeping import keep_standings, stray_standings
from policytracker.tracking.standing.whole import missed_ids, statuses_of
from tests.tracking.rules.machine import Writer


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


class Record(Writer):
    """The machine, with what holds after each of its steps."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Asked] = []

    def ask(self, day: date) -> None:
        self.asked.append(ask(Moment(day, self.now)))

    @rule()
    def keep(self) -> None:
        self.done["keep"] += bool(keep_standings())

    # -- attacks, through SQL

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
            *[asked.moment for asked in self.asked[-1:]],
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
    def what_is_kept_is_what_the_record_says(self) -> None:
        assert stray_standings() == []

    @invariant()
    def the_past_keeps_its_answers(self) -> None:
        for before in [*self.asked[:2], *self.asked[-2:]]:
            assert ask(before.moment) == before


@pytest.mark.django_db
def test_the_rules_hold_after_any_writes() -> None:
    assert not User.objects.exists()

    run_state_machine_as_test(
        Record,
        settings=settings(
            # The first few are always the simplest there are and write next to nothing.
            max_examples=int(os.environ.get("RECORD_MACHINE_EXAMPLES", "12")),
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert {"conclude", "keep", "rule_on", "merge_officials", "merge_initiatives", "leave_office", "dissolve"} <= set(
        Record.done
    )
