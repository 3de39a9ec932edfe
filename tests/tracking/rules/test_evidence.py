"""We know that no conclusion is published without evidence, on whichever path somebody tries (rule 1)."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytracker.government.models import (
    Commitment,
)
from policytracker.tracking.models import Annotation, Assessment, AssessmentEvidence, Candidate, Evidence, Statement
from tests.desk.conftest import client_of
from tests.factories import (
    NOW,
    QUOTE,
    make_annotation,
    make_article,
    make_assessment,
    make_candidate,
    make_commitment,
    make_evidence,
    make_government,
    make_occurrence,
    make_rubric,
    make_snapshot,
    make_statement,
    make_user,
    passage_of,
)
from tests.refusals import refused_by, run_sql
from tests.tracking.rules.attacks import (
    FEBRUARY,
    FORGED,
    FORGED_IN_ADMIN,
    admin_adds_none,
    admin_refuses,
    admin_url,
    api_writes_nothing,
    draft,
    is_told_why,
    publish,
    told,
    verdict,
)

pytestmark = pytest.mark.django_db

MAKERS = [make_evidence, make_statement, make_candidate, make_annotation]


BROKEN: dict[str, Callable[[Commitment], dict[str, Any]]] = {
    "no evidence": lambda commitment: {"evidence": []},
    "a rationale of blanks": lambda commitment: {"rationale": " \n"},
    "only a baseline": lambda commitment: {
        "evidence": [make_evidence(commitment=commitment, dated_on=date(2022, 1, 1))]
    },
    "a day to come": lambda commitment: {"effective_from": date(2099, 1, 1)},
    "a status of another rubric": lambda commitment: {"status": "broken"},
    "no reason for failing": lambda commitment: {"status": "stalled", "reason_code": ""},
}


class TestPage:
    """The desk's forms."""

    @pytest.mark.parametrize("flaw", BROKEN)
    def test_the_review_page_publishes_nothing_that_breaks_a_rule(self, flaw: str) -> None:
        commitment = make_commitment()
        unsound = make_assessment(
            commitment=commitment, published=False, stage="submitted", submitted_at=NOW, **BROKEN[flaw](commitment)
        )

        response = client_of("reviewer").post(
            f"/desk/reviews/{unsound.pk}/", {"do": "publish", "body": "", "version": unsound.version}
        )

        unsound.refresh_from_db()
        assert not unsound.is_published
        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode() or "errorlist" in response.content.decode()

    def test_the_assess_page_cites_no_evidence_of_another_commitment(self) -> None:
        commitment, other = make_commitment(), make_evidence()

        response = client_of("analyst").post(
            f"/desk/commitments/{commitment.slug}/assess/",
            {
                "status": "fulfilled",
                "effective_from": "2023-02-01",
                "rationale": "-",
                "evidence": [other.pk],
                "do": "submit",
            },
        )

        assert response.status_code == 422
        assert not Assessment.objects.filter(commitment=commitment).exists()

    @pytest.mark.parametrize(
        "slip", [{"exact": "something else"}, {"start": 3}, {"end": 9_999}, {"start": -1}, {"end": ""}]
    )
    def test_the_reading_page_takes_no_quote_that_does_not_occur(self, slip: dict[str, Any]) -> None:
        article, commitment, analyst = make_article(), make_commitment(), client_of("analyst")
        place = {name: value for name, value in passage_of(article.current_snapshot).items() if name != "snapshot"}
        form = place | {"snapshot": article.current_snapshot.pk, "motivation": "commenting", "visibility": "team"}
        evidence = {"commitment": commitment.slug, "stance": "supports", "submission_key": str(uuid4())}
        before = told()

        answer = analyst.post(f"/desk/articles/{article.pk}/annotations/", FORGED | form | evidence | slip)

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before and not Annotation.objects.exists()

    def test_evidence_that_a_published_conclusion_rests_on_is_taken_off_no_file(self) -> None:
        evidence = make_assessment().evidence.get()
        before = told()

        client_of("editor").post(f"/desk/evidence/{evidence.pk}/remove/", FORGED)

        assert told() == before


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_the_admin_adds_no_conclusion(self, admin_client: Client) -> None:
        assert admin_client.post(reverse("admin:tracking_assessment_add"), FORGED).status_code == 403
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize("kind", [Evidence, Statement])
    def test_the_admin_adds_no_passage(self, kind: type[Model], admin_client: Client) -> None:
        passage = passage_of(make_snapshot()) | {"snapshot": 1, "exact": "forged", "stance": "supports"}
        admin_adds_none(admin_client, kind, commitment=make_commitment().pk, **passage)

    @pytest.mark.parametrize("make", [make_evidence, make_snapshot])
    def test_the_admin_bends_no_evidence_nor_what_it_quotes(
        self, make: Callable[[], Any], admin_client: Client
    ) -> None:
        admin_refuses(admin_client, make())

    def test_the_admin_links_no_evidence_to_a_published_conclusion(self, admin_client: Client) -> None:
        assessment = make_assessment()
        more = make_evidence(commitment=assessment.commitment)
        link = {"links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "0", "links-0-evidence": more.pk}

        answer = admin_client.post(admin_url(assessment, "change", assessment.pk), FORGED_IN_ADMIN | link)

        assert answer.status_code == 403
        assert not AssessmentEvidence.objects.filter(evidence=more).exists()
        assert not AssessmentEvidence.objects.filter(evidence=None).exists()


class TestApi:
    """Programs: the API, twins, files of annotations."""

    def test_no_address_takes_a_conclusion_or_evidence(self, admin_client: Client) -> None:
        commitment = make_commitment(slug="yearly")
        api_writes_nothing(
            admin_client,
            "/api/v1/assessments/",
            "/api/v1/evidence/",
            "/api/v1/commitments/yearly/assessments/",
            "/commitments/yearly/?format=json",
            **verdict(commitment=commitment.pk),
        )

    def test_a_file_of_annotations_brings_neither_evidence_nor_words_that_are_not_there(self) -> None:
        article, commitment = make_article(), make_commitment()
        selectors = [{"type": "TextQuoteSelector", "exact": words} for words in (QUOTE, "words that are not there")]
        notes = [
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "type": "Annotation",
                "motivation": "assessing",
                "commitment": commitment.slug,
                "stance": "supports",
                "body": {"type": "TextualBody", "value": "From elsewhere."},
                "target": {"source": "https://news.example.org/1", "selector": selector},
            }
            for selector in selectors
        ]
        file = SimpleUploadedFile("notes.jsonld", json.dumps(notes).encode(), content_type="application/ld+json")
        before = told()

        answer = client_of("analyst").post(
            f"/desk/articles/{article.pk}/annotations/import/", {"file": file}, follow=True
        )

        assert "1 refused" in answer.content.decode()
        assert told() == before

    def test_an_unpublished_conclusion_is_in_no_twin(self, client: Client) -> None:
        unsound = draft(commitment=make_commitment(slug="yearly"), evidence=[], rationale="UNSOUND")

        for path in ("/commitments/yearly/", "/commitments/", "/timeline/", "/ministries/"):
            for form in ("json", "csv"):
                assert "UNSOUND" not in client.get(f"{path}?format={form}").content.decode(), path
        assert client.get("/commitments/yearly/?format=json").json()["verdicts"] == []
        assert not unsound.is_published


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_a_draft_may_be_without_anything(self) -> None:
        assert draft(evidence=[], rationale="").pk

    def test_a_sound_one_is_published(self) -> None:
        assessment = draft()

        publish(assessment)

        assessment.refresh_from_db()
        assert assessment.is_published

    @pytest.mark.parametrize(
        "status", ["not_started", "in_progress", "stalled", "partly_fulfilled", "fulfilled", "not_fulfilled"]
    )
    def test_no_status_that_concludes_stands_without_evidence(self, status: str) -> None:
        with refused_by("assessment_rests_on_evidence"):
            publish(draft(evidence=[], status=status))

    def test_not_rated_concludes_nothing(self) -> None:
        publish(draft(evidence=[], status="not_rated", rationale=""))

    def test_not_started_may_say_where_we_looked(self) -> None:
        publish(draft(evidence=[], status="not_started", where_looked="The ministry's releases of 2023."))

    @pytest.mark.parametrize(("status", "where"), [("not_started", "  \n"), ("in_progress", "Everywhere.")])
    def test_a_search_replaces_evidence_for_nothing_else(self, status: str, where: str) -> None:
        with refused_by("assessment_rests_on_evidence"):
            publish(draft(evidence=[], status=status, where_looked=where))

    def test_a_row_cannot_arrive_published(self) -> None:
        commitment = make_commitment()
        with refused_by("assessment_rests_on_evidence"):
            Assessment.objects.create(
                commitment=commitment,
                rubric=make_rubric(),
                status="fulfilled",
                effective_from=date(2023, 1, 27),
                rationale="Trust me.",
                author=make_user(),
                reviewer=make_user(),
                stage="published",
                created_at=FEBRUARY,
                recorded_at=FEBRUARY,
            )

    def test_a_rationale_of_blanks_is_none(self) -> None:
        with refused_by("published_assessment_has_a_rationale"):
            publish(draft(rationale=" \n\t"))

    def test_a_status_of_another_rubric_is_refused(self) -> None:
        with refused_by("status_is_in_its_rubric"):
            publish(draft(status="broken"))

    def test_a_status_that_tells_of_failure_says_what_kind(self) -> None:
        with refused_by("status_has_its_reason_code"):
            publish(draft(status="stalled", reason_code=""))

    def test_evidence_of_another_commitment_cannot_be_cited(self) -> None:
        assessment = draft(evidence=[])
        with refused_by("evidence_is_of_the_commitment"):
            AssessmentEvidence.objects.create(assessment=assessment, evidence=make_evidence())

    def test_evidence_that_is_not_public_cannot_be_rested_on(self) -> None:
        commitment = make_commitment()
        assessment = draft(commitment=commitment, evidence=[make_evidence(commitment=commitment, recorded_at=None)])
        with refused_by("evidence_is_public"):
            publish(assessment)

    def test_evidence_that_appears_later_cannot_be_rested_on(self) -> None:
        commitment = make_commitment()
        later = make_evidence(commitment=commitment, dated_on=date(2023, 3, 1))
        with refused_by("evidence_is_not_from_the_future"):
            publish(draft(commitment=commitment, evidence=[later]))

    def test_evidence_of_the_same_day_is_read_in_the_governments_zone(self) -> None:
        commitment = make_commitment(government=make_government(time_zone="Asia/Seoul"))
        just_after_midnight = datetime(2023, 2, 1, 15, 5, tzinfo=UTC)
        piece = make_evidence(commitment=commitment, dated_on=date(2023, 2, 2), recorded_at=just_after_midnight)
        assessment = draft(commitment=commitment, evidence=[piece])

        publish(assessment, just_after_midnight)

        with refused_by("evidence_is_not_from_the_future"):
            make_evidence(commitment=commitment, dated_on=date(2023, 2, 3), recorded_at=just_after_midnight)

    def test_evidence_older_than_the_commitment_is_only_a_baseline(self) -> None:
        commitment = make_commitment(made_on=date(2023, 1, 27))
        baseline = make_evidence(commitment=commitment, dated_on=date(2022, 12, 1))
        with refused_by("assessment_rests_on_evidence"):
            publish(draft(commitment=commitment, evidence=[baseline]))

        publish(draft(commitment=commitment, evidence=[baseline, make_evidence(commitment=commitment)]))

    def test_verifiability_is_decided_first(self) -> None:
        for verifiability in ("undecided", "not_verifiable"):
            with refused_by("verifiability_comes_first"):
                publish(draft(commitment=make_commitment(verifiability=verifiability)))

    def test_a_status_is_not_true_from_a_day_to_come(self) -> None:
        with refused_by("assessment_is_not_from_the_future"):
            publish(draft(effective_from=date(2023, 2, 3)))

    def test_a_draft_commitment_has_no_public_verdict(self) -> None:
        commitment = make_commitment(recorded_at=None)
        with refused_by("assessment_is_of_a_public_commitment"):
            publish(draft(commitment=commitment))

    def test_a_period_belongs_to_its_commitment(self) -> None:
        occurrence = make_occurrence()
        with refused_by("occurrence_is_of_the_commitment"):
            draft(commitment=make_commitment(), occurrence=occurrence)

    def test_a_replacement_replaces_something_of_the_same_commitment(self) -> None:
        other = make_assessment()
        with refused_by("replacement_is_of_the_same"):
            publish(draft(supersedes=other))

    @pytest.mark.parametrize("make", MAKERS)
    @pytest.mark.parametrize(
        "slip",
        [
            {"exact": "something else"},
            {"start": 3},
            {"end": 9_999},
            {"start": 0, "end": 1},
            {"start": 2_147_483_646, "end": 2_147_483_647},
        ],
    )
    def test_a_quote_that_does_not_occur_is_refused(self, make, slip) -> None:
        with refused_by("quote_occurs"):
            make(**slip)

    def test_offsets_count_code_points(self) -> None:
        snapshot = make_snapshot(text="담대한 구상 🕊️ 발표. A fully-composed é and e\u0301.")

        for quote in ("담대한", "🕊️ 발표", "e\u0301"):
            assert make_candidate(snapshot=snapshot, quote=quote).exact == quote
        with refused_by("quote_occurs"):
            make_candidate(snapshot=snapshot, quote="발표", exact="구상")

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
    @given(
        text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=2, max_size=80),
        data=st.data(),
    )
    def test_python_and_the_database_count_alike(self, text, data) -> None:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        snapshot = make_snapshot(text=text)

        row = Candidate.objects.create(
            snapshot=snapshot,
            start=start,
            end=end,
            exact=text[start:end],
            score=1,
            method="t",
            proposed_at=snapshot.taken_at,
        )

        assert row.pk

    def test_a_passage_of_another_snapshot_is_checked_there(self) -> None:
        evidence = make_evidence(recorded_at=None)
        other = make_snapshot(text="Quite another story.")
        with refused_by("quote_occurs"):
            Evidence.objects.filter(pk=evidence.pk).update(snapshot=other)


class TestSql:
    """Somebody at the server's own prompt."""

    def test_raw_sql_meets_the_same_rule(self) -> None:
        assessment = draft(evidence=[])
        with refused_by("assessment_rests_on_evidence"):
            run_sql(
                "UPDATE tracking_assessment SET stage = 'published', recorded_at = %s, reviewer_id = %s WHERE id = %s",
                [FEBRUARY, make_user().pk, assessment.pk],
            )

    def test_no_setting_of_a_session_switches_the_rule_off(self) -> None:
        assessment = draft(evidence=[])
        with connection.cursor() as cursor:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'tracking_assessment'::regclass")
            names = ",".join(name for (name,) in cursor.fetchall())
        run_sql("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + names + "}"])

        with refused_by("assessment_rests_on_evidence"):
            publish(assessment)

    def test_evidence_moved_to_another_commitment_after_it_was_cited_does_not_count(self) -> None:
        assessment = draft()
        run_sql("UPDATE tracking_evidence SET commitment_id = %s", [make_commitment().pk])

        with refused_by("evidence_is_of_the_commitment"):
            publish(assessment)

    @pytest.mark.parametrize("make", MAKERS)
    def test_raw_sql_cannot_bend_a_quote(self, make) -> None:
        row = make()
        with refused_by("quote_occurs"):
            run_sql(f"UPDATE {row._meta.db_table} SET exact = 'bent' WHERE id = %s", [row.pk])

    def test_a_row_of_links_brings_no_evidence_of_another_commitment(self) -> None:
        assessment, other = draft(evidence=[]), make_evidence()

        with refused_by("evidence_is_of_the_commitment"):
            run_sql(
                "INSERT INTO tracking_assessmentevidence (assessment_id, evidence_id) VALUES (%s, %s)",
                [assessment.pk, other.pk],
            )

    def test_evidence_is_not_dated_into_the_future_of_its_recording(self) -> None:
        evidence = make_evidence(recorded_at=FEBRUARY)

        with refused_by("evidence_is_not_from_the_future"):
            run_sql("UPDATE tracking_evidence SET dated_on = '2023-02-04' WHERE id = %s", [evidence.pk])
