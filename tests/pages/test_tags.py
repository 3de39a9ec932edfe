"""What templates say with `{% load pages %}`."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


def rendered(source: str, **context: object) -> str:
    return Template("{% load pages %}" + source).render(Context(context))


def test_a_status_chip_has_glyph_and_word():
    drawn = rendered('{% status_chip "stalled" %}')

    assert '<use href="#st-stalled"/>' in drawn
    assert "Stalled" in drawn


def test_a_change_says_to_for_those_who_cannot_see_the_arrow():
    assert '<span class="vh"> to </span>' in rendered('{% status_change "fulfilled" "stalled" %}')


def test_a_confirmed_status_is_one_chip():
    assert rendered('{% status_change "fulfilled" "fulfilled" %}').count('class="chip"') == 1


def test_a_status_only_a_later_rubric_knows_is_still_shown():
    drawn = rendered('{% status_chip "under_way" %}')

    assert "Under way" in drawn
    assert "#st-not_started" in drawn


@pytest.mark.parametrize(("precision", "expected"), [("month", 'datetime="2023-03"'), ("quarter", "<span>")])
def test_a_day_is_a_time_element_where_html_has_a_form_for_it(precision, expected):
    assert expected in rendered("{% day value precision %}", value=date(2023, 3, 1), precision=precision)


def test_a_missing_day_is_nothing():
    assert rendered("{% day value %}", value=None) == ""


def test_words_in_the_page_language_carry_no_lang():
    with translation.override("en"):
        assert rendered("<p{% lang code %}>", code="en") == "<p>"
        assert rendered("<p{% lang code %}>", code="ko") == '<p lang="ko">'


def test_a_query_keeps_what_it_does_not_change():
    request = RequestFactory().get("/x/?status=stalled&status=fulfilled&after=9")

    assert rendered("{% query after=None sort='due' %}", request=request) == (
        "?status=stalled&amp;status=fulfilled&amp;sort=due"
    )
