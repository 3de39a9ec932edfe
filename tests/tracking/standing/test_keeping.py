"""A kept standing falls with whatever it rests on, and never tells anything but what would be computed."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from policytracker.government.models import Commitment
from policytracker.tracking.models import KeptStanding
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing.keeping import keep_standings, keep_standings_anew, stray_standings
from policytracker.tracking.standing.status import at_status, overdue, unkept_at
from policytracker.tracking.standing.whole import missed_ids, near_ids, statuses_of
from tests.factories import make_assessment, make_commitment, make_government, make_occurrence
from tests.tracking.test_timeline_keeping import World

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, tzinfo=UTC)
TODAY = Moment(NOW.date(), NOW, is_present=True)


def kept_ids():
    return set(KeptStanding.objects.values_list("pk", flat=True))


def test_every_published_commitment_is_kept_once_and_no_draft():
    published, _draft = make_commitment(), make_commitment(recorded_at=None)

    assert keep_standings() == 1
    assert keep_standings() == 0
    assert kept_ids() == {published.pk}


@pytest.mark.parametrize(
    "what",
    [
        *("status", "withdraw", "move_deadline", "condition", "supersede", "occurrence"),
        *("correct_day", "correct_due", "correct_ministry", "correct_initiative"),
    ],
)
def test_a_change_lets_the_standing_of_its_commitment_fall_and_no_other(what):
    world = World()
    keep_standings()

    world.write(what, 2)

    assert kept_ids() == {world.commitments[1].pk}
    keep_standings()
    assert stray_standings() == []


@pytest.mark.parametrize("what", ["draft", "evidence", "statement", "tag", "file"])
def test_what_no_standing_rests_on_lets_nothing_fall(what):
    world = World()
    keep_standings()

    world.write(what, 2)

    assert kept_ids() == {commitment.pk for commitment in world.commitments}


def test_a_draft_lets_nothing_fall():
    commitment = make_commitment()
    keep_standings()

    make_assessment(commitment=commitment, published=False)

    assert kept_ids() == {commitment.pk}


def test_what_is_kept_is_told_where_it_holds_and_nowhere_else():
    commitment = make_commitment(due_on=date(2023, 6, 30), recorded_at=datetime(2023, 2, 1, tzinfo=UTC))
    make_assessment(
        commitment=commitment,
        status="stalled",
        effective_from=date(2024, 3, 1),
        recorded_at=datetime(2024, 3, 5, tzinfo=UTC),
    )
    keep_standings()
    KeptStanding.objects.update(status="kept")  # what nobody would compute
    everything = Commitment.objects.all()

    def told(day, known_at):
        return statuses_of(everything, Moment(day, known_at))[commitment.pk]

    assert statuses_of(everything, TODAY) == {commitment.pk: "kept"}
    assert told(date(2024, 3, 1), NOW) == "kept"
    assert told(date(2024, 2, 29), NOW) == "not_rated"
    assert told(date(2024, 3, 1), datetime(2024, 3, 4, tzinfo=UTC)) == "not_rated"


def test_days_pass_without_a_write():
    commitment = make_commitment(due_on=date(2024, 5, 31))
    for month in (1, 6):
        make_occurrence(
            commitment=commitment,
            period_start=date(2024, month, 1),
            period_end=date(2024, month, 28),
            due_on=date(2024, month + 1, 15),
            due_precision="day",
        )
    keep_standings()

    def missed_and_near(day):
        moment = Moment(day, NOW)
        return missed_ids(Commitment.objects.all(), moment), near_ids(Commitment.objects.all(), moment, limit=1)

    assert missed_and_near(date(2024, 2, 15)) == ([], [commitment.pk])
    assert missed_and_near(date(2024, 2, 16)) == ([commitment.pk], [commitment.pk])
    assert missed_and_near(date(2024, 7, 16)) == ([commitment.pk], [commitment.pk])


def test_what_was_forged_is_found_and_mended(capsys):
    commitment = make_commitment()
    keep_standings()
    KeptStanding.objects.update(status="fulfilled")

    with pytest.raises(CommandError, match="0 lines and 1 standings differ"):
        call_command("timeline", check=True)
    call_command("timeline", rebuild=True)

    assert f"commitments {commitment.pk}" in capsys.readouterr().out
    assert stray_standings() == []


def test_keeping_anew_forgets_what_was_kept():
    make_commitment()
    keep_standings()
    KeptStanding.objects.update(status="forged")

    assert keep_standings_anew() == 1
    assert KeptStanding.objects.get().status == "not_rated"


@pytest.mark.parametrize("how_many_are_kept", [0, 2, 4])
def test_lists_pick_the_same_rows_whatever_is_kept(how_many_are_kept):
    late = make_commitment(due_on=date(2024, 5, 1))
    make_commitment(due_on=date(2024, 7, 1))
    judged = make_assessment(status="stalled", effective_from=date(2024, 2, 1)).commitment
    make_assessment(commitment=judged, status="fulfilled", effective_from=date(2024, 4, 1))
    make_commitment()
    keep_standings()
    KeptStanding.objects.filter(pk__in=sorted(kept_ids())[how_many_are_kept:]).delete()

    for moment in (TODAY, Moment(date(2024, 3, 1), NOW)):
        unkept, everything = unkept_at(moment), Commitment.objects.all()
        statuses = statuses_of(everything, moment)

        assert {one.pk for one in overdue(everything, moment, unkept)} == set(missed_ids(everything, moment))
        for status in ("fulfilled", "stalled", "not_rated"):
            stand_so = {pk for pk, told in statuses.items() if told == status}
            assert {one.pk for one in at_status(everything, moment, [status], unkept)} == stand_so
    assert missed_ids(everything, TODAY) == [late.pk]


def test_each_deadline_passes_in_the_zone_of_its_government():
    now = datetime(2024, 6, 1, 18, tzinfo=UTC)  # the second of June in Seoul, the first in New York
    moment = Moment(date(2024, 6, 2), now, is_present=True)
    by_zone = {
        zone: make_commitment(government=make_government(time_zone=zone), due_on=date(2024, 6, 1)).pk
        for zone in ("Asia/Seoul", "America/New_York")
    }
    keep_standings()

    assert [one.pk for one in overdue(Commitment.objects.all(), moment, unkept_at(moment))] == [by_zone["Asia/Seoul"]]
