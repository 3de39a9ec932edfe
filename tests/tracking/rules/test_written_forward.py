"""We know that the record is written forward, so that an answer about the past never changes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.models import (
    ConditionChange,
    DeadlineChange,
    Discontinuation,
    Ruling,
    Supersession,
)
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_government,
    make_occurrence,
    make_statement,
    make_user,
)
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db

MARCH = datetime(2023, 3, 1, tzinfo=UTC)
MAY = datetime(2023, 5, 1, tzinfo=UTC)
JULY = datetime(2023, 7, 1, tzinfo=UTC)


def rule_on(assessment: Any, at: datetime, kind: str = "disputed") -> Ruling:
    return Ruling.objects.create(
        assessment=assessment, kind=kind, reason="Doubts.", made_by=make_user(), recorded_at=at
    )


def change(model: type[Any], commitment: Any, at: datetime, **fields: Any) -> Any:
    link = {"old": commitment} if model is Supersession else {"commitment": commitment}
    return model.objects.create(**link, **{"happened_on": date(2023, 2, 1), "reason": "-", "recorded_at": at} | fields)


CHANGES = [
    (DeadlineChange, {"kind": "overridden"}),
    (ConditionChange, {"state": "lapsed"}),
    (Discontinuation, {}),
    (Supersession, {}),
]


def test_a_later_verdict_is_not_recorded_before_an_earlier_one() -> None:
    first = make_assessment(recorded_at=MAY)

    with refused_by("record_is_written_forward"):
        make_assessment(commitment=first.commitment, evidence=[first.evidence.get()], recorded_at=MARCH)
    make_assessment(commitment=first.commitment, evidence=[first.evidence.get()], recorded_at=MAY)


def test_another_commitment_has_a_clock_of_its_own() -> None:
    make_assessment(recorded_at=MAY)

    make_assessment(recorded_at=MARCH)


def test_a_ruling_comes_after_what_it_rules_on_and_after_the_last_ruling() -> None:
    assessment = make_assessment(recorded_at=MARCH)
    rule_on(assessment, JULY)

    for at in (datetime(2023, 2, 1, tzinfo=UTC), MAY):
        with refused_by("record_is_written_forward"):
            rule_on(assessment, at, "withdrawn")


def test_a_draft_is_not_ruled_on() -> None:
    with refused_by("ruling_is_on_a_published_assessment"):
        rule_on(make_assessment(published=False), MAY)


@pytest.mark.parametrize(("model", "fields"), CHANGES)
def test_a_change_is_not_slipped_under_a_verdict_nor_a_verdict_under_a_change(model: Any, fields: Any) -> None:
    assessment = make_assessment(recorded_at=MARCH)
    commitment = assessment.commitment

    with refused_by("record_is_written_forward"):
        change(model, commitment, datetime(2023, 2, 20, tzinfo=UTC), **fields)
    change(model, commitment, JULY, **fields)
    with refused_by("record_is_written_forward"):
        make_assessment(commitment=commitment, evidence=[assessment.evidence.get()], recorded_at=MAY)


@pytest.mark.parametrize("make", [make_evidence, make_statement])
def test_what_was_said_is_not_slipped_under_a_verdict(make: Any) -> None:
    assessment = make_assessment(recorded_at=MAY)

    with refused_by("record_is_written_forward"):
        make(commitment=assessment.commitment, recorded_at=MARCH)


def test_a_correction_is_not_slipped_under_another() -> None:
    commitment = make_assessment(recorded_at=MARCH).commitment

    def correct(at: datetime) -> None:
        correct_field(target=commitment, field="note", value=f"{at}", note="Slip.", by=make_user(), at=at)

    with refused_by("record_is_written_forward"):
        correct(datetime(2023, 2, 1, tzinfo=UTC))
    correct(JULY)
    with refused_by("record_is_written_forward"):
        correct(MAY)


@pytest.mark.parametrize(("model", "fields"), CHANGES)
def test_what_has_not_happened_is_not_recorded(model: Any, fields: Any) -> None:
    with refused_by("change_is_not_from_the_future"):
        change(model, make_commitment(), MARCH, happened_on=date(2023, 3, 4), **fields)


def test_happening_is_dated_in_the_governments_zone() -> None:
    commitment = make_commitment(government=make_government(time_zone="Asia/Seoul"))
    at = datetime(2023, 3, 1, 15, 1, tzinfo=UTC)

    change(Discontinuation, commitment, at, happened_on=date(2023, 3, 2))


def test_a_change_rests_on_evidence_of_its_commitment() -> None:
    commitment = make_commitment()
    with refused_by("evidence_is_of_the_commitment"):
        change(ConditionChange, commitment, MARCH, state="triggered", evidence=make_evidence())
    change(ConditionChange, commitment, MARCH, state="triggered", evidence=make_evidence(commitment=commitment))


def test_a_successor_may_bring_the_evidence() -> None:
    successor = make_commitment()

    change(Supersession, make_commitment(), MARCH, new=successor, evidence=make_evidence(commitment=successor))


def test_a_change_of_a_period_belongs_to_its_commitment() -> None:
    with refused_by("occurrence_is_of_the_commitment"):
        change(DeadlineChange, make_commitment(), MARCH, kind="overridden", occurrence=make_occurrence())


def test_a_change_does_not_give_a_draft_away() -> None:
    with refused_by("change_is_of_a_public_commitment"):
        change(Supersession, make_commitment(), MARCH, new=make_commitment(recorded_at=None))


def test_a_met_condition_has_evidence_and_an_extension_a_source() -> None:
    with refused_by("met_condition_has_evidence"):
        change(ConditionChange, make_commitment(), MARCH, state="triggered")
    with refused_by("extension_has_a_source"):
        change(DeadlineChange, make_commitment(), MARCH, kind="extended")
    with refused_by("override_has_a_reason"):
        change(DeadlineChange, make_commitment(), MARCH, kind="overridden", reason="")
