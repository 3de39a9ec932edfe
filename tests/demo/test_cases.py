"""We know that the demo record shows the cases its README lists, each at the moments that matter."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from policytracker.government.models import Commitment
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Standing, standing

pytestmark = pytest.mark.django_db

END = datetime(2026, 3, 1, tzinfo=UTC)  # the data ends on 26 February 2026


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo record, loaded once for all these tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


def at(slug: str, as_of: str, known_at: datetime = END) -> Standing:
    return standing(Commitment.objects.get(slug=slug), Moment(date.fromisoformat(as_of), known_at))


def test_c011_is_met_in_part_and_then_in_full_26_days_late() -> None:
    assert at("c011", "2023-03-30").status == "not_rated"
    assert at("c011", "2023-03-31").status == "partly_fulfilled"
    assert at("c011", "2023-03-31").is_retrospective
    assert at("c011", "2023-04-26").status == "fulfilled"
    assert at("c011", "2023-04-26").days_late == at("c011", "2026-02-26").days_late == 26
    assert not at("c011", "2026-02-26").is_overdue


def test_c011_was_overdue_for_who_knew_only_of_the_deadline() -> None:
    in_march = datetime(2023, 3, 15, tzinfo=UTC)

    assert at("c011", "2023-03-31", in_march).is_due_soon
    assert at("c011", "2023-04-01", in_march).is_overdue
    assert at("c011", "2023-04-26", in_march).days_late == 26


def test_c009_and_c002_are_two_commitments_with_two_verdicts() -> None:
    preparing, launching = at("c009", "2026-02-26"), at("c002", "2026-02-26")

    assert preparing.status == "partly_fulfilled"
    assert preparing.since == date(2023, 12, 31)
    assert launching.status == "stalled"
    assert launching.since == date(2023, 1, 27)
    assert [run.status for run in launching.runs] == ["in_progress", "stalled"]


def test_c010_waits_for_its_condition() -> None:
    conditional = at("c010", "2026-02-26")

    assert conditional.is_waiting
    assert conditional.status == "not_rated"
    assert not conditional.is_overdue


def test_c012_was_missed_and_promised_again_as_c028() -> None:
    assert at("c012", "2024-01-15", datetime(2024, 1, 15, tzinfo=UTC)).is_overdue
    first = at("c012", "2026-02-26")
    again = Commitment.objects.get(slug="c028")

    assert first.status == "not_fulfilled"
    assert first.since == date(2024, 3, 8)
    assert first.is_superseded
    assert first.superseded_by == (again.pk,)
    assert not at("c012", "2024-08-14").is_superseded
    assert at("c028", "2026-02-26").status == "fulfilled"
    assert at("c028", "2026-02-26").days_late == 0


@pytest.mark.parametrize("slug", ["c018", "c019"])
def test_c018_and_c019_were_kept_and_undone_later(slug: str) -> None:
    assert at(slug, "2025-11-03").reversed_on is None
    assert at(slug, "2025-11-03").status == "fulfilled"
    assert at(slug, "2025-11-04").reversed_on == date(2025, 11, 4)
    assert at(slug, "2026-02-26").status == "fulfilled"


def test_c025_is_in_progress_then_stalled_then_given_up() -> None:
    assert at("c025", "2025-10-15").status == "in_progress"
    assert at("c025", "2025-10-16").status == "stalled"
    given_up = at("c025", "2026-02-26")

    assert given_up.status == "not_fulfilled"
    assert given_up.verdicts.reason_code == "given_up"
    assert given_up.days_late == 0
    assert [run.status for run in given_up.runs] == ["in_progress", "stalled", "not_fulfilled"]


def test_c045_misses_the_year_that_c044_does_not_name() -> None:
    missed, without_date = at("c045", "2026-02-26"), at("c044", "2026-02-26")

    assert missed.status == "not_fulfilled"
    assert missed.due.last_day == date(2025, 12, 31)
    assert without_date.status == "in_progress"
    assert without_date.due.last_day is None
    assert at("c045", "2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)).days_late == 5


@pytest.mark.parametrize("slug", ["c014", "c021", "c030", "c034", "c036"])
def test_nothing_found_either_way_is_not_shown_as_failure(slug: str) -> None:
    assert at(slug, "2026-02-26").status in ("not_rated", "not_started")


def test_what_was_not_yet_known_is_not_told() -> None:
    assert at("c025", "2026-02-26", datetime(2025, 10, 20, tzinfo=UTC)).status == "stalled"
    assert at("c011", "2023-04-26", datetime(2023, 3, 1, tzinfo=UTC)).status == "not_rated"
