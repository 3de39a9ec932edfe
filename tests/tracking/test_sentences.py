"""Sentences are cut where readers would cut them, and quote the text as it stands."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.tracking.sentences import split_sentences

HARD = [
    ["Dr. A. B. Smith, the U.S. envoy, met Gov. Lee on Jan. 5.", "The ministry will pay $3.5 million by Dec. 31."],
    ["“We will act.”", "He added: “The report will come in March.”"],
    ["The U.K. and the U.S. will sign.", "No. 10 said so at 5 p.m. on Friday.", "N. Korea balked."],
    ["Is it ready?", 'The minister said "Yes!" and left.', "The plan (see para. 4.2) will start on 1 Apr. 2025."],
    ["Section 3. of the Act will be repealed.", "Yoon spoke at the U.N.", "The Ministry will follow."],
    ["Rs. 500 crore will be spent.", "Hon. Members, I propose to set up a fund.", "Prof. K. Rao agreed."],
    [
        "통일부는 3월 보고서를 발간할 계획이다.",
        "권 장관은 “대화에 나서겠다. 조건은 없다.”고 말했다.",
        "예산은 3.5억 원이다.",
    ],
    ["이 사업은 2027. 3. 1.부터 시행된다.", "정부는 올해 안에 법을 고치기로 했다.", "끝."],
    ["지원을 늘리겠습니다!", "어떻게 할까요?", '"북한은 응하지 않았다"고 밝혔다.'],
]


@pytest.mark.parametrize("sentences", HARD, ids=lambda each: each[0][:24])
def test_hard_sentences_are_cut_where_they_end(sentences):
    found = split_sentences(" ".join(sentences))

    assert [each.text for each in found] == sentences


def test_a_korean_stop_ends_a_sentence_where_the_space_was_forgotten():
    found = split_sentences("정부는 대책을 내놨다.야당은 반발했다.")

    assert [each.text for each in found] == ["정부는 대책을 내놨다.", "야당은 반발했다."]


def test_a_line_ends_a_sentence():
    found = split_sentences("Work plan 2023\nThe ministry will publish it")

    assert [(each.text, each.paragraph) for each in found] == [
        ("Work plan 2023", 0),
        ("The ministry will publish it", 1),
    ]


def test_a_text_wrapped_at_a_fixed_width_is_read_across_lines():
    text = (
        "The ministry of transport said on Monday that it\nwould build a new railway line between the two\n"
        "cities by 2030. The line will cost $4 billion and\ncarry ten million people."
    )

    found = split_sentences(text)

    assert [each.text[:12] for each in found] == ["The ministry", "The line wil"]


def test_bullets_and_numbers_are_no_part_of_a_sentence():
    found = split_sentences("We will:\n- hire nurses\n1. The ministry will act.\n○ 2026년까지 500개소 설치")

    assert [(each.text, each.is_item) for each in found] == [
        ("We will:", False),
        ("hire nurses", True),
        ("The ministry will act.", True),
        ("2026년까지 500개소 설치", True),
    ]


@given(st.text(alphabet=st.sampled_from('aA .!?\n“”"가다.\u1112\u1161👍\u202e-•1'), max_size=200))
def test_every_sentence_quotes_the_text_at_its_offsets(text):
    found = split_sentences(text)

    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("text", ["", "   \n\n ", "\u200b"])
def test_a_blank_text_has_no_sentence_that_says_anything(text):
    assert not any(each.text.strip("\u200b") for each in split_sentences(text))


@pytest.mark.parametrize(
    "line",
    [
        "The ministry will publish it in March. " * 50_000,
        "a" * 2_000_000,
        "\n" * 2_000_000,
        "“" * 1_000_000,
        '" ' * 1_000_000,
    ],
    ids=["sentences", "one word", "blank lines", "quotes", "straight quotes"],
)
def test_two_megabytes_are_cut_quickly(line):
    started = time.process_time()

    split_sentences(line)

    assert time.process_time() - started < 10
