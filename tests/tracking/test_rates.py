"""We know of how many, and which were left out and why; and that each figure opens to its list."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest

from policytracker.government.models import Commitment
from policytracker.tracking.models import Discontinuation, Rubric, RubricStatus, Supersession
from policytracker.tracking.moments import Moment, present
from policytracker.tracking.rates import Place, Rate, behind, place_of, scoreboard, tally_at, tally_of, with_place
from policytracker.tracking.standing import with_standing
from tests.factories import (
    NOW,
    make_assessment,
    make_commitment,
    make_government,
    make_initiative,
    make_membership,
    make_ministry,
    make_occurrence,
    make_rubric,
)

pytestmark = pytest.mark.django_db

TODAY = present(now=NOW, zone=UTC)
THEN = Moment(date(2024, 6, 1), datetime(2024, 6, 2, tzinfo=UTC))
PAST = {"due_on": date(2023, 12, 31), "due_precision": "year"}
AHEAD = {"due_on": date(2027, 12, 31), "due_precision": "year"}


@pytest.fixture
def one_of_each() -> dict[str, Commitment]:
    """One commitment for every place and way into it."""
    government = make_government()

    def rated(status: str, **fields: Any) -> Commitment:
        commitment = make_commitment(government=government, **fields)
        make_assessment(commitment=commitment, status=status)
        return commitment

    conditional = {"is_conditional": True, "condition": "If talks resume."}
    made = {
        "fulfilled": rated("fulfilled"),
        "missed": rated("not_fulfilled", **PAST),
        "overdue": rated("stalled", **PAST),
        "not_due": rated("in_progress", **AHEAD),
        "no_deadline": rated("in_progress"),
        "not_rated": make_commitment(**PAST),
        "not_verifiable": make_commitment(verifiability="not_verifiable", **PAST),
        "waiting": rated("stalled", **conditional, **PAST),
        "superseded": rated("stalled", **PAST),
        "missed_then_superseded": rated("not_fulfilled", **PAST),
        "discontinued": rated("stalled", recurrence="yearly", **PAST),
        "late_period": make_commitment(recurrence="yearly"),
    }
    for name in ("superseded", "missed_then_superseded"):
        Supersession.objects.create(
            old=made[name], happened_on=date(2024, 1, 5), recorded_at=datetime(2024, 1, 6, tzinfo=UTC)
        )
    Discontinuation.objects.create(
        commitment=made["discontinued"], happened_on=date(2024, 1, 5), recorded_at=datetime(2024, 1, 6, tzinfo=UTC)
    )
    late = make_occurrence(
        commitment=made["late_period"], period_start=date(2023, 1, 1), period_end=date(2023, 12, 31), **PAST
    )
    make_assessment(commitment=made["late_period"], occurrence=late, status="in_progress")
    return made


PLACES = {
    "fulfilled": Place.COUNTED,
    "missed": Place.COUNTED,
    "overdue": Place.COUNTED,
    "not_due": Place.NOT_DUE,
    "no_deadline": Place.NOT_DUE,
    "not_rated": Place.NOT_RATED,
    "not_verifiable": Place.NOT_VERIFIABLE,
    "waiting": Place.WAITING,
    "superseded": Place.SUPERSEDED,
    "missed_then_superseded": Place.COUNTED,
    "discontinued": Place.SUPERSEDED,
    "late_period": Place.COUNTED,
}


@pytest.mark.parametrize("moment", [TODAY, THEN, Moment(date(2023, 6, 1), THEN.known_at)])
def test_the_database_and_the_decision_give_every_commitment_one_place(
    one_of_each: dict[str, Commitment], moment: Moment
) -> None:
    by_database = dict(with_place(Commitment.objects.all(), moment).values_list("pk", "place_then"))
    decided = {c.pk: place_of(c.standing) for c in with_standing(Commitment.objects.all(), moment)}

    assert by_database == decided
    if moment is TODAY:
        assert {name: decided[commitment.pk] for name, commitment in one_of_each.items()} == PLACES


def test_a_rate_has_its_whole_and_its_exclusions(one_of_each: dict[str, Commitment]) -> None:
    tally = tally_at(Commitment.objects.all(), TODAY)

    assert tally.rate("fulfilled", "partly_fulfilled") == Rate(
        1,
        5,
        {Place.NOT_DUE: 2, Place.NOT_RATED: 1, Place.NOT_VERIFIABLE: 1, Place.WAITING: 1, Place.SUPERSEDED: 2},
    )
    assert tally.total == tally.counted.total() + tally.excluded.total() == len(one_of_each)
    assert tally.rate("fulfilled").share == 0.2


def test_of_nothing_there_is_no_share() -> None:
    assert tally_at(Commitment.objects.none(), TODAY).rate("fulfilled").share is None


def test_every_figure_opens_to_its_list(one_of_each: dict[str, Commitment]) -> None:
    tally = tally_at(Commitment.objects.all(), TODAY)

    for place, count in tally.excluded.items():
        assert behind(Commitment.objects.all(), TODAY, place=place).count() == count
    for status, count in tally.counted.items():
        assert behind(Commitment.objects.all(), TODAY, place=Place.COUNTED, status=status).count() == count


def test_reading_the_standings_counts_the_same(one_of_each: dict[str, Commitment]) -> None:
    read = tally_of(commitment.standing for commitment in with_standing(Commitment.objects.all(), TODAY))

    assert read == tally_at(Commitment.objects.all(), TODAY)


@pytest.mark.parametrize("moment", [TODAY, THEN])
def test_recomputing_from_a_csv_gives_the_same_number(one_of_each: dict[str, Commitment], moment: Moment) -> None:
    sheet = StringIO()
    writer = csv.writer(sheet)
    writer.writerows(with_place(Commitment.objects.all(), moment).values_list("slug", "status_then", "place_then"))
    sheet.seek(0)
    lines = list(csv.reader(sheet))

    rate = tally_at(Commitment.objects.all(), moment).rate("fulfilled")

    assert sum(place == "counted" for _slug, _status, place in lines) == rate.denominator
    assert sum(place == "counted" and status == "fulfilled" for _slug, status, place in lines) == rate.numerator


def test_scoreboards_of_ministries_initiatives_and_officials_are_one_query_each(
    django_assert_num_queries: Any,
) -> None:
    ministry, initiative, membership = make_ministry(), make_initiative(), make_membership()
    mine = {"lead_ministry": ministry, "initiative": initiative, "made_by": membership}
    make_assessment(commitment=make_commitment(**mine), status="fulfilled")
    make_assessment(commitment=make_commitment(**mine), status="stalled")
    make_assessment(status="fulfilled")

    for by, key in (
        ("lead_ministry", ministry.pk),
        ("initiative", initiative.pk),
        ("made_by__official", membership.official_id),
    ):
        with django_assert_num_queries(1):
            board = scoreboard(Commitment.objects.all(), TODAY, by=by)
        assert board[key].statuses == {"fulfilled": 1, "stalled": 1}


def test_counts_under_two_rubrics_stay_reproducible() -> None:
    old = make_rubric("1")
    new = Rubric.objects.create(version="2", name="Rubric 2", in_force_from=date(2024, 1, 1))
    RubricStatus.objects.create(rubric=new, key="kept", label="Kept", definition="-", position=1, is_concluded=True)
    both = make_assessment(rubric=old, status="fulfilled").commitment
    make_assessment(rubric=old, status="fulfilled")
    make_assessment(rubric=new, status="kept", commitment=both, effective_from=date(2024, 2, 1))
    everything = Commitment.objects.all()

    assert tally_at(everything, TODAY, rubric="1").counted == {"fulfilled": 2}
    assert tally_at(everything, TODAY, rubric="2").counted == {"kept": 1}
    assert tally_at(everything, TODAY).counted == {"fulfilled": 1, "kept": 1}
    assert tally_at(everything, THEN, rubric="1").counted == {"fulfilled": 2}
