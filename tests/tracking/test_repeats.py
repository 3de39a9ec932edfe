"""Restatements are found, and one promise told twice in a text is one."""

from policytracker.tracking.repeats import Said, find_restated, fold

REPORT = Said(
    1, "Publish the yearly report on human rights in the North in March 2023, in English too.", "mou", "report"
)
COMMITTEE = Said(2, "Set up a Unification Future Planning Committee.", "mou", "vision")


def test_a_promise_restated_in_other_words_is_found():
    again = Said(
        0, "The ministry will publish its annual report on North Korean human rights in English.", "mou", "report"
    )

    found = find_restated(again, [COMMITTEE, REPORT])

    assert found
    assert (found.key, found.same_actor, found.same_initiative) == (1, True, True)


def test_another_promise_of_the_same_actor_is_no_restatement():
    other = Said(0, "The ministry will open a centre for separated families in Seoul.", "mou", "families")

    assert find_restated(other, [REPORT, COMMITTEE]) is None


def test_like_words_of_another_actor_need_to_be_nearer():
    words = "The ministry will publish a report on human rights every year."

    assert find_restated(Said(0, words, "mofa", ""), [REPORT]) is None


def test_korean_restatements_are_found_through_their_endings():
    known = Said(3, "통일부는 연내 국립북한인권센터를 착공하기로 했다.", "mou", "center")

    found = find_restated(Said(0, "국립북한인권센터를 올해 착공할 계획이라고 밝혔다.", "mou", "center"), [known])

    assert found
    assert found.key == 3


def test_the_fuller_of_two_tellings_stands_for_both():
    told = [
        Said(0, "Ministry to publish human rights report in March"),
        Said(
            1,
            "In March, the ministry will publish an annual report on human rights in the North, including in English.",
        ),
        Said(2, "It will also set up a committee."),
    ]

    assert fold(told) == {0: 1}


def test_different_figures_are_different_promises():
    told = [
        Said(0, "The government will build 500 new schools in the north."),
        Said(1, "The government will build 300 new schools in the north."),
    ]

    assert fold(told) == {}
