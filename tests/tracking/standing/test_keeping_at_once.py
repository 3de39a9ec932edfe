"""Standings kept while somebody writes: in either order, nothing is kept that the record does not say."""

import pytest

from policytracker.tracking.models import KeptStanding
from policytracker.tracking.standing.keeping import keep_standings, stray_standings
from tests.factories import make_assessment, make_commitment
from tests.threads import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_being_written_about_is_passed_over_and_kept_the_next_time():
    commitment = make_commitment()

    overlapping(lambda: make_assessment(commitment=commitment, status="stalled"), keep_standings)

    assert not KeptStanding.objects.exists()
    assert keep_standings() == 1
    assert KeptStanding.objects.get().status == "stalled"


def test_a_writer_who_comes_while_a_standing_is_kept_lets_it_fall():
    commitment = make_commitment()

    overlapping(keep_standings, lambda: make_assessment(commitment=commitment, status="stalled"))

    assert not KeptStanding.objects.exists()
    assert stray_standings() == []
