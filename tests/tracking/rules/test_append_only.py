"""We know that nothing published is rewritten: not by a form, not by the ORM, not by SQL (rule 2)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client

from articles.models import Snapshot
from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.models import (
    Assessment,
    AssessmentEvidence,
    BlindRating,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Evidence,
    Rubric,
    RubricStatus,
    Ruling,
    Supersession,
)
from tests.desk.conftest import client_of
from tests.factories import (
    NOW,
    make_article,
    make_assessment,
    make_commitment,
    make_evidence,
    make_rubric,
    make_snapshot,
    make_user,
)
from tests.refusals import empty_table, refused_by, run_sql
from tests.tracking.rules.attacks import (
    FORGED,
    WRITES,
    admin_adds_none,
    admin_refuses,
    api_writes_nothing,
    told,
    verdict,
)

pytestmark = pytest.mark.django_db

CHANGED = {"happened_on": date(2023, 5, 1), "recorded_at": datetime(2023, 5, 3, tzinfo=UTC)}


def make_ruling() -> Ruling:
    return Ruling.objects.create(
        assessment=make_assessment(), kind="disputed", reason="Doubts.", made_by=make_user(), recorded_at=NOW
    )


def make_correction() -> Correction:
    return correct_field(target=make_commitment(), field="note", value="b", note="Slip.", by=make_user(), at=NOW)


def make_override(**fields: Any) -> DeadlineChange:
    return DeadlineChange.objects.create(
        commitment=make_commitment(), kind="overridden", reason="Our slip.", **CHANGED | fields
    )


SETTLED = {
    "assessment": (make_assessment, "rationale"),
    "snapshot": (make_snapshot, "text"),
    "ruling": (make_ruling, "reason"),
    "correction": (make_correction, "note"),
    "deadline": (make_override, "reason"),
    "condition": (
        lambda: ConditionChange.objects.create(commitment=make_commitment(), state="lapsed", reason="-", **CHANGED),
        "reason",
    ),
    "discontinuation": (
        lambda: Discontinuation.objects.create(commitment=make_commitment(), reason="-", **CHANGED),
        "reason",
    ),
    "supersession": (lambda: Supersession.objects.create(old=make_commitment(), reason="-", **CHANGED), "reason"),
}


@pytest.fixture(params=SETTLED)
def settled(request: Any) -> tuple[Any, str]:
    make, field = SETTLED[request.param]
    return make(), field


class TestPage:
    """Public pages, and the desk's forms."""

    @pytest.mark.parametrize("method", WRITES)
    @pytest.mark.parametrize("path", ["/", "/commitments/yearly/", "/commitments/", "/corrections/", "/deadlines/"])
    def test_public_pages_change_nothing(self, admin_client: Client, path: str, method: str) -> None:
        response = getattr(admin_client, method)(path)

        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"

    @pytest.mark.parametrize("verb", ["submit", "return", "publish", "remark", "invite", "delete", "forged", ""])
    def test_the_review_page_of_what_is_published_rewrites_nothing(self, verb: str) -> None:
        assessment = make_assessment()
        before = told()

        client_of("reviewer").post(
            f"/desk/reviews/{assessment.pk}/", FORGED | verdict(do=verb, body="-", version=assessment.version)
        )

        assert told() == before

    def test_what_is_withdrawn_stays_and_gets_a_line_beside_it(self) -> None:
        assessment = make_assessment()
        before = told()

        client_of("reviewer").post(
            f"/desk/reviews/{assessment.pk}/",
            FORGED | {"do": "withdraw", "body": "We were wrong.", "version": assessment.version},
        )

        assert Ruling.objects.get().kind == "withdrawn"
        assert told()["Assessment"] == before["Assessment"]


class TestAdmin:
    """Somebody with all rights in the admin."""

    @pytest.mark.parametrize("make", [make_assessment, make_snapshot, make_correction])
    def test_the_admin_forges_and_deletes_nothing_published(
        self, make: Callable[[], Any], admin_client: Client
    ) -> None:
        admin_refuses(admin_client, make())

    @pytest.mark.parametrize("kind", [Assessment, Ruling, Correction, BlindRating, Snapshot])
    def test_the_admin_adds_nothing_of_what_is_only_added_to(self, kind: type[Model], admin_client: Client) -> None:
        admin_adds_none(admin_client, kind, assessment=make_assessment().pk, kind="withdrawn")


class TestApi:
    """Programs."""

    @pytest.mark.parametrize("method", WRITES)
    @pytest.mark.parametrize(
        "path",
        ["/api/v1/assessments/", "/api/v1/commitments/", "/api/v1/commitments/yearly/", "/api/v1/corrections/"],
    )
    def test_the_api_has_no_way_to_write_conclusions(self, admin_client: Client, path: str, method: str) -> None:
        assert getattr(admin_client, method)(path, {}, content_type="application/json").status_code in (403, 404, 405)

    def test_no_program_rewrites_what_it_can_read(self, admin_client: Client) -> None:
        assessment = make_assessment(commitment=make_commitment(slug="yearly"))
        article = make_article()
        api_writes_nothing(
            admin_client,
            f"/api/v1/assessments/{assessment.pk}/",
            f"/api/v1/articles/{article.pk}/",
            f"/api/v1/snapshots/{article.current_snapshot.pk}/",
            "/commitments/yearly/?format=json",
            f"/articles/{article.pk}/?format=json",
            "/corrections/?format=json",
            rationale="forged",
            text="forged",
        )


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_the_orm_cannot_change_it(self, settled: tuple[Any, str]) -> None:
        row, field = settled
        setattr(row, field, "rewritten")
        with refused_by("append_only"):
            row.save()
        with refused_by("append_only"):
            type(row).objects.filter(pk=row.pk).update(**{field: "rewritten"})

    def test_the_orm_cannot_delete_it(self, settled: tuple[Any, str]) -> None:
        row, _field = settled
        with refused_by("append_only"):
            type(row).objects.filter(pk=row.pk)._raw_delete(using="default")

    def test_drafts_are_edited_and_thrown_away(self) -> None:
        assessment = make_assessment(published=False)
        change = make_override(recorded_at=None)

        Assessment.objects.filter(pk=assessment.pk).update(rationale="Better.")
        DeadlineChange.objects.filter(pk=change.pk).update(reason="Better.")

        assessment.delete()
        change.delete()

    def test_the_evidence_of_a_published_assessment_is_settled_with_it(self) -> None:
        assessment = make_assessment()
        link = assessment.links.get()
        more = make_evidence(commitment=assessment.commitment)

        with refused_by("append_only"):
            AssessmentEvidence.objects.create(assessment=assessment, evidence=more)
        with refused_by("append_only"):
            link.delete()
        with refused_by("append_only"):
            AssessmentEvidence.objects.filter(pk=link.pk).update(evidence=more)
        with refused_by("append_only"):
            empty_table("tracking_assessmentevidence")
        draft = make_assessment(commitment=assessment.commitment, published=False, evidence=[])
        with refused_by("append_only"):
            AssessmentEvidence.objects.filter(pk=link.pk).update(assessment=draft)

    def test_cited_evidence_does_not_change(self) -> None:
        evidence = make_assessment().evidence.get()

        for column, value in (
            ("stance", "context"),
            ("dated_on", "2023-01-26"),
            ("note", "x"),
            ("kind", "announcement"),
        ):
            with refused_by("cited_evidence_is_settled"):
                Evidence.objects.filter(pk=evidence.pk).update(**{column: value})
        with refused_by("append_only"):
            Evidence.objects.filter(pk=evidence.pk).update(recorded_at=None)
        with refused_by("append_only"):
            run_sql("DELETE FROM tracking_evidence WHERE id = %s", [evidence.pk])

    def test_that_a_quote_was_lost_at_its_source_can_be_noted(self) -> None:
        evidence = make_assessment().evidence.get()

        Evidence.objects.filter(pk=evidence.pk).update(lost_at=NOW)

    def test_draft_evidence_is_edited_and_thrown_away(self) -> None:
        evidence = make_evidence(recorded_at=None)

        Evidence.objects.filter(pk=evidence.pk).update(stance="context")

        evidence.delete()

    def test_a_changed_page_is_a_new_snapshot(self) -> None:
        article = make_article(text="As it was.")

        make_snapshot(article=article, text="As it is.")

        assert article.snapshots.count() == 2

    def test_a_rubric_in_use_keeps_its_words(self) -> None:
        rubric = make_rubric()
        make_assessment(rubric=rubric)
        status = rubric.statuses.get(key="fulfilled")

        for changed in ({"key": "done"}, {"label": "Done"}, {"definition": "Other."}, {"is_concluded": False}):
            with refused_by("rubric_in_use_is_settled"):
                RubricStatus.objects.filter(pk=status.pk).update(**changed)
        with refused_by("rubric_in_use_is_settled"):
            RubricStatus.objects.create(rubric=rubric, key="new", label="New", definition="-", position=9)
        with refused_by("rubric_in_use_is_settled"):
            run_sql("DELETE FROM tracking_rubricstatus WHERE id = %s", [status.pk])
        with refused_by("rubric_in_use_is_settled"):
            Rubric.objects.filter(pk=rubric.pk).update(version="1b")

    def test_a_rubric_in_use_may_be_translated(self) -> None:
        rubric = make_rubric()
        make_assessment(rubric=rubric)

        RubricStatus.objects.filter(rubric=rubric, key="fulfilled").update(i18n={"label_ko": "이행"})
        Rubric.objects.filter(pk=rubric.pk).update(note="Used since 2022.")

    def test_an_unused_rubric_is_still_in_the_making(self) -> None:
        rubric = make_rubric("2")

        rubric.statuses.filter(key="fulfilled").update(label="Kept")


class TestSql:
    """Somebody at the server's own prompt."""

    def test_sql_cannot_change_delete_or_empty_it(self, settled: tuple[Any, str]) -> None:
        row, field = settled
        table = row._meta.db_table
        with refused_by("append_only"):
            run_sql(f"UPDATE {table} SET {field} = 'rewritten' WHERE id = %s", [row.pk])
        with refused_by("append_only"):
            run_sql(f"DELETE FROM {table} WHERE id = %s", [row.pk])
        with refused_by("append_only"):
            empty_table(table)

    def test_a_published_assessment_cannot_become_a_draft_again(self) -> None:
        assessment = make_assessment()
        with refused_by("append_only"):
            run_sql(
                "UPDATE tracking_assessment SET recorded_at = NULL, stage = 'draft' WHERE id = %s",
                [assessment.pk],
            )

    def test_every_rule_is_in_place(self) -> None:
        """A table of conclusions that lost a trigger in a migration would be found here."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'rule_%' AND tgenabled = 'O'"
            )
            found = set(cursor.fetchall())

        settled = {
            "assessment",
            "ruling",
            "deadlinechange",
            "conditionchange",
            "discontinuation",
            "supersession",
            "correction",
        }
        for table in {f"tracking_{name}" for name in settled} | {"articles_snapshot"}:
            assert (table, "rule_append_only") in found
            assert (table, "rule_append_only_truncate") in found
        assert ("tracking_assessment", "rule_append_only_update") in found
        assert ("tracking_supersession", "rule_a_circle") in found
        assert ("government_ministryname", "rule_append_only") in found
        for name in ("ministry", "membership", "post"):
            assert (f"government_{name}", "rule_holders") in found
        for name in ("evidence", "statement", "candidate", "annotation"):
            assert (f"tracking_{name}", "rule_passage") in found
