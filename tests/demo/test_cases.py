"""We know that the demo record shows the cases its README lists, each at the moments that matter."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from policytracker.government.models import Commitment
from policytracker.pages.statuses import status_of
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import Standing, standing
from tests.browser.pages import PAGES

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


class Told:
    """A commitment's public page: its head (status and flags), its verdicts, all of it; in words."""

    def __init__(self, slug: str, query: str = "") -> None:
        response = Client().get(f"/commitments/{slug}/{query}")
        assert response.status_code == 200
        self.markup = response.content.decode()
        self.head = _words(re.search(r'<p class="verdict-now">.*?</p>', self.markup, re.S))
        self.verdicts = _words(re.search(r'<ol class="verdicts">.*?</ol>', self.markup, re.S))
        self.whole = _words(re.search(r"<main.*</main>", self.markup, re.S))


def _words(found: re.Match[str] | None) -> str:
    return " ".join(re.sub("<[^>]+>", " ", found.group() if found else "").split())


class TestOnTheirPages:
    def test_c011_tells_both_verdicts_and_how_late_it_was(self) -> None:
        assert "Partly fulfilled" in Told("c011", "?as_of=2023-04-10").head
        now = Told("c011")
        assert now.head.startswith("Fulfilled") and "26 days late" in now.head
        assert "Partly fulfilled → to Fulfilled" in now.verdicts

    def test_the_edition_of_26_april_2023_tells_c011_26_days_late_in_both_languages_and_to_programs(self) -> None:
        asked = "commitments/c011/?as_of=2023-04-26"

        english, korean = (Client().get(f"/{prefix}{asked}").content.decode() for prefix in ("", "ko/"))
        twin = Client().get(f"/{asked}&format=json").json()

        assert "26 days late" in english and re.search("26일[^<]*(늦|지연|지남)", korean)
        assert (twin["status"], twin["days_late"]) == ("fulfilled", 26)

    @pytest.mark.parametrize("slug", ["c002", "c009", "c010", "c012", "c018", "c019", "c025", "c028", "c044", "c045"])
    def test_a_program_is_told_what_the_page_tells(self, slug: str) -> None:
        told = Client().get(f"/commitments/{slug}/?format=json").json()

        assert told["status"] == at(slug, END.date().isoformat()).status
        assert Told(slug).head.startswith(str(status_of(told["status"]).label))

    def test_c011_was_overdue_for_who_asked_then(self) -> None:
        assert "1 day overdue" in Told("c011", "?as_of=2023-04-01&known_at=2023-03-15").head

    def test_c009_and_c002_stand_apart(self) -> None:
        assert Told("c009").head.startswith("Partly fulfilled")
        launching = Told("c002")
        assert launching.head.startswith("Stalled")
        assert "In progress → to Stalled" in launching.verdicts

    def test_c010_waits_and_says_for_what(self) -> None:
        told = Told("c010")

        assert told.head.startswith("Not rated") and "waits for its condition" in told.head
        assert "overdue" not in told.head
        condition = Commitment.objects.get(slug="c010").condition
        assert condition and condition in told.whole

    def test_c012_leads_to_c028(self) -> None:
        assert "15 days overdue" in Told("c012", "?as_of=2024-01-15&known_at=2024-01-15").head
        first = Told("c012")
        assert first.head.startswith("Not fulfilled") and "superseded" in first.head
        assert 'href="/commitments/c028/"' in first.markup
        assert Told("c028").head.startswith("Fulfilled")

    @pytest.mark.parametrize("slug", ["c018", "c019"])
    def test_c018_and_c019_were_kept_and_say_since_when_they_are_undone(self, slug: str) -> None:
        assert "undone" not in Told(slug, "?as_of=2025-11-03").head
        now = Told(slug)
        assert now.head.startswith("Fulfilled") and "undone on 4 November 2025" in now.head

    def test_c025_tells_its_three_verdicts_and_that_it_was_given_up(self) -> None:
        told = Told("c025")

        assert told.head.startswith("Not fulfilled")
        assert "Stalled → to Not fulfilled" in told.verdicts and "In progress → to Stalled" in told.verdicts
        assert "given up" in told.verdicts

    def test_c045_names_the_year_that_c044_does_not(self) -> None:
        missed, without_date = Told("c045"), Told("c044")

        assert missed.head.startswith("Not fulfilled") and "2025" in missed.whole
        assert "5 days overdue" in Told("c045", "?as_of=2026-01-05&known_at=2026-01-05").head
        assert without_date.head.startswith("In progress") and "Deadline none set" in without_date.whole

    @pytest.mark.parametrize("slug", ["c014", "c021", "c030", "c034", "c036"])
    def test_where_nothing_was_found_no_failure_is_shown(self, slug: str) -> None:
        told = Told(slug)

        assert told.head.startswith(("Not rated", "Not started"))
        assert "Not fulfilled" not in told.verdicts

    @pytest.mark.parametrize("slug", ["c002", "c009", "c010", "c011", "c012", "c018", "c019", "c025", "c028", "c045"])
    def test_each_says_on_whose_watch(self, slug: str) -> None:
        told = Told(slug)

        assert "Made by" in told.whole
        standing_now = at(slug, "2026-02-26")
        assert ("Concluded on the watch of" in told.whole) == standing_now.is_concluded


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


MOST_QUERIES = 12
VISITS = (("", ""), ("", "as_of=2024-06-01&known_at=2026-01-01"), ("/ko", "as_of=2023-06-01&known_at=2025-12-31"))


@pytest.mark.parametrize(("language", "moment"), VISITS)
def test_no_page_kind_asks_more_of_the_database_than_its_bar(
    client: Client, settings: Any, language: str, moment: str
) -> None:
    settings.KEPT_SECONDS = 30
    caches["pages"].clear()
    busy = ("/initiatives/audacious-initiative/", "/ministries/president/", "/officials/yoon-suk-yeol/", "/feed.atom")
    asked = {}

    for path in (*PAGES.values(), *busy, *(f"{page}?format=json" for page in (*busy[:3], "/timeline/"))):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{language}{path}{'&' if '?' in path else '?'}{moment}")
        asked[path] = len(queries)

    assert {path: count for path, count in asked.items() if count > MOST_QUERIES} == {}
    assert max(asked.values()) >= MOST_QUERIES // 2  # the record was there
