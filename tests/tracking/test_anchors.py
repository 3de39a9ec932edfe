"""A quote is found again in a changed text, or said to be lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.tracking.anchors import find_again, quote_at

TEXT = "The ministry will report in March.\nThe ministry will report in June."


def test_a_quote_knows_its_surroundings():
    quote = quote_at("abcdef", 2, 4)

    assert (quote.exact, quote.prefix, quote.suffix) == ("cd", "ab", "ef")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 7)])
def test_no_passage_is_refused(start, end):
    with pytest.raises(ValueError, match="no passage"):
        quote_at("abcdef", start, end)


def test_a_moved_quote_is_found():
    found = find_again("New words first. " + TEXT, exact="report in March")

    assert found.exact == "report in March"
    assert found.start == TEXT.index("report in March") + 17


def test_surroundings_tell_doubles_apart():
    found = find_again(TEXT, exact="will report in", suffix=" June.", near=0)

    assert found.start == TEXT.rindex("will report in")


def test_doubles_that_nothing_tells_apart_are_not_found():
    assert find_again(TEXT, exact="will report in", prefix="xyz", suffix="xyz") is None


def test_of_equal_surroundings_the_nearer_place_is_taken():
    text = "a said so. b\na said so. b"

    assert find_again(text, exact="said so", prefix="a ", suffix=". b", near=16).start == 15


def test_quotation_marks_and_spaces_may_differ():
    found = find_again("an “audacious  initiative” unveiled", exact='"audacious initiative"')

    assert found.exact == "“audacious  initiative”"


def test_a_quote_that_is_gone_is_not_found():
    assert find_again(TEXT, exact="will not report") is None
    assert find_again(TEXT, exact="  ") is None


@given(st.text("ab한😀 \n", min_size=3, max_size=40), st.data())
def test_a_quote_is_found_where_it_was_in_an_unchanged_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    quote = quote_at(text, start, data.draw(st.integers(start + 1, len(text))))
    if quote.exact != quote.exact.strip():
        return

    found = find_again(text, exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix, near=quote.start)

    assert found is None or found.exact.split() == quote.exact.split()
    if len(text) <= 32:
        assert found is not None
