import pickle

import pytest
from django.utils import translation

from articles.importing.refusals import (
    SENTENCES,
    DocumentRefused,
    FetchRefused,
    ImportRefused,
    Reason,
    RowRefused,
    sentence,
)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence_that_also_works_without_details(reason):
    told = sentence(reason.value, {})

    assert reason in SENTENCES
    assert told[0].isupper() or not told[0].isalpha()
    assert told.rstrip("”").endswith((".", "…", "?"))


def test_a_row_refusal_names_line_row_and_column():
    refusal = RowRefused(
        Reason.DATE_IMPOSSIBLE, value="2024-02-30", detail="day 30 of month 2", line=3, row=2, column="date"
    )

    assert str(refusal) == "Line 3, row 2, column “date”: “2024-02-30” is not a possible date (day 30 of month 2)."


def test_a_refusal_survives_being_sent_between_processes():
    for refusal in (
        FetchRefused(Reason.FORBIDDEN, status=403),
        DocumentRefused(Reason.EMPTY),
        RowRefused(Reason.NO_ROWS),
    ):
        again = pickle.loads(pickle.dumps(refusal))

        assert again == refusal
        assert type(again) is type(refusal)


def test_a_refusal_is_told_in_the_language_of_the_moment():
    refusal = ImportRefused(Reason.EMPTY)

    with translation.override("ko"):
        told = sentence(refusal.code, refusal.details)

    assert told


def test_what_an_older_or_newer_release_stored_can_still_be_told():
    assert sentence("no_such_code", {}) == "Not imported (no_such_code)."
    assert "…" in sentence("forbidden", {})


def test_a_long_value_is_cut_in_the_sentence_only():
    refusal = ImportRefused(Reason.DATE_UNREADABLE, value="x" * 500)

    assert len(str(refusal)) < 300
    assert len(refusal.details["value"]) == 500


def test_faults_that_pass_by_themselves_are_known():
    assert ImportRefused(Reason.TIMED_OUT).is_passing
    assert not ImportRefused(Reason.NOT_FOUND).is_passing
