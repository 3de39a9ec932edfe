"""We know that a published reason may be translated later, with a trace, and that its own words never change."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from policytracker.tracking.actions.corrections import NoteMissing, StillADraft
from policytracker.tracking.actions.translating import NotATranslation, translate_rationale
from policytracker.tracking.corrections import corrections_of, ledger_faults
from policytracker.tracking.ledger import value_at
from policytracker.tracking.models import Correction
from policytracker.tracking.moments import Moment
from tests.factories import EARLY, NOW, make_assessment, make_commitment, make_user
from tests.refusals import refused_by, run_sql

pytestmark = pytest.mark.django_db
WORDS = "작업이 시작되었다."


def settle() -> None:
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql("SET CONSTRAINTS ALL DEFERRED")


def translate(assessment, words: str = WORDS, **given):
    translated = translate_rationale(
        assessment=assessment, language="ko", words=words, by=given.pop("by", None) or make_user(), at=NOW, **given
    )
    settle()
    return translated


def test_a_language_is_added_and_the_ledger_tells_it():
    assessment, user = make_assessment(), make_user()

    translate(assessment, by=user)

    assessment.refresh_from_db()
    assert assessment.rationale_ko == WORDS
    (line,) = Correction.objects.all()
    assert (line.target_kind, line.field, line.after, line.kind) == ("assessment", "rationale_ko", WORDS, "news")
    assert (line.made_by, line.recorded_at, line.commitment) == (user, NOW, assessment.commitment)
    assert value_at(assessment, "rationale_ko", EARLY) is None
    assert ledger_faults() == []


def test_the_audit_trail_keeps_it():
    assessment = make_assessment()

    translate(assessment)

    assert assessment.audit_trail.order_by("-pgh_id").first().i18n == {"rationale_ko": WORDS}


def test_it_is_added_although_something_was_concluded_since():
    commitment = make_commitment()
    first = make_assessment(commitment=commitment)
    make_assessment(commitment=commitment, status="fulfilled", effective_from=date(2023, 6, 1))

    translate(first)

    first.refresh_from_db()
    assert first.rationale_ko == WORDS


def test_a_translation_that_stands_changes_only_with_a_note():
    assessment = translate(make_assessment())

    with pytest.raises(NoteMissing):
        translate(assessment, "일이 시작되었다.")
    translate(assessment, "일이 시작되었다.", note="A slip.")

    (entry,) = corrections_of(Moment(NOW.date(), NOW, is_present=True)).entries
    assert (entry.before, entry.after, entry.language, entry.subject) == (
        WORDS,
        "일이 시작되었다.",
        "ko",
        assessment.commitment,
    )


@pytest.mark.parametrize(
    "change",
    [
        "rationale = 'Else.'",
        "status = 'fulfilled'",
        "effective_from = '2023-02-01'",
        "recorded_at = now()",
        """rationale = 'Else.', i18n = '{"rationale_ko": "다른 말"}'""",
    ],
)
def test_sql_does_not_change_what_was_published(change):
    assessment = make_assessment()

    with refused_by("append_only"):
        run_sql(f"UPDATE tracking_assessment SET {change} WHERE id = %s", [assessment.pk])


def test_sql_that_changes_a_translation_needs_a_correction():
    assessment = translate(make_assessment())

    with pytest.raises(IntegrityError, match="correct it with a note"), transaction.atomic():
        run_sql("UPDATE tracking_assessment SET i18n = '{}' WHERE id = %s", [assessment.pk])
        settle()


def test_sql_that_adds_one_leaves_a_trace_as_well():
    assessment = make_assessment()

    run_sql("""UPDATE tracking_assessment SET i18n = '{"rationale_ko": "하나"}' WHERE id = %s""", [assessment.pk])

    settle()
    assert [line.after for line in Correction.objects.all()] == ["하나"]


def test_a_published_assessment_is_still_not_deleted():
    with refused_by("append_only"):
        run_sql("DELETE FROM tracking_assessment WHERE id = %s", [make_assessment().pk])


def test_a_draft_and_a_language_of_nobody_are_refused():
    with pytest.raises(StillADraft):
        translate(make_assessment(published=False))
    with pytest.raises(NotATranslation):
        translate(make_assessment(), "  ")
    with pytest.raises(NotATranslation):
        translate_rationale(assessment=make_assessment(), language="tlh", words="Qapla’", by=make_user(), at=NOW)
