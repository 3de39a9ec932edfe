"""We know that a deadline moves by an announcement or by a reading with its reason, and that lateness is never typed (rule 4)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from policytracker.tracking.models import DeadlineChange
from tests.desk.conftest import client_of
from tests.factories import make_commitment, make_occurrence
from tests.refusals import refused_by, run_sql
from tests.tracking.rules.attacks import (
    FORGED,
    WHEN,
    admin_adds_none,
    admin_refuses,
    admin_url,
    api_writes_nothing,
    change,
    correct,
    correction_of,
    filled,
    is_told_why,
    promise,
    settle,
    told,
)

pytestmark = pytest.mark.django_db

MARCH = datetime(2023, 3, 1, tzinfo=UTC)


def moved(**fields: Any) -> DeadlineChange:
    """A deadline that was read anew."""
    return DeadlineChange.objects.create(
        **{"commitment": make_commitment(), "kind": "overridden"} | WHEN | fields  # type: ignore[arg-type]
    )


class TestPage:
    """The desk's forms: deadlines move by an announcement with its source, or by a reading with its reason; no form moves them."""

    def test_a_period_there_is_none_of(self) -> None:
        commitment, editor = make_commitment(due_on=date(2023, 3, 31)), client_of("editor")
        url = correction_of(commitment)
        form = filled(editor, url) | {"why-note": "We misread it."}
        before = told()

        for due in ("2023-13", "2023-Q5", "2023-H3", "2023-02-30", "0000", "9999-99-99", "²⁰²³", "-1"):
            answer = editor.post(url, form | {"due": due})
            assert answer.status_code == 422 and is_told_why(answer), due
        assert told() == before

    @pytest.mark.parametrize("wrong", [{"due": "2022"}, {"due": "2023-04", "due_sureness": "fortnight"}])
    def test_a_public_deadline_before_the_promise_or_of_an_unknown_precision(self, wrong: dict[str, str]) -> None:
        commitment, editor = make_commitment(due_on=date(2023, 3, 31)), client_of("editor")
        before = told()

        assert correct(editor, correction_of(commitment), wrong).status_code == 422
        assert told() == before

    def test_an_unknown_precision_of_a_draft(self) -> None:
        draft, analyst = make_commitment(recorded_at=None), client_of("analyst")
        form = promise(due="2023-04", due_sureness="fortnight")
        before = told()

        assert analyst.post(f"/desk/commitments/{draft.slug}/edit/", form).status_code == 422
        assert told() == before

    def test_an_extension_rides_along_with_no_form(self) -> None:
        commitment, editor = make_commitment(due_on=date(2023, 3, 31)), client_of("editor")
        rider = {"kind": "action", "extended_to": "2030-01-01", "due_on": "2030-01-01", "due_precision": "year"}
        before = told()

        answer = correct(editor, correction_of(commitment), rider)

        assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode()
        assert told() == before

    @pytest.mark.parametrize(
        "wrong",
        [
            {"source_url": ""},
            {"source_url": "javascript:alert(1)"},
            {"due": "2023-02"},
            {"due": ""},
            {"due": "²⁰²³"},
            {"happened_on": "2999-01-01"},
            {"happened_on": ""},
            {"what": "postponed"},
        ],
    )
    def test_an_extension_without_source_day_or_later_end_moves_nothing(self, wrong: dict[str, str]) -> None:
        make_commitment(slug="report", due_on=date(2023, 3, 31), due_precision="month")
        form = {
            "what": "extended",
            "happened_on": "2023-03-20",
            "due": "2023-H1",
            "source_url": "https://a.example.org/",
        }
        reviewer = client_of("reviewer")
        before = told()

        answer = reviewer.post("/desk/commitments/report/terms/", FORGED | form | wrong)

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_the_admin_moves_no_deadline(self, admin_client: Client) -> None:
        commitment = make_commitment(due_on=date(2023, 3, 31))
        admin_adds_none(
            admin_client, DeadlineChange, commitment=commitment.pk, kind="extended", due_on="2030-01-01", reason="-"
        )
        admin_refuses(admin_client, moved(commitment=commitment))

    def test_no_form_of_the_admin_asks_how_late_it_is(self, admin_client: Client) -> None:
        draft = make_commitment(recorded_at=None, due_on=date(2023, 3, 31))

        form = admin_client.get(admin_url(draft, "change", draft.pk)).context["adminform"].form

        assert not {name for name in form.fields if "late" in name or "overdue" in name}


class TestApi:
    """Programs."""

    def test_no_address_moves_a_deadline(self, admin_client: Client) -> None:
        make_commitment(slug="report", due_on=date(2023, 3, 31))
        api_writes_nothing(
            admin_client,
            "/api/v1/commitments/report/",
            "/api/v1/deadlines/",
            "/commitments/report/?format=json",
            "/deadlines/?format=json",
            "/deadlines.ics",
            due_on="2030-01-01",
            days_late=0,
        )

    def test_a_change_nobody_published_is_in_no_twin_feed_or_calendar(self, client: Client) -> None:
        commitment = make_commitment(slug="report", due_on=date(2099, 3, 31))
        moved(commitment=commitment, due_on=date(2098, 6, 30), due_precision="day", recorded_at=None)

        assert client.get("/commitments/report/?format=json").json()["due_on"] == "2099-03-31"
        for path in (
            "/deadlines/?format=csv",
            "/commitments/?format=json",
            "/deadlines.ics",
            "/commitments/report/feed.atom",
        ):
            answer = client.get(path).content.decode()
            assert "2098" not in answer, path


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_an_extension_has_a_source_and_an_override_a_reason(self) -> None:
        with refused_by("extension_has_a_source"):
            change(DeadlineChange, make_commitment(), MARCH, kind="extended")
        with refused_by("override_has_a_reason"):
            change(DeadlineChange, make_commitment(), MARCH, kind="overridden", reason="")

    def test_a_change_of_a_period_belongs_to_its_commitment(self) -> None:
        with refused_by("occurrence_is_of_the_commitment"):
            change(DeadlineChange, make_commitment(), MARCH, kind="overridden", occurrence=make_occurrence())

    def test_a_deadline_says_how_exact_it_is_and_is_no_older_than_the_promise(self) -> None:
        with refused_by("commitment_due_date_says_how_exact_it_is"):
            make_commitment(due_on=date(2023, 3, 31), due_precision="")
        with refused_by("commitment_is_due_after_it_is_made"):
            make_commitment(due_on=date(2022, 3, 31))
        with refused_by("changed_deadline_says_how_exact_it_is"):
            moved(due_on=date(2023, 6, 30))


class TestSql:
    """Somebody at the server's own prompt."""

    def test_no_column_holds_what_is_computed(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
                "AND (column_name LIKE '%%overdue%%' OR column_name ~ '(^|_)late(_|$)' OR column_name = 'due_state')"
            )

            assert cursor.fetchall() == []

    @pytest.mark.parametrize("column", ["due_on = '2030-01-01'", "due_words = 'by 2030'", "due_precision = 'year'"])
    def test_a_public_deadline_is_not_moved_without_a_correction(self, column: str) -> None:
        commitment = make_commitment(due_on=date(2023, 3, 31))

        with refused_by("published_field_changes_with_a_correction"):
            run_sql(f"UPDATE government_commitment SET {column} WHERE id = %s", [commitment.pk])
            settle()

    def test_an_announcement_without_source_is_none(self) -> None:
        commitment = make_commitment(due_on=date(2023, 3, 31))

        with refused_by("extension_has_a_source"):
            run_sql(
                "INSERT INTO tracking_deadlinechange (commitment_id, kind, due_on, due_precision, due_words, happened_on, "
                "reason, source_url, recorded_at) "
                "VALUES (%s, 'extended', '2030-01-01', 'day', '', '2023-02-01', '-', '', %s)",
                [commitment.pk, MARCH],
            )
