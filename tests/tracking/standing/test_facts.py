"""We know that the standing of many commitments is read in one query, and that drafts have no part in it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from policytracker.government.models import Commitment
from policytracker.tracking.models import (
    ConditionChange,
    DeadlineChange,
    Discontinuation,
    Ruling,
    Supersession,
)
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Condition, standing, with_standing
from tests.factories import (
    NOW,
    make_assessment,
    make_commitment,
    make_correction,
    make_evidence,
    make_government,
    make_occurrence,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db

END = Moment(date(2026, 3, 1), NOW)
MAY = {"happened_on": date(2023, 5, 1), "recorded_at": datetime(2023, 5, 2, tzinfo=UTC)}


def test_a_page_of_commitments_is_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        make_assessment(status="stalled")
    make_commitment()

    with django_assert_num_queries(1):
        told = [commitment.standing.status for commitment in with_standing(Commitment.objects.order_by("id"), END)[:50]]

    assert told == ["stalled"] * 3 + ["not_rated"]


def test_everything_that_bears_on_a_standing_is_read() -> None:
    commitment = make_commitment(
        government=make_government(),
        due_on=date(2023, 3, 31),
        due_precision="month",
        is_conditional=True,
        condition="If.",
    )
    evidence = make_evidence(
        commitment=commitment, dated_on=date(2023, 4, 20), recorded_at=datetime(2023, 5, 1, tzinfo=UTC)
    )
    assessment = make_assessment(
        commitment=commitment, evidence=[evidence], status="stalled", recorded_at=datetime(2023, 5, 1, tzinfo=UTC)
    )
    Ruling.objects.create(
        assessment=assessment, kind="disputed", reason="Doubts.", made_by=make_user(), recorded_at=MAY["recorded_at"]
    )
    DeadlineChange.objects.create(
        commitment=commitment,
        kind="overridden",
        due_on=date(2023, 6, 30),
        due_precision="half",
        reason="Our slip.",
        **MAY,
    )
    ConditionChange.objects.create(commitment=commitment, state="triggered", evidence=evidence, **MAY)
    successor = make_commitment()
    Supersession.objects.create(old=commitment, new=successor, **MAY)
    Discontinuation.objects.create(commitment=commitment, **MAY)
    occurrence = make_occurrence(commitment=commitment, due_on=date(2024, 12, 31), due_precision="year")

    told = standing(commitment, END)

    assert (told.status, told.assessment_id, told.rubric) == ("stalled", assessment.pk, "1")
    assert (told.is_retrospective, told.is_disputed) == (True, True)
    assert told.due.last_day == date(2023, 6, 30)
    assert (told.condition, told.condition_since) == (Condition.TRIGGERED, date(2023, 5, 1))
    assert (told.superseded_by, told.superseded_on) == ((successor.pk,), date(2023, 5, 1))
    assert told.discontinued_on == date(2023, 5, 1)
    assert told.last_heard_on == date(2023, 4, 20)
    assert [period.occurrence_id for period in told.occurrences] == [occurrence.pk]
    assert told.occurrences[0].due.last_day == date(2024, 12, 31)


def test_a_statement_counts_as_hearing_of_it() -> None:
    commitment = make_commitment()
    make_statement(commitment=commitment, said_on=date(2024, 2, 1))

    assert standing(commitment, END).last_heard_on == date(2024, 2, 1)


def test_drafts_and_other_commitments_have_no_part_in_it() -> None:
    commitment = make_commitment(due_on=date(2023, 3, 31))
    make_assessment(commitment=commitment, published=False, status="fulfilled")
    make_evidence(commitment=commitment, recorded_at=None, dated_on=date(2025, 1, 1))
    make_occurrence(commitment=commitment, recorded_at=None)
    DeadlineChange.objects.create(
        commitment=commitment, kind="overridden", reason="Draft.", happened_on=date(2023, 3, 1), due_on=None
    )
    make_assessment(status="fulfilled")

    told = standing(commitment, END)

    assert (told.status, told.is_overdue, told.occurrences) == ("not_rated", True, ())
    assert told.due.last_day == date(2023, 3, 31)
    assert told.last_heard_on == commitment.made_on


def test_a_correction_of_another_row_is_not_taken_back() -> None:
    commitment = make_commitment(due_on=date(2023, 3, 31))
    other = make_commitment(due_on=date(2023, 3, 31))
    period = make_occurrence(pk=commitment.pk, commitment=other, due_on=date(2023, 3, 31), due_precision="day")
    for target in (other, period):
        make_correction(target, "due_on", "2020-01-01", "2023-03-31")

    assert standing(commitment, Moment(date(2023, 3, 1), datetime(2023, 3, 1, tzinfo=UTC))).due.last_day == date(
        2023, 3, 31
    )


def test_a_deadline_is_read_in_its_governments_zone() -> None:

    from policytracker.tracking.moments import present

    here = make_commitment(due_on=date(2023, 3, 31), government=make_government(time_zone="Pacific/Apia"))
    there = make_commitment(due_on=date(2023, 3, 31), government=make_government(time_zone="America/St_Johns"))
    moment = present(now=datetime(2023, 3, 31, 12, tzinfo=UTC), zone=UTC)

    assert standing(here, moment).is_overdue
    assert not standing(there, moment).is_overdue


def test_chaining_keeps_the_standing() -> None:
    make_assessment(status="stalled")

    found = with_standing(Commitment.objects.all(), END).filter(kind="action").order_by("-made_on").first()

    assert found.standing.status == "stalled"
    assert with_standing(Commitment.objects.all(), END).count() == 1
