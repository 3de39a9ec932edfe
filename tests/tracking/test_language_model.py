"""A language model may suggest; only what the text bears out is kept."""

from datetime import date

import pytest

from policytracker.tracking.candidates import read_text
from policytracker.tracking.language_model import joined, proposals_of_model

ON = date(2023, 1, 27)
TEXT = "The ministry met on Friday. A road map is on the cards for March. The ministry will publish a report."


def model_that_says(*suggestions):
    return lambda text, *, on, language: suggestions


def proposed(*suggestions):
    return proposals_of_model(model_that_says(*suggestions), TEXT, on=ON, language="en")


def test_a_quote_that_stands_in_the_text_is_proposed_at_its_offsets():
    found = proposed({"quote": "A road map is on the cards for March.", "kind": "action", "score": 0.8})

    assert [(TEXT[each.start : each.end], each.score) for each in found] == [
        ("A road map is on the cards for March.", 0.8)
    ]
    assert [reason.code for reason in found[0].reasons] == ["model"]


def test_a_quote_that_the_text_does_not_hold_is_dropped():
    assert not proposed({"quote": "The ministry will resign."})


def test_its_deadline_is_read_by_our_own_grammar():
    found = proposed({"quote": "A road map is on the cards for March.", "deadline": "for March", "date": "1999-01-01"})

    assert found[0].deadline
    assert found[0].deadline.date == date(2023, 3, 31)


@pytest.mark.parametrize(
    "suggestion",
    [
        {},
        {"quote": None},
        {"quote": ""},
        {"quote": "   "},
        {"quote": 7},
        "not a mapping",
        {"quote": "x" * 5_000},
    ],
)
def test_nonsense_is_dropped(suggestion):
    assert not proposed(suggestion)


def test_nonsense_in_the_details_becomes_the_plainest_value():
    found = proposed(
        {
            "quote": "The ministry met on Friday.",
            "kind": "<b>",
            "specificity": 3,
            "score": "high",
            "actor": "Nobody",
            "deadline": "soon",
        }
    )

    (only,) = found
    assert (only.kind, only.specificity, only.score, only.actor, only.deadline) == ("action", "vague", 0.5, "", None)


def test_an_endless_model_is_cut_off():
    def endless(text, *, on, language):
        while True:
            yield {"quote": "The ministry met on Friday."}

    assert len(proposals_of_model(endless, TEXT, on=ON, language="en")) == 200


def test_our_own_reading_wins_where_both_propose():
    rules = read_text(TEXT, on=ON).proposals

    both = joined(
        rules, proposed({"quote": "will publish a report"}, {"quote": "A road map is on the cards for March."})
    )

    assert [each.quote for each in both] == [
        "A road map is on the cards for March.",
        "The ministry will publish a report.",
    ]
