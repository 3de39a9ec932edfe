"""Phrases of time mean a period that depends on the day of the article; what is past or unclear means none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.tracking.due_phrases import find_due_phrases

ON = date(2023, 1, 27)

ENGLISH = [
    ("In March, the ministry will publish it.", "In March", "2023-03-31", "month"),
    ("will do so this year", "this year", "2023-12-31", "year"),
    ("by the end of 2027", "by the end of 2027", "2027-12-31", "year"),
    ("within the year", "within the year", "2023-12-31", "year"),
    ("next month", "next month", "2023-02-28", "month"),
    ("by the end of the week", "by the end of the week", "2023-01-29", "week"),
    ("in the first half of next year", "in the first half of next year", "2024-06-30", "half"),
    ("by Q3", "by Q3", "2023-09-30", "quarter"),
    ("in the third quarter of 2025", "in the third quarter of 2025", "2025-09-30", "quarter"),
    ("within 100 days", "within 100 days", "2023-05-07", "day"),
    ("by 14 July", "by 14 July", "2023-07-14", "day"),
    ("by July 14, 2025.", "by July 14, 2025", "2025-07-14", "day"),
    ("in early 2024", "in early 2024", "2024-03-31", "quarter"),
    ("later this year", "later this year", "2023-12-31", "year"),
    ("before March", "before March", "2023-02-28", "month"),
    ("before the end of March", "before the end of March", "2023-03-31", "month"),
    ("by year-end", "by year-end", "2023-12-31", "year"),
    ("over the next five years", "over the next five years", "2028-12-31", "year"),
    ("in 18 months", "in 18 months", "2024-07-31", "month"),
    ("by Friday", "by Friday", "2023-02-03", "day"),
    ("next Monday", "next Monday", "2023-01-30", "day"),
    ("by summer 2024", "by summer 2024", "2024-08-31", "quarter"),
    ("from 1 April", "from 1 April", "2023-04-01", "day"),
    ("no later than 30 June 2023", "no later than 30 June 2023", "2023-06-30", "day"),
    ("on 29 February", None, None, None),
    ("on 29 February 2024", "on 29 February 2024", "2024-02-29", "day"),
    ("by 31 Dec", "by 31 Dec", "2023-12-31", "day"),
]
ENGLISH_WITHOUT = [
    "last year",
    "since 2019",
    "earlier this year",
    "within 100 days of taking office",
    "the highest in five years",
    "for two years",
    "May I say so",
    "Section 2024 of the Act",
    "2,030 people",
    "31 June",
    "in the coming months",
    "twice a year",
    "wait of up to ten years",
    "yesterday (Tuesday 10 December)",
]
KOREAN = [
    ("연내 발간할 계획이다", "연내", "2023-12-31", "year"),
    ("올해 상반기에 마친다", "올해 상반기에", "2023-06-30", "half"),
    ("하반기부터 시행한다", "하반기부터", "2023-12-31", "half"),
    ("내년 3월까지 끝낸다", "내년 3월까지", "2024-03-31", "month"),
    ("다음 달 발표한다", "다음 달", "2023-02-28", "month"),
    ("다음달 14일까지", "다음달 14일까지", "2023-02-14", "day"),
    ("이달 말까지 전통시장을 점검한다", "이달 말까지", "2023-01-31", "month"),
    ("2027년까지 5만 호", "2027년까지", "2027-12-31", "year"),
    ("3월 중 발간", "3월 중", "2023-03-31", "month"),
    ("오는 14일 연다", "오는 14일", "2023-02-14", "day"),
    ("3/4분기", "3/4분기", "2023-09-30", "quarter"),
    ("100일 이내에", "100일 이내에", "2023-05-07", "day"),
    ("향후 5년간", "향후 5년간", "2028-12-31", "year"),
    ("2025. 7. 1.부터", "2025. 7. 1.부터", "2025-07-01", "day"),
    ("이번 주 중", "이번 주 중", "2023-01-29", "week"),
    ("6월 이전에", "6월 이전에", "2023-05-31", "month"),
    ("2025~2029년", "2025~2029년", "2029-12-31", "year"),
    ("내년 봄", "내년 봄", "2024-05-31", "quarter"),
]
KOREAN_WITHOUT = [
    "통일부는 27일 밝혔다",
    "지난 3월",
    "지난해 12월",
    "2022년부터",
    "공포 후 6개월 뒤",
    "30년 만에",
    "지난 5년간",
    "임기 내",
    "최대 1년까지",
]


@pytest.mark.parametrize(("text", "surface", "last", "precision"), ENGLISH)
def test_english_phrases(text, surface, last, precision):
    found = find_due_phrases(text, on=ON, language="en")

    if surface is None:
        assert not found
    else:
        assert [(each.surface, each.date.isoformat(), each.precision) for each in found] == [(surface, last, precision)]


@pytest.mark.parametrize("text", ENGLISH_WITHOUT)
def test_english_words_that_are_no_deadline(text):
    assert not find_due_phrases(text, on=ON, language="en")


@pytest.mark.parametrize(("text", "surface", "last", "precision"), KOREAN)
def test_korean_phrases(text, surface, last, precision):
    found = find_due_phrases(text, on=ON, language="ko")

    assert [(each.surface, each.date.isoformat(), each.precision) for each in found] == [(surface, last, precision)]


@pytest.mark.parametrize("text", KOREAN_WITHOUT)
def test_korean_words_that_are_no_deadline(text):
    assert not find_due_phrases(text, on=ON, language="ko")


@pytest.mark.parametrize(
    ("country", "last"), [("AU", "2025-06-30"), ("GB", "2025-03-31"), ("KE", "2025-06-30"), ("US", "2025-09-30")]
)
def test_a_fiscal_year_ends_where_the_country_ends_it(country, last):
    found = find_due_phrases("in 2024-25", on=ON, language="en", country=country)

    assert [each.date.isoformat() for each in found] == [last]


def test_day_and_month_in_figures_are_not_guessed():
    assert not find_due_phrases("by 04/07/2025", on=ON, language="en")
    assert find_due_phrases("by 04/07/2025", on=ON, language="en", country="US")[0].date == date(2025, 4, 7)
    assert find_due_phrases("by 04/07/2025", on=ON, language="en", country="GB")[0].date == date(2025, 7, 4)


def test_summer_comes_in_december_in_the_south():
    found = find_due_phrases("this summer", on=date(2024, 10, 9), language="en", country="AU")

    assert found[0].date == date(2025, 2, 28)


def test_an_unknown_language_gives_no_phrase():
    assert not find_due_phrases("en mars 2027", on=ON, language="fr")


@given(
    st.text(
        alphabet=st.sampled_from("by in the end of 2027 March 년월일 말까지 within next 9 0/.-~ 3분기 상반기 내년"),
        max_size=60,
    ),
    st.dates(),
    st.sampled_from(["en", "ko"]),
)
def test_any_words_on_any_day_give_phrases_at_their_offsets(text, on, language):
    for each in find_due_phrases(text, on=on, language=language):
        assert text[each.start : each.end] == each.surface
        assert each.period.first <= each.period.last
        assert each.period.last >= on
