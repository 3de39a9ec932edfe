"""We know that refiling a public subject is told by the ledger, on whichever path, and that replaying it still holds."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from policytracker.tracking.actions.corrections import StillADraft, correct_fields
from policytracker.tracking.actions.tagging import tag_subject
from policytracker.tracking.corrections import corrections_of, ledger_faults
from policytracker.tracking.ledger import current_value, value_at
from policytracker.tracking.models import Correction
from policytracker.tracking.moments import Moment
from tests.factories import (
    EARLY,
    NOW,
    make_assessment,
    make_commitment,
    make_correction,
    make_initiative,
    make_ministry,
    make_tag,
    make_topic,
    make_user,
)
from tests.refusals import run_sql

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = Moment(LATER.date(), LATER, is_present=True)


def settle() -> None:
    """Let the constraints speak that wait for the end of the transaction."""
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql("SET CONSTRAINTS ALL DEFERRED")


def refile(target, at=NOW, **values):
    lines = correct_fields(target=target, values=values, note="Filed wrongly.", by=make_user(), at=at)
    settle()
    return lines


def lines_of(target) -> list[tuple]:
    told = Correction.objects.filter(target_kind=target._meta.model_name, target_id=target.pk).order_by("id")
    return [(line.field, line.before, line.after, line.kind) for line in told]


@pytest.fixture
def filed():
    """A public commitment that was published under one topic, with another topic at hand."""
    old, new = make_topic(label="Old"), make_topic(label="New")
    commitment = make_commitment(recorded_at=None)
    commitment.topics.add(old)
    type(commitment).objects.filter(pk=commitment.pk).update(recorded_at=EARLY)
    commitment.refresh_from_db()
    settle()
    return commitment, old, new


def test_what_was_filed_before_publication_is_no_refiling(filed):
    commitment, _old, _new = filed

    assert lines_of(commitment) == []


def test_refiling_with_a_note_is_one_line_with_before_and_after(filed):
    commitment, old, new = filed

    (line,) = refile(commitment, topics=[new])

    assert (line.before, line.after) == ([old.pk], [new.pk])
    assert lines_of(commitment) == [("topics", [old.pk], [new.pk], "fact")]
    assert list(commitment.topics.all()) == [new]
    assert ledger_faults() == []


def test_fields_and_filing_are_corrected_for_one_reason(filed):
    commitment, _old, new = filed
    supporting = make_ministry()
    make_assessment(commitment=commitment)

    lines = refile(commitment, statement="Else.", topics=[new], supporting_ministries=[supporting])

    assert [line.field for line in lines] == ["statement", "topics", "supporting_ministries"]
    assert all(line.affected_assessments.count() == 1 for line in lines)
    assert ledger_faults() == []


def test_a_reader_sees_names_and_why(filed):
    commitment, _old, new = filed
    refile(commitment, topics=[new])

    (entry,) = corrections_of(TODAY).entries

    assert (entry.label, entry.before, entry.after, entry.note) == ("topics", "Old", "New", "Filed wrongly.")


@pytest.mark.parametrize("make", [make_commitment, make_initiative])
def test_sql_that_refiles_is_told_by_the_database_itself(make):
    subject, topic = make(), make_topic()
    kind = subject._meta.model_name

    run_sql(f"INSERT INTO government_{kind}_topics ({kind}_id, topic_id) VALUES (%s, %s)", [subject.pk, topic.pk])
    run_sql(f"DELETE FROM government_{kind}_topics WHERE {kind}_id = %s", [subject.pk])

    settle()
    assert lines_of(subject) == [("topics", [], [topic.pk], "news"), ("topics", [topic.pk], [], "news")]
    assert ledger_faults() == []


def test_tags_are_told_too():
    commitment, tag = make_commitment(), make_tag("rights")

    tag_subject(subject=commitment, tags=[tag], by=make_user(), at=NOW)

    settle()
    assert lines_of(commitment) == [("tags", [], [tag.pk], "news")]
    assert corrections_of(TODAY).entries == [] and ledger_faults() == []


def test_filing_of_an_earlier_moment_can_be_read_back(filed):
    commitment, old, new = filed
    refile(commitment, topics=[new])
    refile(commitment, at=LATER, topics=[old, new])

    assert value_at(commitment, "topics", EARLY) == [old.pk]
    assert value_at(commitment, "topics", NOW) == [new.pk]
    assert value_at(commitment, "topics", LATER) == current_value(commitment, "topics") == [old.pk, new.pk]


def test_a_line_about_what_was_never_filed_is_refused(filed):
    commitment, old, new = filed

    with pytest.raises(IntegrityError, match="filed otherwise"), transaction.atomic():
        make_correction(commitment, "topics", [new.pk], [old.pk])


def test_a_told_change_that_does_not_come_is_refused(filed):
    commitment, old, new = filed

    with pytest.raises(IntegrityError, match="says something else"), transaction.atomic():
        make_correction(commitment, "topics", [old.pk], [new.pk])
        settle()


def test_a_draft_ministry_is_not_named_by_a_public_commitment(filed):
    commitment, _old, _new = filed

    with pytest.raises(StillADraft):
        refile(commitment, supporting_ministries=[make_ministry(recorded_at=None)])


def test_a_draft_is_filed_freely():
    commitment = make_commitment(recorded_at=None)

    commitment.topics.add(make_topic())

    settle()
    assert lines_of(commitment) == []


def test_refiling_today_keeps_nobody_from_correcting_what_was_found_before():
    commitment = make_commitment()
    commitment.topics.add(make_topic())

    refile(commitment, statement="Else.")

    assert [field for field, *_rest in lines_of(commitment)] == ["topics", "statement"]
    assert ledger_faults() == []
