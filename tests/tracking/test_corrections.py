"""The published record changes only with a correction, and the ledger gives back what it said before."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.actions import store_article
from articles.models import Article
from policytracker.tracking.actions.corrections import (
    NoteMissing,
    NothingToCorrect,
    StillADraft,
    correct_field,
    correct_fields,
    end_of,
)
from policytracker.tracking.corrections import corrections_of, ledger_faults
from policytracker.tracking.ledger import as_json, as_known, current_value, value_at
from policytracker.tracking.models import Correction
from policytracker.tracking.moments import Moment
from policytracker.tracking.timeline import timeline_of
from policytracker.tracking.timeline_keeping import faults
from tests.articles.drafts import make_draft
from tests.factories import (
    EARLY,
    NOW,
    make_article,
    make_assessment,
    make_commitment,
    make_correction,
    make_event,
    make_evidence,
    make_initiative,
    make_membership,
    make_ministry,
    make_occurrence,
    make_official,
    make_post,
    make_snapshot,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = Moment(date(2026, 3, 3), datetime(2026, 3, 3, tzinfo=UTC), is_present=True)


def settle() -> None:
    """Let the constraints speak that wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(sql: str, values: list) -> str:
    """What the database says to a statement; fails where it says nothing."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
        settle()
    return refusal.value.__cause__.diag.constraint_name


def correct(target, field, value, *, note="We misread the source.", at=NOW, **given):
    return correct_field(target=target, field=field, value=value, note=note, by=make_user(), at=at, **given)


class TestCorrecting:
    def test_a_correction_changes_the_field_and_tells_before_after_and_why(self):
        commitment = make_commitment(due_on=date(2023, 3, 31))

        line = correct(commitment, "due_on", date(2023, 4, 30))

        assert (line.before, line.after, line.note) == ("2023-03-31", "2023-04-30", "We misread the source.")
        assert commitment.due_on == date(2023, 4, 30)
        settle()

    @pytest.mark.parametrize(
        ("make", "field", "value"),
        [
            (make_commitment, "statement", "Publish it twice."),
            (make_commitment, "statement_ko", "두 번 발간한다."),
            (make_initiative, "name", "Another name"),
            (make_ministry, "name", "Another ministry"),
            (make_official, "name", "Somebody Else"),
            (make_membership, "started_on", date(2022, 5, 14)),
            (make_membership, "attested_on", [date(2022, 5, 14)]),
            (make_post, "is_head", True),
            (make_event, "text", "The North answers again."),
            (make_article, "headline", "Another headline"),
            (make_article, "published_at", datetime(2023, 1, 27, 5, 0, 0, 500000, tzinfo=UTC)),
            (make_statement, "said_on", date(2023, 1, 28)),
            (make_occurrence, "label", "2024, the first"),
        ],
    )
    def test_every_kind_of_row_can_be_corrected(self, make, field, value):
        row = make()

        line = correct(row, field, value)

        settle()
        assert value_at(row, field, NOW) == current_value(row, field) == line.after
        assert value_at(row, field, EARLY) == line.before
        assert ledger_faults() == []

    def test_a_correction_without_a_note_is_refused(self):
        with pytest.raises(NoteMissing):
            correct(make_commitment(), "statement", "Else.", note="  ")

    def test_a_correction_that_changes_nothing_is_refused(self):
        commitment = make_commitment()

        with pytest.raises(NothingToCorrect):
            correct(commitment, "statement", commitment.statement)

    def test_a_draft_is_not_corrected(self):
        with pytest.raises(StillADraft):
            correct(make_commitment(recorded_at=None), "statement", "Else.")

    def test_a_published_row_does_not_come_to_name_a_draft(self):
        with pytest.raises(StillADraft):
            correct(make_commitment(), "lead_ministry", make_ministry(recorded_at=None))

    @pytest.mark.parametrize(
        ("field", "value"), [("statement", ""), ("made_on", "soon"), ("lead_ministry", None), ("colour", "red")]
    )
    def test_a_value_the_field_cannot_hold_is_refused(self, field, value):
        with pytest.raises(ValidationError):
            correct(make_commitment(), field, value)

    def test_fields_that_belong_together_are_corrected_together(self):
        commitment = make_commitment(due_on=date(2023, 3, 31))

        lines = correct_fields(
            target=commitment,
            values={"due_on": None, "due_precision": ""},
            note="The source names no date.",
            by=make_user(),
            at=NOW,
        )

        settle()
        assert {line.field: line.after for line in lines} == {"due_on": None, "due_precision": ""}

    def test_assessments_that_rested_on_a_corrected_fact_are_named(self):
        assessment = make_assessment()
        make_assessment()

        line = correct(assessment.commitment, "due_words", "by March")

        assert list(line.affected_assessments.all()) == [assessment]

    def test_a_slip_of_ours_affects_no_assessment(self):
        line = correct(make_assessment().commitment, "statement", "Publish the report.", kind="typo")

        assert line.affected_assessments.count() == 0

    def test_a_corrected_article_names_the_assessments_that_cite_it(self):
        commitment, snapshot = make_commitment(), make_snapshot()
        evidence = make_evidence(commitment=commitment, snapshot=snapshot)
        assessment = make_assessment(commitment=commitment, evidence=[evidence])
        make_assessment()

        line = correct(snapshot.article, "published_on", date(2023, 1, 28))

        assert list(line.affected_assessments.all()) == [assessment]


class TestTheDatabaseHoldsIt:
    def test_a_published_field_does_not_change_without_a_correction(self):
        commitment = make_commitment()

        rule = refused("UPDATE government_commitment SET statement = 'Else.' WHERE id = %s", [commitment.pk])

        assert rule == "published_field_changes_with_a_correction"

    def test_neither_does_a_translation(self):
        commitment = make_commitment(statement_ko="보고서를 발간한다.")

        rule = refused(
            """UPDATE government_commitment SET i18n = '{"statement_ko": "다른 말"}' WHERE id = %s""", [commitment.pk]
        )

        assert rule == "published_field_changes_with_a_correction"

    def test_a_headline_does_not_change_by_hand(self):
        article = make_article()

        rule = refused("UPDATE articles_article SET headline = 'Else' WHERE id = %s", [article.pk])

        assert rule == "published_field_changes_with_a_correction"

    def test_a_published_row_does_not_go_back_to_being_a_draft(self):
        rule = refused("UPDATE tracking_event SET recorded_at = NULL WHERE id = %s", [make_event().pk])

        assert rule == "published_field_changes_with_a_correction"

    def test_a_published_row_is_not_deleted(self):
        rule = refused("DELETE FROM tracking_event WHERE id = %s", [make_event().pk])

        assert rule == "published_row_stays"

    def test_a_correction_of_something_else_does_not_help(self):
        commitment = make_commitment()
        correct(commitment, "statement", "Else.")
        settle()

        rule = refused("UPDATE government_commitment SET statement = 'Third.' WHERE id = %s", [commitment.pk])

        assert rule == "published_field_changes_with_a_correction"

    @pytest.mark.parametrize(
        ("before", "after"),
        [("A lie.", "Publish it."), ("Publish it.", "Something that was never written."), ("Same.", "Same.")],
    )
    def test_an_invented_line_of_the_ledger_is_refused(self, before, after):
        commitment = make_commitment(statement="Publish it.")
        correct(commitment, "statement", "Publish it soon.")
        settle()

        with pytest.raises(IntegrityError, match="does not fit the record"), transaction.atomic():
            make_correction(commitment, "statement", before, after, recorded_at=LATER)
            settle()

    def test_a_line_cannot_claim_to_belong_to_an_earlier_transaction(self):
        commitment = make_commitment()

        line = correct(commitment, "statement", "Else.")

        line.refresh_from_db()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            assert line.transaction_id == cursor.fetchone()[0]

    def test_a_draft_changes_and_goes_freely(self):
        event = make_event(recorded_at=None)

        event.text = "Else."
        event.save()
        event.delete()

        settle()

    def test_what_is_not_protected_changes_freely(self):
        article = make_article()

        article.source_state = "gone"
        article.save()

        settle()

    def test_the_end_of_a_transaction_refuses_and_nothing_is_left(self, transactional_db):
        commitment = make_commitment()

        with pytest.raises(IntegrityError), transaction.atomic():
            type(commitment).objects.filter(pk=commitment.pk).update(statement="Else.")

        commitment.refresh_from_db()
        assert commitment.statement != "Else."


class TestNews:
    def test_an_end_that_comes_is_news_and_not_a_correction(self):
        membership, user = make_membership(), make_user()

        end_of(target=membership, values={"ended_on": date(2023, 7, 28), "ended_precision": "day"}, by=user, at=NOW)

        settle()
        assert set(Correction.objects.values_list("field", "kind", "made_by", "recorded_at")) == {
            ("ended_on", "news", user.pk, NOW),
            ("ended_precision", "news", user.pk, NOW),
        }
        assert corrections_of(TODAY).entries == []
        assert value_at(membership, "ended_on", NOW - timedelta(days=1)) is None

    def test_an_end_that_stands_is_not_moved_as_news(self):
        membership = make_membership(ended_on=date(2023, 7, 28))

        with pytest.raises(IntegrityError), transaction.atomic():
            end_of(target=membership, values={"ended_on": date(2023, 7, 29)}, by=make_user(), at=NOW)
            settle()

    def test_a_translation_that_is_added_is_news(self):
        ministry = make_ministry()

        ministry.name_ko = "통일부"
        ministry.save()

        settle()
        assert [(line.field, line.after, line.kind) for line in Correction.objects.all()] == [
            ("name_ko", "통일부", "news")
        ]

    def test_what_a_source_says_anew_is_news_with_its_moment(self):
        draft = make_draft(headline="Old")
        article = store_article(draft=draft, raw=b"1", at=EARLY).article
        Article.objects.filter(pk=article.pk).update(recorded_at=EARLY)

        store_article(draft=replace(draft, headline="Ministry to do something else"), raw=b"2", at=LATER)

        settle()
        assert value_at(Article.objects.get(), "headline", NOW) == "Old"
        assert value_at(Article.objects.get(), "headline", LATER) == "Ministry to do something else"
        assert corrections_of(TODAY).entries == []


class TestReadingBack:
    def test_a_row_reads_as_it_did_at_any_moment(self):
        commitment = make_commitment(statement="One.", statement_ko="하나.")
        correct(commitment, "statement", "Two.", at=datetime(2024, 1, 1, tzinfo=UTC))
        correct(commitment, "statement_ko", "둘.", at=datetime(2024, 6, 1, tzinfo=UTC))
        correct(commitment, "statement", "Three.", at=datetime(2025, 1, 1, tzinfo=UTC))

        def read(*day: int) -> tuple[str, str]:
            row = type(commitment).objects.get(pk=commitment.pk)
            as_known([row], datetime(*day, tzinfo=UTC))
            return row.statement, row.statement_ko

        assert read(2023, 12, 31) == ("One.", "하나.")
        assert read(2024, 1, 1) == ("Two.", "하나.")
        assert read(2024, 7, 1) == ("Two.", "둘.")
        assert read(2025, 1, 1) == ("Three.", "둘.")

    def test_a_timeline_asked_by_an_earlier_moment_shows_the_words_and_days_of_then(self):
        ministry = make_ministry(name="Old name")
        commitment = make_commitment(lead_ministry=ministry, statement="Old words.", made_on=date(2023, 1, 27))
        for target, field, value in (
            (ministry, "name", "New name"),
            (commitment, "statement", "New words."),
            (commitment, "made_on", date(2023, 1, 30)),
        ):
            correct(target, field, value)

        def told(moment):
            (entry,) = timeline_of(commitment, moment, kinds=["commitment"]).entries
            return entry.happened_on, entry.title, entry.ministry.name

        assert told(TODAY) == (date(2023, 1, 30), "New words.", "New name")
        assert told(Moment(TODAY.as_of, NOW - timedelta(seconds=1))) == (date(2023, 1, 27), "Old words.", "Old name")
        assert faults() == []

    def test_a_line_moves_to_another_timeline_from_the_correction_on(self):
        old, new = make_ministry(), make_ministry()
        commitment = make_commitment(lead_ministry=old)
        make_evidence(commitment=commitment)

        correct(commitment, "lead_ministry", new)

        before = Moment(TODAY.as_of, NOW - timedelta(seconds=1))

        def kinds(subject, moment):
            return [entry.kind for entry in timeline_of(subject, moment).entries]

        assert "evidence" in kinds(new, TODAY) and "evidence" not in kinds(old, TODAY)
        assert "evidence" in kinds(old, before) and "evidence" not in kinds(new, before)
        assert faults() == []

    @given(
        edits=st.lists(
            st.tuples(
                st.sampled_from(["statement", "statement_ko", "due_words", "made_on", "lead_ministry"]),
                st.integers(0, 3),
            ),
            max_size=8,
        )
    )
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_replaying_the_ledger_gives_every_state_the_record_was_in(self, edits):
        ministries = [make_ministry() for _ in range(4)]
        commitment = make_commitment(lead_ministry=ministries[0])
        values = {
            "statement": ["One.", "Two.", "Three.", "Four."],
            "statement_ko": ["하나.", "둘.", None, "넷."],
            "due_words": ["", "soon", "in March", "later"],
            "made_on": [date(2023, 1, day) for day in range(1, 5)],
            "lead_ministry": ministries,
        }
        moments = [EARLY + timedelta(days=number + 1) for number in range(len(edits))]
        states = {}

        def state(row):
            return {field: current_value(row, field) for field in values}

        states[EARLY] = state(commitment)
        for (field, choice), moment in zip(edits, moments, strict=True):
            with suppress(NothingToCorrect):
                correct(commitment, field, values[field][choice], at=moment)
            states[moment] = state(commitment)
        settle()

        for moment, expected in states.items():
            row = type(commitment).objects.get(pk=commitment.pk)
            as_known([row], moment)
            assert state(row) == expected
            with connection.cursor() as cursor:
                cursor.execute("SELECT tracking_ledger_at('commitment', %s, %s)", [commitment.pk, moment])
                told = json.loads(cursor.fetchone()[0])
            assert {field: told.get(field) for field in values} == expected
        assert ledger_faults() == [] and faults() == []


class TestThePage:
    def test_a_correction_is_told_with_words_for_a_reader(self):
        old, new = make_ministry(name="Ministry of Unification"), make_ministry(name="Ministry of Justice")
        commitment = make_commitment(lead_ministry=old)
        correct(commitment, "lead_ministry", new)
        correct(commitment, "made_on", date(2023, 1, 28), at=LATER)

        entries = corrections_of(TODAY).entries

        assert [(e.label, e.before, e.after) for e in entries] == [
            ("made on", "27 January 2023", "28 January 2023"),
            ("lead ministry", "Ministry of Unification", "Ministry of Justice"),
        ]
        assert {entry.subject for entry in entries} == {commitment}

    def test_a_subject_shows_its_own_corrections_with_those_of_its_parts(self):
        membership = make_membership()
        correct(membership, "started_on", date(2022, 5, 14))
        correct(make_commitment(), "statement", "Else.")

        assert [e.target for e in corrections_of(TODAY, subject=membership.official).entries] == [membership]

    def test_an_earlier_moment_does_not_know_later_corrections(self):
        correct(make_commitment(), "statement", "Else.", at=LATER)

        assert corrections_of(Moment(TODAY.as_of, NOW)).entries == []

    def test_a_page_asks_a_bounded_number_of_questions(self, django_assert_num_queries):
        for _ in range(3):
            correct(make_assessment().commitment, "due_words", "in spring")

        with django_assert_num_queries(3):
            corrections_of(TODAY)

    def test_moments_are_written_as_the_database_writes_them(self):
        moment = datetime(2023, 1, 27, 5, 0, 0, 120000, tzinfo=UTC)

        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(%s::timestamptz)", [moment])
            assert cursor.fetchone()[0] in (as_json(moment), f'"{as_json(moment)}"')
