"""We know where a commitment stands, from plain values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from policytracker.tracking.deadlines import DueState
from policytracker.tracking.moments import Moment, present
from policytracker.tracking.standing import Condition, Facts, decide
from policytracker.tracking.standing.values import Change, Correction, Heard, Period, Ruling, Verdict

SEOUL = "Asia/Seoul"
LATER = datetime(2026, 3, 1, tzinfo=UTC)
MARCH = Facts(zone=SEOUL, made_on=date(2023, 1, 27), due_on=date(2023, 3, 31), due_precision="month")


def moment(as_of: str, known_at: datetime = LATER) -> Moment:
    return Moment(date.fromisoformat(as_of), known_at)


def known(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def verdict(number: int, status: str, day: str, **fields: Any) -> Verdict:
    fields.setdefault("recorded_at", known(day))
    concluded = status in ("fulfilled", "partly_fulfilled", "not_fulfilled")
    return Verdict(number, status, date.fromisoformat(day), is_concluded=concluded, **fields)


def change(number: int, kind: str, day: str, **fields: Any) -> Change:
    fields.setdefault("recorded_at", known(day))
    return Change(number, kind, date.fromisoformat(day), **fields)


def test_nobody_has_looked_yet() -> None:
    standing = decide(MARCH, moment("2023-02-01"))

    assert (standing.status, standing.assessment_id, standing.since) == ("not_rated", None, None)


def test_march_is_overdue_from_the_first_of_april_in_seoul() -> None:
    before = present(now=datetime(2023, 3, 31, 14, 59, 59, tzinfo=UTC), zone=UTC)
    after = present(now=datetime(2023, 3, 31, 15, 0, tzinfo=UTC), zone=UTC)

    assert not decide(MARCH, before).is_overdue
    assert decide(MARCH, after).is_overdue
    assert decide(MARCH, after).days_late == 1


def test_march_kept_on_26_april_was_26_days_late() -> None:
    kept = replace(MARCH, verdicts=(verdict(1, "fulfilled", "2023-04-26"),))

    assert decide(kept, moment("2023-04-25")).is_overdue
    assert not decide(kept, moment("2024-01-01")).is_overdue
    assert decide(kept, moment("2024-01-01")).days_late == 26


def test_what_never_came_was_not_late() -> None:
    given_up = replace(MARCH, verdicts=(verdict(1, "not_fulfilled", "2023-06-01"),))

    assert decide(given_up, moment("2023-05-31")).days_late == 61
    assert decide(given_up, moment("2024-01-01")).days_late == 0


def test_the_latest_true_and_known_verdict_counts() -> None:
    facts = replace(
        MARCH,
        verdicts=(
            verdict(1, "in_progress", "2023-02-10"),
            verdict(2, "stalled", "2023-05-01", recorded_at=known("2023-07-01")),
            verdict(3, "in_progress", "2023-04-01", recorded_at=known("2023-08-01")),
        ),
    )

    assert decide(facts, moment("2023-06-01", known("2023-06-01"))).assessment_id == 1
    assert decide(facts, moment("2023-06-01", known("2023-07-15"))).assessment_id == 2
    assert decide(facts, moment("2023-04-15")).assessment_id == 3
    assert decide(facts, moment("2023-06-01")).assessment_id == 2


def test_since_is_when_the_status_began_not_when_it_was_said_again() -> None:
    facts = replace(
        MARCH,
        verdicts=(
            verdict(1, "in_progress", "2023-02-10"),
            verdict(2, "stalled", "2023-05-01"),
            verdict(3, "stalled", "2024-05-01"),
        ),
    )

    standing = decide(facts, moment("2024-06-01"))

    assert (standing.assessment_id, standing.since) == (3, date(2023, 5, 1))
    assert [run.since for run in standing.runs] == [date(2023, 2, 10), date(2023, 5, 1)]


def test_of_one_day_the_last_recorded_verdict_counts() -> None:
    facts = replace(
        MARCH,
        verdicts=(
            verdict(1, "stalled", "2023-05-01"),
            verdict(2, "in_progress", "2023-05-01", recorded_at=known("2023-05-02")),
        ),
    )

    assert [run.status for run in decide(facts, moment("2023-06-01")).runs] == ["in_progress"]


def test_a_withdrawn_verdict_counts_until_it_was_withdrawn() -> None:
    withdrawn = verdict(2, "fulfilled", "2023-05-01", rulings=(Ruling("withdrawn", known("2023-06-01")),))
    facts = replace(MARCH, verdicts=(verdict(1, "in_progress", "2023-02-10"), withdrawn))

    assert decide(facts, moment("2023-05-15", known("2023-05-31"))).assessment_id == 2
    assert decide(facts, moment("2023-05-15")).assessment_id == 1


def test_a_replaced_verdict_does_not_come_back() -> None:
    facts = replace(
        MARCH,
        verdicts=(
            verdict(1, "fulfilled", "2023-05-01", replaced_at=known("2023-06-01")),
            verdict(
                2,
                "partly_fulfilled",
                "2023-05-01",
                recorded_at=known("2023-06-01"),
                rulings=(Ruling("withdrawn", known("2023-07-01")),),
            ),
        ),
    )

    assert decide(facts, moment("2023-08-01", known("2023-05-15"))).assessment_id == 1
    assert decide(facts, moment("2023-08-01", known("2023-06-15"))).assessment_id == 2
    assert decide(facts, moment("2023-08-01")).assessment_id is None


def test_a_dispute_is_told_until_it_is_settled() -> None:
    rulings = (Ruling("disputed", known("2023-06-01")), Ruling("upheld", known("2023-07-01")))
    facts = replace(MARCH, verdicts=(verdict(1, "fulfilled", "2023-03-30", rulings=rulings),))

    told = [decide(facts, moment("2023-08-01", known(day))).is_disputed for day in ("2023-05-01", "2023-06-02")]

    assert told == [False, True]
    assert not decide(facts, moment("2023-08-01")).is_disputed
    assert decide(facts, moment("2023-08-01", known("2023-06-02"))).status == "fulfilled"


def test_an_extension_moves_the_deadline_from_the_day_it_was_announced() -> None:
    extended = change(
        1, "extended", "2023-04-10", due_on=date(2023, 6, 30), due_precision="quarter", recorded_at=known("2023-04-11")
    )
    facts = replace(MARCH, deadlines=(extended,))

    assert decide(facts, moment("2023-04-09")).is_overdue
    assert not decide(facts, moment("2023-04-10")).is_overdue
    assert decide(facts, moment("2023-04-10")).is_extended
    assert decide(facts, moment("2023-04-10", known("2023-04-10"))).is_overdue
    assert decide(facts, moment("2023-07-01")).days_late == 1


def test_our_own_reading_is_no_extension() -> None:
    read_anew = change(1, "overridden", "2023-01-27", due_on=date(2023, 12, 31), due_precision="year")

    standing = decide(replace(MARCH, deadlines=(read_anew,)), moment("2023-04-10"))

    assert (standing.due.last_day, standing.is_extended) == (date(2023, 12, 31), False)


def test_a_deadline_can_be_given_up() -> None:
    dropped = change(1, "overridden", "2023-02-01")

    assert decide(replace(MARCH, deadlines=(dropped,)), moment("2024-01-01")).due.state is DueState.NO_DEADLINE


def test_a_condition_keeps_from_being_overdue_until_it_is_met() -> None:
    facts = replace(MARCH, is_conditional=True, conditions=(change(1, "triggered", "2023-05-01"),))

    before, after = decide(facts, moment("2023-04-30")), decide(facts, moment("2023-05-01"))

    assert (before.condition, before.is_overdue) == (Condition.WAITING, False)
    assert (after.condition, after.is_overdue) == (Condition.TRIGGERED, True)


def test_a_lapsed_condition_ends_the_clock() -> None:
    facts = replace(MARCH, is_conditional=True, conditions=(change(1, "lapsed", "2023-03-01"),))

    standing = decide(facts, moment("2024-01-01"))

    assert (standing.condition, standing.is_overdue, standing.is_waiting) == (Condition.LAPSED, False, False)


def test_what_cannot_be_verified_is_not_rated_and_not_overdue() -> None:
    facts = replace(MARCH, verifiability="not_verifiable", verdicts=(verdict(1, "stalled", "2023-05-01"),))

    standing = decide(facts, moment("2024-01-01"))

    assert (standing.status, standing.is_not_verifiable, standing.is_overdue) == ("not_rated", True, False)


def test_a_superseded_commitment_keeps_its_verdict_and_is_no_longer_due() -> None:
    superseded = change(1, "", "2023-05-01", other=9)
    facts = replace(MARCH, verdicts=(verdict(1, "stalled", "2023-04-15"),), supersessions=(superseded,))

    standing = decide(facts, moment("2024-01-01"))

    assert (standing.status, standing.is_overdue, standing.days_late) == ("stalled", False, 0)
    assert (standing.is_superseded, standing.superseded_by) == (True, (9,))
    assert decide(facts, moment("2023-04-30")).is_overdue


def test_what_was_undone_later_keeps_its_verdict() -> None:
    facts = replace(MARCH, verdicts=(verdict(1, "fulfilled", "2023-03-30"),), reversed_on=date(2025, 11, 4))

    assert decide(facts, moment("2025-11-03")).reversed_on is None
    assert decide(facts, moment("2025-11-04")).reversed_on == date(2025, 11, 4)
    assert decide(facts, moment("2025-11-04", known("2025-11-01"))).reversed_on is None
    assert decide(facts, moment("2025-11-04")).status == "fulfilled"


def test_a_correction_is_taken_back_for_who_did_not_know_it() -> None:
    facts = replace(
        MARCH,
        corrections=(
            Correction("due_on", "2023-06-30", known("2023-08-01")),
            Correction("due_on", "2023-05-31", known("2023-09-01")),
            Correction("verifiability", "not_verifiable", known("2023-08-01")),
        ),
    )

    first, then = moment("2023-07-01", known("2023-07-01")), moment("2023-07-01", known("2023-08-15"))
    assert decide(facts, first).due.last_day == date(2023, 6, 30)
    assert decide(facts, first).is_not_verifiable
    assert decide(facts, then).due.last_day == date(2023, 5, 31)
    assert decide(facts, moment("2023-07-01")).due.last_day == date(2023, 3, 31)


def test_silence_makes_dormant_sooner_for_an_action_than_for_an_outcome() -> None:
    heard = Heard(date(2023, 6, 1), known("2023-06-02"))
    action = Facts(zone=SEOUL, made_on=date(2023, 1, 27), heard=(heard,))
    outcome = replace(action, kind="outcome")

    assert decide(action, moment("2024-05-31")).last_heard_on == date(2023, 6, 1)
    assert not decide(action, moment("2024-05-31")).is_dormant
    assert decide(action, moment("2024-06-01")).is_dormant
    assert not decide(outcome, moment("2024-06-01")).is_dormant
    assert decide(outcome, moment("2025-06-01")).is_dormant


def test_what_is_concluded_may_be_silent() -> None:
    facts = replace(MARCH, verdicts=(verdict(1, "fulfilled", "2023-03-30"),))

    assert not decide(facts, moment("2026-01-01")).is_dormant


def year(number: int, year: int) -> Period:
    last = date(year, 12, 31)
    return Period(number, str(year), date(year, 1, 1), last, known("2023-01-27"), due_on=last, due_precision="year")


REPORTS = Facts(zone=SEOUL, made_on=date(2023, 1, 27), occurrences=(year(1, 2023), year(2, 2024), year(3, 2025)))


def test_each_period_of_a_series_has_its_own_standing() -> None:
    facts = replace(
        REPORTS,
        verdicts=(
            verdict(1, "fulfilled", "2023-06-30", occurrence=1),
            verdict(2, "in_progress", "2024-06-30", occurrence=2),
        ),
    )

    standing = decide(facts, moment("2025-01-10"))

    assert [o.status for o in standing.occurrences] == ["fulfilled", "in_progress", "not_rated"]
    assert [o.due.is_overdue for o in standing.occurrences] == [False, True, False]
    assert (standing.is_overdue, standing.days_late) == (True, 10)
    assert standing.status == "in_progress"


def test_a_verdict_on_the_whole_series_counts_before_those_on_periods() -> None:
    facts = replace(
        REPORTS,
        verdicts=(verdict(1, "fulfilled", "2023-06-30", occurrence=1), verdict(2, "in_progress", "2023-07-01")),
    )

    assert decide(facts, moment("2024-01-10")).assessment_id == 2


def test_a_series_that_ends_leaves_its_earlier_periods_alone() -> None:
    facts = replace(REPORTS, discontinuations=(change(1, "", "2025-08-19"),))

    standing = decide(facts, moment("2026-02-01"))

    assert standing.discontinued_on == date(2025, 8, 19)
    assert [o.due.is_overdue for o in standing.occurrences] == [True, True, False]


def test_an_extension_of_one_period_moves_only_that_one() -> None:
    extended = change(1, "extended", "2023-12-01", occurrence=1, due_on=date(2024, 6, 30), due_precision="half")

    standing = decide(replace(REPORTS, deadlines=(extended,)), moment("2024-01-10"))

    assert [o.due.is_overdue for o in standing.occurrences] == [False, False, False]
    assert standing.occurrences[0].due.last_day == date(2024, 6, 30)
    assert standing.occurrences[1].due.last_day == date(2024, 12, 31)


@pytest.mark.parametrize("precision", ["approximate", "inferred", "no later than", "day", "week", "quarter"])
def test_every_precision_has_a_last_day(precision: str) -> None:
    facts = replace(MARCH, due_precision=precision)

    assert decide(facts, moment("2023-03-31")).due.state is DueState.DUE_SOON
    assert decide(facts, moment("2023-03-31") and moment("2023-04-01")).is_overdue


def test_an_answer_about_the_past_outlives_what_is_written_later() -> None:
    facts = replace(MARCH, verdicts=(verdict(1, "in_progress", "2023-02-10"),))
    then = moment("2023-05-01", known("2023-06-01"))
    later = known("2023-06-01") + timedelta(microseconds=1)

    written = replace(
        facts,
        verdicts=(
            replace(facts.verdicts[0], rulings=(Ruling("withdrawn", later),), replaced_at=later),
            verdict(2, "fulfilled", "2023-02-01", recorded_at=later),
        ),
        deadlines=(change(1, "extended", "2023-02-01", due_on=date(2024, 1, 1), recorded_at=later),),
        conditions=(change(1, "lapsed", "2023-02-01", recorded_at=later),),
        supersessions=(change(1, "", "2023-02-01", recorded_at=later),),
        discontinuations=(change(1, "", "2023-02-01", recorded_at=later),),
        occurrences=(replace(year(1, 2023), recorded_at=later),),
        heard=(Heard(date(2023, 4, 1), later),),
        is_conditional=True,
        corrections=(Correction("is_conditional", False, later),),
    )

    assert decide(written, then) == decide(facts, then)
