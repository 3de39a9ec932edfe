"""We know how an assessment is drafted, submitted, reviewed and published, and what stops it on the way."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from policytracker.government.actions import DependsOnDraft
from policytracker.tracking.actions.assessments import (
    AssessmentRefused,
    Conclusion,
    discard_draft,
    draft_assessment,
    save_draft,
    submit_assessment,
    take_back,
)
from policytracker.tracking.actions.refusals import ChangedMeanwhile
from policytracker.tracking.actions.reviews import (
    dispute_assessment,
    publish_assessment,
    remark,
    return_assessment,
    uphold_assessment,
    withdraw_assessment,
)
from policytracker.tracking.actions.rules import EvidenceMissing, FourEyesRequired, RuleBroken
from policytracker.tracking.models import Assessment, Ruling
from tests.factories import NOW, make_article, make_commitment, make_evidence, make_initiative, make_user

pytestmark = pytest.mark.django_db


def conclusion(*evidence: Any, **fields: Any) -> Conclusion:
    defaults = {"status": "fulfilled", "effective_from": date(2023, 3, 30), "rationale": "It is out."}
    return Conclusion(evidence=evidence, **defaults | fields)


def make_draft(**fields: Any) -> Assessment:
    commitment = fields.pop("commitment", None) or make_commitment()
    evidence = fields.pop("evidence", None) or [make_evidence(commitment=commitment, recorded_at=None)]
    return draft_assessment(
        commitment=commitment,
        conclusion=conclusion(*evidence, **fields),
        by=make_user(),
        at=NOW,
    )


def submitted(**fields: Any) -> Assessment:
    draft = make_draft(**fields)
    return submit_assessment(assessment=draft, by=draft.author, at=NOW)


def test_a_form_sent_twice_makes_one_draft() -> None:
    commitment, user, key = make_commitment(), make_user(), uuid4()

    for _ in range(2):
        draft_assessment(commitment=commitment, conclusion=conclusion(), by=user, at=NOW, key=key)

    assert Assessment.objects.count() == 1


def test_publishing_takes_along_the_evidence_and_the_article_it_quotes() -> None:
    article = make_article(recorded_at=None)
    commitment = make_commitment()
    evidence = make_evidence(commitment=commitment, snapshot=article.current_snapshot, recorded_at=None)
    assessment, reviewer = submitted(commitment=commitment, evidence=[evidence]), make_user()

    published = publish_assessment(assessment=assessment, by=reviewer, at=NOW)

    evidence.refresh_from_db()
    article.refresh_from_db()
    assert published.recorded_at == evidence.recorded_at == article.recorded_at == NOW
    assert published.reviewer == reviewer


def test_submitting_publishes_nothing() -> None:
    assessment = submitted()

    evidence = assessment.evidence.get()
    assert assessment.recorded_at is None
    assert evidence.recorded_at is None


def test_nobody_publishes_their_own(settings: Any) -> None:
    assessment = submitted()

    with pytest.raises(FourEyesRequired):
        publish_assessment(assessment=assessment, by=assessment.author, at=NOW)

    settings.FOUR_EYES = False
    assert publish_assessment(assessment=assessment, by=assessment.author, at=NOW).is_single_handed


def test_a_conclusion_without_evidence_is_not_even_submitted() -> None:
    draft = draft_assessment(commitment=make_commitment(), conclusion=conclusion(), by=make_user(), at=NOW)

    with pytest.raises(EvidenceMissing) as refusal:
        submit_assessment(assessment=draft, by=draft.author, at=NOW)

    assert refusal.value.field == "evidence"
    draft.refresh_from_db()
    assert draft.stage == "draft"


def test_not_started_may_say_where_we_looked() -> None:
    draft = draft_assessment(
        commitment=make_commitment(),
        conclusion=conclusion(status="not_started", where_looked="The ministry's site, January to March 2023."),
        by=make_user(),
        at=NOW,
    )

    assert submit_assessment(assessment=draft, by=draft.author, at=NOW).stage == "submitted"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"rationale": "  "}, "rationale"),
        ({"status": "stalled"}, "reason_code"),
        ({"status": "invented"}, "status"),
        ({"effective_from": NOW.date() + timedelta(days=3)}, "effective_from"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(fields: dict[str, Any], field: str) -> None:
    draft = make_draft(**fields)

    with pytest.raises(RuleBroken) as refusal:
        submit_assessment(assessment=draft, by=draft.author, at=NOW)

    assert refusal.value.field == field


def test_the_second_to_save_gets_both_versions_and_loses_nothing() -> None:
    draft = make_draft()
    save_draft(assessment=draft, version=1, conclusion=conclusion(rationale="First."), by=draft.author, at=NOW)

    with pytest.raises(ChangedMeanwhile) as conflict:
        save_draft(assessment=draft, version=1, conclusion=conclusion(rationale="Second."), by=draft.author, at=NOW)

    assert conflict.value.current.rationale == "First."


def test_only_its_author_edits_a_draft_and_only_while_it_is_one() -> None:
    draft = make_draft()
    with pytest.raises(AssessmentRefused):
        save_draft(assessment=draft, version=1, conclusion=conclusion(), by=make_user(), at=NOW)

    submit_assessment(assessment=draft, by=draft.author, at=NOW)

    with pytest.raises(AssessmentRefused):
        save_draft(assessment=draft, version=1, conclusion=conclusion(), by=draft.author, at=NOW)


def test_what_was_returned_is_edited_and_submitted_again() -> None:
    assessment, reviewer = submitted(), make_user()

    returned = return_assessment(assessment=assessment, body="Which edition?", by=reviewer, at=NOW)
    again = submit_assessment(assessment=returned, by=returned.author, at=NOW)

    assert publish_assessment(assessment=again, by=reviewer, at=NOW).is_published
    assert [r.verdict for r in assessment.remarks.all()] == ["returned", "published"]


def test_returning_needs_a_word() -> None:
    with pytest.raises(AssessmentRefused):
        return_assessment(assessment=submitted(), body=" ", by=make_user(), at=NOW)
    with pytest.raises(AssessmentRefused):
        remark(assessment=submitted(), body="", by=make_user(), at=NOW)


def test_an_author_takes_back_or_discards() -> None:
    taken = take_back(assessment=(assessment := submitted()), by=assessment.author, at=NOW)
    discard_draft(assessment=taken, by=taken.author, at=NOW)

    taken.refresh_from_db()
    assert taken.stage == "discarded"
    with pytest.raises(AssessmentRefused):
        publish_assessment(assessment=taken, by=make_user(), at=NOW)


def test_publishing_twice_changes_nothing() -> None:
    assessment, reviewer = submitted(), make_user()
    publish_assessment(assessment=assessment, by=reviewer, at=NOW)

    again = publish_assessment(assessment=assessment, by=make_user(), at=NOW + timedelta(days=1))

    assert again.recorded_at == NOW
    assert again.reviewer == reviewer


def test_what_follows_is_rows_of_its_own() -> None:
    assessment, editor = submitted(), make_user()
    with pytest.raises(AssessmentRefused):
        withdraw_assessment(assessment=assessment, reason="Too early.", by=editor, at=NOW)
    publish_assessment(assessment=assessment, by=editor, at=NOW)

    dispute_assessment(assessment=assessment, reason="The English edition is missing.", by=editor, at=NOW)
    uphold_assessment(assessment=assessment, reason="It came in April.", by=editor, at=NOW)
    withdraw_assessment(assessment=assessment, reason="The quote was misread.", by=editor, at=NOW)

    assert list(Ruling.objects.values_list("kind", flat=True)) == ["disputed", "upheld", "withdrawn"]
    with pytest.raises(AssessmentRefused):
        withdraw_assessment(assessment=assessment, reason="Again.", by=editor, at=NOW)


def test_a_draft_commitment_is_published_with_its_first_assessment() -> None:
    draft = make_draft(commitment=make_commitment(recorded_at=None))

    submit_assessment(assessment=draft, by=draft.author, at=NOW)
    draft.commitment.refresh_from_db()
    assert not draft.commitment.is_published

    publish_assessment(assessment=draft, by=make_user(), at=NOW)
    draft.commitment.refresh_from_db()
    assert draft.commitment.recorded_at == NOW


def test_a_commitment_that_names_a_draft_is_not_assessed_in_public() -> None:
    commitment = make_commitment(recorded_at=None, initiative=make_initiative(recorded_at=None))
    draft = make_draft(commitment=commitment)

    with pytest.raises(DependsOnDraft):
        submit_assessment(assessment=draft, by=draft.author, at=NOW)
