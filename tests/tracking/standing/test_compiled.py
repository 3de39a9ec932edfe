"""Columns that were compiled once answer for every moment, and wherever a QuerySet is put."""

from datetime import date

import pytest
from django.db.models import F

from policytracker.government.models import Commitment
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.compiled import compiled
from policytracker.tracking.standing.status import with_state, with_status
from tests.factories import make_assessment, make_commitment, make_evidence

from ..test_rates import THEN, TODAY

pytestmark = pytest.mark.django_db


def joined(_moment, _rubric):
    return Commitment.objects.annotate(name=F("lead_ministry__name"))


def test_two_moments_of_one_shape_get_two_answers():
    commitment = make_commitment(made_on=date(2022, 1, 1))
    make_assessment(
        commitment=commitment,
        evidence=[make_evidence(commitment=commitment, dated_on=date(2022, 2, 1))],
        status="fulfilled",
        effective_from=date(2022, 3, 1),
    )
    before, after = (Moment(day, THEN.known_at) for day in (date(2022, 2, 1), date(2022, 4, 1)))

    told = [with_status(Commitment.objects.all(), moment).get().status_then for moment in (before, after)]

    assert told == ["not_rated", "fulfilled"]


def test_the_columns_may_stand_in_a_subquery_with_tables_of_the_same_name():
    commitment = make_commitment(due_on=date(2021, 1, 1), due_precision="day", made_on=date(2020, 1, 1))
    late = with_state(Commitment.objects.all(), TODAY).filter(then_overdue=True)

    found = Commitment.objects.filter(pk__in=late.values("pk")).exclude(pk__in=late.filter(status_then="stalled"))

    assert list(found) == [commitment]


def test_columns_that_need_another_table_beside_the_row_are_refused():
    with pytest.raises(TypeError, match="joins tables"):
        compiled(joined, TODAY)
