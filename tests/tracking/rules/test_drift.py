"""We know that how a promise was reworded is said by who may say it, and that a slip of ours is none (rule 7)."""

from datetime import date

import pytest
from django.test import Client

from policytracker.tracking.models import Correction, Statement
from tests.desk.conftest import client_of
from tests.factories import make_assessment, make_commitment, make_membership, make_snapshot, make_statement
from tests.refusals import refused_by, run_sql
from tests.tracking.rules.attacks import (
    FORGED,
    admin_adds_none,
    admin_refuses,
    api_writes_nothing,
    correct,
    correction_of,
    settle,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def restated() -> Statement:
    commitment = make_commitment(slug="reports")
    make_statement(commitment=commitment)
    return make_statement(commitment=commitment, said_on=date(2023, 6, 1), drift="number_lowered")


class TestPage:
    """The desk's forms."""

    @pytest.mark.parametrize("role", ["viewer", "analyst", "reviewer"])
    @pytest.mark.parametrize("drift", ["reworded", "", "nicer"])
    def test_what_was_said_is_said_anew_by_an_editor_only(self, restated: Statement, role: str, drift: str) -> None:
        before = told()

        answer = client_of(role).post(
            f"/desk/commitments/reports/drift/{restated.pk}/", FORGED | {"drift": drift, "note": "Forged."}
        )

        assert answer.status_code == 403
        assert told() == before

    @pytest.mark.parametrize("note", ["", "  ", "\x00", "\n"])
    def test_an_editor_needs_a_reason_that_can_be_read(self, restated: Statement, note: str) -> None:
        before = told()

        answer = client_of("editor").post(
            f"/desk/commitments/reports/drift/{restated.pk}/", {"drift": "reworded", "note": note}, follow=True
        )

        assert "Say why" in answer.content.decode()
        assert told() == before

    def test_a_statement_is_not_reached_through_another_commitment(self, restated: Statement) -> None:
        editor, other = client_of("editor"), make_commitment()
        before = told()

        for path in (f"{other.slug}/drift/{restated.pk}", "reports/drift/0", "reports/drift/" + "9" * 30):
            assert editor.post(f"/desk/commitments/{path}/", {"drift": "dropped", "note": "-"}).status_code == 404
        assert told() == before

    def test_correcting_a_slip_of_ours_is_no_drift_and_touches_no_assessment(self) -> None:
        statement = make_statement(commitment=make_commitment(statement="Publish tree reports."))
        make_assessment(commitment=statement.commitment)
        before = told()

        correct(
            client_of("editor"),
            correction_of(statement.commitment),
            {"statement": "Publish three reports.", "why-kind": "typo"},
        )

        after = told()
        (line,) = Correction.objects.all()
        assert (line.kind, line.affected_assessments.count()) == ("typo", 0)
        assert (after["Statement"], after["Assessment"]) == (before["Statement"], before["Assessment"])


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_the_admin_forges_and_deletes_no_statement(self, restated: Statement, admin_client: Client) -> None:
        admin_refuses(admin_client, restated)
        admin_adds_none(admin_client, Statement, commitment=restated.commitment.pk, drift="dropped")


class TestApi:
    """Programs."""

    def test_no_address_says_what_was_reworded(self, restated: Statement, admin_client: Client) -> None:
        api_writes_nothing(
            admin_client,
            "/api/v1/statements/",
            f"/api/v1/statements/{restated.pk}/",
            "/commitments/reports/?format=json",
            drift="dropped",
        )

    def test_what_a_machine_proposes_is_in_no_twin(self, client: Client) -> None:
        commitment = make_commitment(slug="reports")
        make_statement(commitment=commitment)
        make_statement(
            commitment=commitment,
            snapshot=make_snapshot(text="It may publish a report."),
            quote="It may publish a report.",
            said_on=date(2023, 6, 1),
        )

        for path in ("/commitments/reports/?format=json", "/timeline/?format=csv", "/commitments/reports/feed.atom"):
            assert "hedge" not in client.get(path).content.decode(), path


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_a_class_that_stands_is_not_said_anew_without_a_reason(self, restated: Statement) -> None:
        with refused_by("published_field_changes_with_a_correction"):
            Statement.objects.filter(pk=restated.pk).update(drift="dropped")
            settle()

    @pytest.mark.parametrize("field", ["said_on", "membership", "is_original"])
    def test_who_said_it_and_when_stays(self, restated: Statement, field: str) -> None:
        value = {"said_on": date(2023, 5, 1), "membership": make_membership(), "is_original": True}[field]

        with refused_by("published_field_changes_with_a_correction"):
            Statement.objects.filter(pk=restated.pk).update(**{field: value})
            settle()

    def test_a_public_statement_is_not_taken_back(self, restated: Statement) -> None:
        with refused_by("published_row_stays"):
            Statement.objects.filter(pk=restated.pk)._raw_delete(using="default")


class TestSql:
    """Somebody at the server's own prompt."""

    def test_the_words_that_were_said_are_not_bent(self, restated: Statement) -> None:
        with refused_by("quote_occurs"):
            run_sql("UPDATE tracking_statement SET exact = 'bent' WHERE id = %s", [restated.pk])

    def test_a_statement_moves_to_no_other_commitment_unsaid(self, restated: Statement) -> None:
        with refused_by("published_field_changes_with_a_correction"):
            run_sql(
                "UPDATE tracking_statement SET commitment_id = %s WHERE id = %s", [make_commitment().pk, restated.pk]
            )
            settle()

    def test_a_class_said_for_the_first_time_leaves_a_trace(self) -> None:
        statement = make_statement()

        run_sql("UPDATE tracking_statement SET drift = 'dropped' WHERE id = %s", [statement.pk])
        settle()

        (line,) = Correction.objects.all()
        assert (line.target_kind, line.field, line.after, line.kind) == ("statement", "drift", "dropped", "news")
