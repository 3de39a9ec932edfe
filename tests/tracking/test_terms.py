"""We know how a change of a commitment's terms enters the record, and what it changes of its standing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from policytracker.tracking.actions.rules import RuleBroken, SourceMissing
from policytracker.tracking.actions.terms import (
    Due,
    NotConditional,
    NotLater,
    NotRecurring,
    Told,
    change_condition,
    discontinue,
    extend_deadline,
    override_deadline,
    supersede,
)
from policytracker.tracking.models import DeadlineChange
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Condition, standing
from tests.factories import NOW, make_article, make_commitment, make_evidence, make_occurrence, make_user

pytestmark = pytest.mark.django_db

TOLD = Told(happened_on=date(2023, 3, 20), reason="The ministry said so.", source_url="https://news.example.org/x")
LATER = Due(date(2023, 6, 30), "half", "in the first half")
END = Moment(date(2026, 3, 1), NOW)


@pytest.fixture
def who() -> dict[str, Any]:
    return {"by": make_user(), "at": NOW}


def test_an_extension_with_its_source_moves_the_deadline(who: dict[str, Any]) -> None:
    commitment = make_commitment(due_on=date(2023, 3, 31))

    extend_deadline(commitment=commitment, due=LATER, told=TOLD, **who)

    told = standing(commitment, END)
    assert (told.due.last_day, told.is_extended) == (date(2023, 6, 30), True)
    commitment.refresh_from_db()
    assert commitment.due_on == date(2023, 3, 31)


def test_an_extension_without_a_source_is_refused_beside_its_field(who: dict[str, Any]) -> None:
    with pytest.raises(SourceMissing) as refusal:
        extend_deadline(commitment=make_commitment(), due=LATER, told=Told(date(2023, 3, 20)), **who)

    assert refusal.value.field == "source_url"
    assert not DeadlineChange.objects.exists()


def test_an_extension_names_a_later_day_than_the_one_before(who: dict[str, Any]) -> None:
    commitment = make_commitment(due_on=date(2023, 3, 31))
    extend_deadline(commitment=commitment, due=LATER, told=TOLD, **who)

    for day in (date(2023, 3, 1), date(2023, 5, 31), None):
        with pytest.raises(NotLater):
            extend_deadline(commitment=commitment, due=Due(day), told=TOLD, **who)


def test_evidence_of_a_change_becomes_public_with_it(who: dict[str, Any]) -> None:
    article = make_article(recorded_at=None)
    commitment = make_commitment(is_conditional=True, condition="If talks resume.")
    evidence = make_evidence(commitment=commitment, snapshot=article.current_snapshot, recorded_at=None)

    change_condition(commitment=commitment, state="triggered", told=Told(date(2023, 3, 20), evidence=evidence), **who)

    evidence.refresh_from_db()
    article.refresh_from_db()
    assert evidence.recorded_at == article.recorded_at == NOW
    assert standing(commitment, END).condition is Condition.TRIGGERED


def test_a_refused_change_publishes_nothing(who: dict[str, Any]) -> None:
    commitment = make_commitment()
    evidence = make_evidence(commitment=commitment, recorded_at=None)

    with pytest.raises(RuleBroken, match="not come"):
        extend_deadline(commitment=commitment, due=LATER, told=Told(date(2027, 1, 1), evidence=evidence), **who)

    evidence.refresh_from_db()
    assert evidence.recorded_at is None


def test_a_new_reading_says_why(who: dict[str, Any]) -> None:
    commitment = make_commitment(due_on=date(2023, 3, 31))
    with pytest.raises(RuleBroken) as refusal:
        override_deadline(commitment=commitment, due=LATER, told=Told(date(2023, 1, 27), reason=" "), **who)
    assert refusal.value.field == "reason"

    override_deadline(commitment=commitment, due=Due(None), told=TOLD, **who)

    assert standing(commitment, END).due.last_day is None


def test_what_has_no_condition_waits_for_none(who: dict[str, Any]) -> None:
    with pytest.raises(NotConditional):
        change_condition(commitment=make_commitment(), state="lapsed", told=TOLD, **who)


def test_a_condition_is_met_on_evidence(who: dict[str, Any]) -> None:
    commitment = make_commitment(is_conditional=True, condition="If talks resume.")
    with pytest.raises(SourceMissing):
        change_condition(commitment=commitment, state="triggered", told=TOLD, **who)


def test_a_series_ends_once_and_only_a_series_does(who: dict[str, Any]) -> None:
    series = make_commitment(recurrence="yearly")
    occurrence = make_occurrence(commitment=series, due_on=date(2024, 12, 31), due_precision="year")

    discontinue(commitment=series, told=Told(date(2025, 8, 19), reason="Kept inside from now on."), **who)

    told = standing(series, END)
    assert told.discontinued_on == date(2025, 8, 19)
    assert told.occurrences[0].occurrence_id == occurrence.pk
    assert told.occurrences[0].due.is_overdue
    with pytest.raises(RuleBroken, match="already"):
        discontinue(commitment=series, told=TOLD, **who)
    with pytest.raises(NotRecurring):
        discontinue(commitment=make_commitment(), told=TOLD, **who)


def test_a_successor_takes_the_place_once(who: dict[str, Any]) -> None:
    old, new = make_commitment(), make_commitment()

    supersede(commitment=old, successor=new, told=TOLD, **who)

    assert standing(old, END).superseded_by == (new.pk,)
    with pytest.raises(RuleBroken, match="on record already"):
        supersede(commitment=old, successor=new, told=TOLD, **who)
    with pytest.raises(RuleBroken, match="own place"):
        supersede(commitment=old, successor=old, told=TOLD, **who)
    with pytest.raises(RuleBroken, match="draft"):
        supersede(commitment=old, successor=make_commitment(recorded_at=None), told=TOLD, **who)


def test_nothing_is_slipped_under_what_was_recorded(who: dict[str, Any]) -> None:
    commitment = make_commitment(due_on=date(2023, 3, 31))
    extend_deadline(commitment=commitment, due=LATER, told=TOLD, **who)

    with pytest.raises(RuleBroken) as refusal:
        override_deadline(
            commitment=commitment, due=Due(None), told=TOLD, by=who["by"], at=datetime(2025, 1, 1, tzinfo=UTC)
        )

    assert refusal.value.rule == "record_is_written_forward"
