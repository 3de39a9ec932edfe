"""We know that a government's commitments do not close silently."""

from datetime import date

import pytest

from policytracker.government.models import Commitment, Government
from policytracker.tracking.models import ClosingRound, Supersession
from tests.factories import EARLY, NOW, make_assessment, make_commitment, make_government, make_user
from tests.refusals import refused_by, run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def government() -> Government:
    return make_government()


@pytest.fixture
def closing(government: Government) -> ClosingRound:
    return ClosingRound.objects.create(government=government, opened_at=EARLY, opened_by=make_user())


def close(closing: ClosingRound) -> None:
    run_sql("UPDATE tracking_closinground SET closed_at = %s WHERE id = %s", [NOW, closing.pk])


def promise(government: Government, **fields: object) -> Commitment:
    return make_commitment(government=government, **fields)


def test_an_open_commitment_keeps_the_round_open(government: Government, closing: ClosingRound) -> None:
    commitment = promise(government)
    make_assessment(commitment=commitment, status="in_progress")

    with refused_by("nothing_closes_silently"):
        close(closing)

    make_assessment(commitment=commitment, status="stalled", effective_from=date(2025, 6, 4), closing_round=closing)
    close(closing)


def test_what_is_concluded_superseded_or_a_draft_needs_no_closing(
    government: Government, closing: ClosingRound
) -> None:
    make_assessment(commitment=promise(government), status="fulfilled")
    Supersession.objects.create(old=promise(government), happened_on=date(2024, 1, 1), recorded_at=NOW)
    promise(government, recorded_at=None)
    promise(make_government())

    close(closing)


def test_a_closed_round_stays_closed(closing: ClosingRound) -> None:
    close(closing)

    with refused_by("append_only"):
        run_sql("UPDATE tracking_closinground SET closed_at = NULL")


def test_a_closing_assessment_is_of_the_same_government(closing: ClosingRound) -> None:
    with refused_by("closing_round_is_of_the_government"):
        make_assessment(commitment=promise(make_government()), closing_round=closing)
