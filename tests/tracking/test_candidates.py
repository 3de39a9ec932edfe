"""Sentences that promise are proposed with actor, deadline and reasons; other people's promises are kept apart."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.tracking.candidates import read_text
from policytracker.tracking.matching import Gazetteer, Sense
from policytracker.tracking.reading.drafts import Apart

ON = date(2023, 1, 27)


def read(text, *home, **more):
    return read_text(text, on=ON, home=home or ("KR",), **more)


def only(text, *home):
    (proposal,) = read(text, *home).proposals
    return proposal


def test_a_plain_promise_shows_its_reasons():
    proposal = only("The ministry will publish a report in March.")

    reasons = {reason.code: reason.words for reason in proposal.reasons}
    assert proposal.actor == "The ministry"
    assert reasons["promise_words"] == "will publish"
    assert {"actor_state", "deadline", "action"} <= reasons.keys()
    assert proposal.score > 0.8


def test_a_korean_promise_shows_its_reasons():
    proposal = only("통일부는 3월 보고서를 발간할 계획이다.")

    assert proposal.actor == "통일부"
    assert "promise_words" in {reason.code for reason in proposal.reasons}
    assert proposal.deadline
    assert proposal.deadline.date == date(2023, 3, 31)


@pytest.mark.parametrize(
    ("text", "kind", "specificity"),
    [
        ("The government will hire 500 nurses this year.", "action", "specific"),
        ("The ministry will strive to promote exchange.", "action", "vague"),
        ("The government aims to halve child poverty by 2030.", "outcome", "specific"),
        ("정부는 2030년까지 온실가스를 40% 감축하겠다고 밝혔다.", "outcome", "specific"),
        ("정부는 최선을 다하겠다고 밝혔다.", "action", "vague"),
    ],
)
def test_kind_and_specificity(text, kind, specificity):
    proposal = only(text)

    assert (proposal.kind, proposal.specificity) == (kind, specificity)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If inter-Korean dialogue resumes, the ministry will act on it.", "If inter-Korean dialogue resumes"),
        ("The ministry will release funds once the agreement is signed.", "once the agreement is signed"),
        ("Subject to parliamentary approval, the ministry will open an office.", "Subject to parliamentary approval"),
        ("대화가 재개되면 정부는 의제로 다룰 방침이다.", "대화가 재개되면"),
        ("통일부는 예산이 확보되는 대로 착공할 계획이다.", "예산이 확보되는 대로"),
    ],
)
def test_a_condition_is_quoted(text, condition):
    proposal = only(text)

    assert proposal.condition
    assert proposal.condition.text == condition
    assert text[proposal.condition.start : proposal.condition.end] == condition


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry will publish an annual report.", "yearly"),
        ("The committee will meet twice a year.", "half-yearly"),
        ("The ministry will report quarterly.", "quarterly"),
        ("통일부는 매년 보고서를 공개하기로 했다.", "yearly"),
        ("정부는 매달 실적을 공개할 계획이다.", "monthly"),
        ("위원회는 반기별로 회의를 열기로 했다.", "half-yearly"),
    ],
)
def test_a_recurrence_is_told_by_its_interval(text, code):
    proposal = only(text)

    assert proposal.recurrence
    assert proposal.recurrence.code == code


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("North Korea vowed to strengthen its arsenal this year.", Apart.FOREIGN),
        ("The opposition party said it will submit a motion.", Apart.PARTY),
        ("The previous government promised to build 40 hospitals.", Apart.HISTORY),
        ("The company plans to hire 2,000 workers.", Apart.OTHERS),
        ("북한은 핵무력을 강화하겠다고 밝혔다.", Apart.FOREIGN),
        ("민주당은 해임건의안을 제출하기로 했다.", Apart.PARTY),
        ("현대차는 전기차 31종을 내놓을 계획이다.", Apart.OTHERS),
        ("통일부는 명칭을 바꿀 계획이 없다고 밝혔다.", Apart.DENIED),
    ],
)
def test_what_is_not_ours_is_kept_apart_and_says_why(text, apart):
    reading = read(text)

    assert not reading.proposals
    assert [each.apart for each in reading.apart] == [apart]


@pytest.mark.parametrize(
    "text",
    [
        "Will the minister publish the report?",
        "Prices will rise by 3% this year.",
        "This website uses cookies and will store your choice.",
        "The rule was proposed in 2022.",
        "정부가 대책을 마련해야 한다.",
        "내일은 전국에 비가 내릴 것으로 보인다.",
        "무단전재 및 재배포를 금지합니다.",
    ],
)
def test_sentences_that_promise_nothing_are_not_proposed(text):
    assert not read(text).proposals


def test_whose_promise_it_is_depends_on_whose_government_is_tracked():
    text = "Japan will raise its defence budget next year."

    assert read(text, "JP").proposals
    assert not read(text, "KR").proposals


def test_a_pronoun_means_the_actor_before():
    reading = read("The unification ministry unveiled its plan. It will also set up a committee.")

    assert [each.actor for each in reading.proposals] == ["The unification ministry"]


def test_items_below_a_promise_complete_it():
    reading = read("The government will:\n- invest £2 billion in rail\n- hire 500 guards by 2026\n- see below", "GB")

    assert [each.quote for each in reading.proposals] == ["invest £2 billion in rail", "hire 500 guards by 2026"]
    assert {each.actor for each in reading.proposals} == {"The government"}


def test_a_known_ministry_is_told_by_its_key():
    text = "통일부는 3월 보고서를 발간할 계획이다."
    mentions = Gazetteer([("통일부", Sense("ministry", "mou", "통일부", "KR"))]).find(text, on=ON)

    (proposal,) = read_text(text, on=ON, mentions=mentions).proposals

    assert proposal.actor_key == "ministry:mou"


def test_a_party_in_the_record_is_no_government():
    text = "Reform Alliance will abolish the levy."
    mentions = Gazetteer(
        [("Reform Alliance", Sense("ministry", "reform-alliance", "Reform Alliance", "KR", classification="party"))]
    ).find(text, on=ON)

    assert not read_text(text, on=ON, mentions=mentions, home=["KR"]).proposals


@pytest.mark.parametrize(
    "text",
    [
        "Le ministère publiera un rapport sur les droits humains en mars.",
        "Das Ministerium wird im März einen Bericht veröffentlichen.",
        "統一部は3月に報告書を発表する予定だ。",
        "ستنشر الوزارة تقريراً في مارس.",
        "Министерство опубликует доклад в марте.",
    ],
)
def test_a_language_that_is_not_supported_is_said_not_guessed(text):
    reading = read(text)

    assert not reading.proposals
    assert reading.unread == ("language",)


def test_a_text_in_two_languages_is_read_in_both():
    reading = read("통일부는 3월 보고서를 발간할 계획이다.\nThe ministry will publish an English edition in April.")

    assert reading.languages == ("en", "ko")
    assert len(reading.proposals) == 2


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "👍👍👍", "12345", "....", "\u202e\u202c", "?!"])
def test_texts_that_say_nothing_give_an_empty_answer(text):
    reading = read(text)

    assert not reading.proposals
    assert not reading.apart


def test_capitals_are_read_like_other_letters():
    reading = read("THE MINISTRY WILL PUBLISH A REPORT IN MARCH.")

    assert [each.deadline and each.deadline.date for each in reading.proposals] == [date(2023, 3, 31)]


def test_decomposed_hangul_is_read_and_quoted_as_it_stands():
    text = unicodedata.normalize("NFD", "통일부는 3월까지 보고서를 발간할 계획이다.")

    (proposal,) = read(text).proposals

    assert proposal.quote == text
    assert proposal.deadline
    assert unicodedata.normalize("NFC", text[proposal.deadline.start : proposal.deadline.end]) == "3월까지"


@pytest.mark.parametrize(
    "line",
    [
        "The ministry will publish the report in March. " * 42_000,
        "통일부는 3월까지 보고서를 발간할 계획이다. " * 20_000,
        "the ministry will " * 110_000,
        "will," * 400_000,
        "a" * 2_000_000,
        "if " * 600_000,
        "가나다라 " * 400_000,
    ],
    ids=["english", "korean", "no stops", "commas", "one word", "if", "syllables"],
)
def test_a_line_of_two_megabytes_gets_a_valid_answer(line):
    started = time.process_time()

    reading = read(line)

    assert time.process_time() - started < 30
    assert reading.proposals or reading.unread


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "The",
                "ministry",
                "will",
                "publish",
                "in",
                "March",
                "if",
                "dialogue",
                "resumes",
                ".",
                ",",
                "“",
                "”",
                "said",
                "it",
                "would",
                "통일부는",
                "3월까지",
                "발간할",
                "계획이다.",
                "밝혔다",
                "되면",
                "매년",
                "£2bn",
                "\n",
                "-",
                ":",
                "which",
                "to",
                "be",
                "plans",
                "👍",
                "\u202e",
                "é",
                "한",
                "not",
                "no",
                "last",
                "year",
                "had",
                "pledged",
                "2019",
            ]
        ),
        max_size=40,
    )
)
def test_whatever_is_read_is_quoted_at_its_offsets(parts):
    text = " ".join(parts)

    reading = read(text)

    for each in (*reading.proposals, *reading.apart):
        assert text[each.start : each.end] == each.quote
        assert 0 <= each.score <= 1
        for part in (each.deadline, each.condition, each.recurrence):
            assert part is None or each.start <= part.start < part.end <= each.end
