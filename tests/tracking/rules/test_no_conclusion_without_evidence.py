"""We know that no conclusion is published without evidence, on whichever path somebody tries."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from policytracker.tracking.models import Assessment, AssessmentEvidence
from tests.factories import (
    make_assessment,
    make_commitment,
    make_evidence,
    make_government,
    make_occurrence,
    make_rubric,
    make_user,
)
from tests.refusals import refused_by, run_sql

pytestmark = pytest.mark.django_db

FEBRUARY = datetime(2023, 2, 1, tzinfo=UTC)


def publish(assessment: Assessment, at: datetime = FEBRUARY, **fields: Any) -> None:
    """Publish as the ORM would, without any action."""
    Assessment.objects.filter(pk=assessment.pk).update(
        **{"stage": "published", "reviewer": make_user(), "recorded_at": at} | fields
    )


def draft(**fields: Any) -> Assessment:
    return make_assessment(published=False, **fields)


def test_a_draft_may_be_without_anything() -> None:
    assert draft(evidence=[], rationale="").pk


def test_a_sound_one_is_published() -> None:
    assessment = draft()

    publish(assessment)

    assessment.refresh_from_db()
    assert assessment.is_published


@pytest.mark.parametrize(
    "status", ["not_started", "in_progress", "stalled", "partly_fulfilled", "fulfilled", "not_fulfilled"]
)
def test_no_status_that_concludes_stands_without_evidence(status: str) -> None:
    with refused_by("assessment_rests_on_evidence"):
        publish(draft(evidence=[], status=status))


def test_not_rated_concludes_nothing() -> None:
    publish(draft(evidence=[], status="not_rated", rationale=""))


def test_not_started_may_say_where_we_looked() -> None:
    publish(draft(evidence=[], status="not_started", where_looked="The ministry's releases of 2023."))


@pytest.mark.parametrize(("status", "where"), [("not_started", "  \n"), ("in_progress", "Everywhere.")])
def test_a_search_replaces_evidence_for_nothing_else(status: str, where: str) -> None:
    with refused_by("assessment_rests_on_evidence"):
        publish(draft(evidence=[], status=status, where_looked=where))


def test_a_row_cannot_arrive_published() -> None:
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


def test_raw_sql_meets_the_same_rule() -> None:
    assessment = draft(evidence=[])
    with refused_by("assessment_rests_on_evidence"):
        run_sql(
            "UPDATE tracking_assessment SET stage = 'published', recorded_at = %s, reviewer_id = %s WHERE id = %s",
            [FEBRUARY, make_user().pk, assessment.pk],
        )


def test_no_setting_of_a_session_switches_the_rule_off() -> None:
    assessment = draft(evidence=[])
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'tracking_assessment'::regclass")
        names = ",".join(name for (name,) in cursor.fetchall())
    run_sql("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + names + "}"])

    with refused_by("assessment_rests_on_evidence"):
        publish(assessment)


def test_a_rationale_of_blanks_is_none() -> None:
    with refused_by("published_assessment_has_a_rationale"):
        publish(draft(rationale=" \n\t"))


def test_a_status_of_another_rubric_is_refused() -> None:
    with refused_by("status_is_in_its_rubric"):
        publish(draft(status="broken"))


def test_a_status_that_tells_of_failure_says_what_kind() -> None:
    with refused_by("status_has_its_reason_code"):
        publish(draft(status="stalled", reason_code=""))


def test_evidence_of_another_commitment_cannot_be_cited() -> None:
    assessment = draft(evidence=[])
    with refused_by("evidence_is_of_the_commitment"):
        AssessmentEvidence.objects.create(assessment=assessment, evidence=make_evidence())


def test_evidence_moved_to_another_commitment_after_it_was_cited_does_not_count() -> None:
    assessment = draft()
    run_sql("UPDATE tracking_evidence SET commitment_id = %s", [make_commitment().pk])

    with refused_by("evidence_is_of_the_commitment"):
        publish(assessment)


def test_evidence_that_is_not_public_cannot_be_rested_on() -> None:
    commitment = make_commitment()
    assessment = draft(commitment=commitment, evidence=[make_evidence(commitment=commitment, recorded_at=None)])
    with refused_by("evidence_is_public"):
        publish(assessment)


def test_evidence_that_appears_later_cannot_be_rested_on() -> None:
    commitment = make_commitment()
    later = make_evidence(commitment=commitment, dated_on=date(2023, 3, 1))
    with refused_by("evidence_is_not_from_the_future"):
        publish(draft(commitment=commitment, evidence=[later]))


def test_evidence_of_the_same_day_is_read_in_the_governments_zone() -> None:
    commitment = make_commitment(government=make_government(time_zone="Asia/Seoul"))
    just_after_midnight = datetime(2023, 2, 1, 15, 5, tzinfo=UTC)
    piece = make_evidence(commitment=commitment, dated_on=date(2023, 2, 2), recorded_at=just_after_midnight)
    assessment = draft(commitment=commitment, evidence=[piece])

    publish(assessment, just_after_midnight)

    with refused_by("evidence_is_not_from_the_future"):
        make_evidence(commitment=commitment, dated_on=date(2023, 2, 3), recorded_at=just_after_midnight)


def test_evidence_older_than_the_commitment_is_only_a_baseline() -> None:
    commitment = make_commitment(made_on=date(2023, 1, 27))
    baseline = make_evidence(commitment=commitment, dated_on=date(2022, 12, 1))
    with refused_by("assessment_rests_on_evidence"):
        publish(draft(commitment=commitment, evidence=[baseline]))

    publish(draft(commitment=commitment, evidence=[baseline, make_evidence(commitment=commitment)]))


def test_verifiability_is_decided_first() -> None:
    for verifiability in ("undecided", "not_verifiable"):
        with refused_by("verifiability_comes_first"):
            publish(draft(commitment=make_commitment(verifiability=verifiability)))


def test_a_status_is_not_true_from_a_day_to_come() -> None:
    with refused_by("assessment_is_not_from_the_future"):
        publish(draft(effective_from=date(2023, 2, 3)))


def test_a_draft_commitment_has_no_public_verdict() -> None:
    commitment = make_commitment(recorded_at=None)
    with refused_by("assessment_is_of_a_public_commitment"):
        publish(draft(commitment=commitment))


def test_a_period_belongs_to_its_commitment() -> None:
    occurrence = make_occurrence()
    with refused_by("occurrence_is_of_the_commitment"):
        draft(commitment=make_commitment(), occurrence=occurrence)


def test_a_replacement_replaces_something_of_the_same_commitment() -> None:
    other = make_assessment()
    with refused_by("replacement_is_of_the_same"):
        publish(draft(supersedes=other))


def test_somebody_else_publishes() -> None:
    assessment = draft()
    with refused_by("four_eyes"):
        publish(assessment, reviewer=assessment.author)
    with refused_by("published_assessment_has_a_reviewer"):
        publish(assessment, reviewer=None)


def test_one_person_teams_say_so() -> None:
    assessment = draft()

    publish(assessment, reviewer=assessment.author, is_single_handed=True)
