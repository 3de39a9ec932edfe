"""We know how the wording of a promise changed, and that our own slips are no drift."""

from datetime import date

import pytest

from policytracker.tracking.actions.corrections import NoteMissing, correct_field
from policytracker.tracking.actions.drift import NotADrift, confirm_drift
from policytracker.tracking.drift import Wording, difference, proposals_of, steps_of
from policytracker.tracking.models import Correction, Statement
from tests.factories import NOW, make_commitment, make_snapshot, make_statement, make_user

DAY = date(2023, 1, 27)


def drifts(before, after, *, language="en", on=DAY, later=DAY):
    found = proposals_of(Wording(before, on, language), Wording(after, later, language))
    return [proposal.drift for proposal in found]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It will publish the report in March.", "It will publish the report in June.", ["deadline_moved"]),
        ("It will publish the report in March.", "It will publish the report.", ["deadline_moved"]),
        ("It will train 400 officials.", "It will train 250 officials.", ["number_lowered"]),
        ("It will train two hundred officials.", "It will train 1,200 officials.", ["number_raised"]),
        ("It will publish the report.", "It may publish the report.", ["hedge_added"]),
        ("It will visit all schools.", "It will visit schools.", ["scope_narrowed"]),
        ("It will publish the report.", "It will publish only a summary.", ["scope_narrowed"]),
        ("It will visit some schools.", "It will visit every school.", ["scope_widened"]),
        ("It will publish the report.", "It will no longer publish the report.", ["dropped"]),
        ("It will publish the report.", "The report is to be published.", ["reworded"]),
        ("It will publish the report.", "it will publish the report", []),
    ],
)
def test_english_wording_is_classed(before, after, expected):
    assert drifts(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("통일부는 3월까지 보고서를 발간한다.", "통일부는 6월까지 보고서를 발간한다.", ["deadline_moved"]),
        ("이산가족 1만 명을 조사한다.", "이산가족 5천 명을 조사한다.", ["number_lowered"]),
        ("보고서를 발간한다.", "보고서 발간을 검토한다.", ["hedge_added"]),
        ("모든 학교를 지원한다.", "일부 학교를 지원한다.", ["scope_narrowed"]),
        ("보고서를 발간한다.", "보고서 발간을 철회한다.", ["dropped"]),
    ],
)
def test_korean_wording_is_classed(before, after, expected):
    assert drifts(before, after, language="ko") == expected


def test_this_year_said_a_year_later_moves_the_deadline_without_another_word():
    words = "It will open the centre by the end of the year."

    assert drifts(words, words, later=date(2024, 1, 27)) == ["deadline_moved"]


def test_a_date_is_no_number_of_the_promise():
    assert drifts("It will train 400 people by March 2023.", "It will train 400 people by June 2023.") == [
        "deadline_moved"
    ]


def test_the_difference_is_told_word_by_word_and_gives_both_texts_back():
    before, after = "It will publish the report in March.", "It may publish the report in June."

    runs = difference(before, after)

    assert [(run.kind, run.text) for run in runs] == [
        ("same", "It"),
        ("removed", "will"),
        ("added", "may"),
        ("same", "publish the report in"),
        ("removed", "March"),
        ("added", "June"),
        ("same", "."),
    ]


def test_korean_words_are_compared_with_their_particles():
    runs = difference("보고서를 3월까지 발간한다", "보고서를 6월까지 발간한다")

    assert [run.text for run in runs if run.kind != "same"] == ["3월까지", "6월까지"]


@pytest.mark.django_db
class TestStatements:
    def said(self, commitment, text, day, **fields):
        snapshot = make_snapshot(text=text)
        return make_statement(commitment=commitment, snapshot=snapshot, quote=text, said_on=day, **fields)

    def test_statements_are_compared_in_the_order_they_were_said(self):
        commitment = make_commitment()
        third = self.said(commitment, "It may publish the report.", date(2023, 9, 1))
        first = self.said(commitment, "It will publish the report in March.", date(2023, 1, 27))
        second = self.said(commitment, "It will publish the report in June.", date(2023, 4, 1))

        steps = steps_of(commitment.statements.select_related("snapshot__article"))

        assert [(step.before, step.after) for step in steps] == [(first, second), (second, third)]
        assert [[p.drift for p in step.proposals] for step in steps] == [
            ["deadline_moved"],
            ["deadline_moved", "hedge_added"],
        ]

    def test_two_languages_are_not_compared(self):
        commitment = make_commitment()
        self.said(commitment, "It will publish the report.", date(2023, 1, 27))
        korean = self.said(commitment, "보고서를 발간한다.", date(2023, 2, 1))
        korean.snapshot.article.language = "ko"

        (step,) = steps_of([korean, commitment.statements.select_related("snapshot__article").first()])

        assert (step.is_comparable, step.proposals) == (False, ())

    def test_correcting_our_own_slip_makes_a_correction_and_no_drift(self):
        commitment = make_commitment(statement="Publish teh report.")
        self.said(commitment, "It will publish the report.", date(2023, 1, 27), is_original=True)

        correct_field(
            target=commitment,
            field="statement",
            value="Publish the report.",
            note="A slip of the pen.",
            kind="typo",
            by=make_user(),
            at=NOW,
        )

        assert steps_of(commitment.statements.select_related("snapshot__article")) == []
        assert Correction.objects.get().kind == "typo"

    def test_what_an_analyst_confirms_is_news_and_said_again_a_correction(self):
        statement, user = make_statement(), make_user()

        confirm_drift(statement=statement, drift="hedge_added", by=user, at=NOW)
        with pytest.raises(NoteMissing):
            confirm_drift(statement=statement, drift="reworded", by=user, at=NOW)
        confirm_drift(statement=statement, drift="reworded", note="It is no hedge.", by=user, at=NOW)

        assert list(Correction.objects.order_by("pk").values_list("kind", "after")) == [
            ("news", "hedge_added"),
            ("fact", "reworded"),
        ]
        assert Statement.objects.get().drift == "reworded"

    def test_an_invented_class_is_refused(self):
        with pytest.raises(NotADrift):
            confirm_drift(statement=make_statement(), drift="nicer", by=make_user(), at=NOW)
