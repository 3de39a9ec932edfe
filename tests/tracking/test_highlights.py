"""A text cut along its highlights keeps every character and every note."""

from hypothesis import given
from hypothesis import strategies as st

from policytracker.tracking.highlights import Highlight, Layer, paragraphs_of


def words(paragraphs):
    return "\n".join("".join(piece.text for piece in paragraph) for paragraph in paragraphs)


def drawn(paragraphs, key):
    return [p.text for paragraph in paragraphs for p in paragraph if any(h.key == key for h in p.covering)]


def test_a_text_without_highlights_is_its_lines():
    paragraphs = paragraphs_of("One.\n\nTwo.", [])

    assert [[p.text for p in paragraph] for paragraph in paragraphs] == [["One."], [], ["Two."]]


def test_overlapping_highlights_share_a_piece():
    paragraphs = paragraphs_of("abcdef", [Highlight(0, 4, "1"), Highlight(2, 6, "2")])

    assert [(p.text, [h.key for h in p.covering]) for p in paragraphs[0]] == [
        ("ab", ["1"]),
        ("cd", ["1", "2"]),
        ("ef", ["2"]),
    ]


def test_each_highlight_begins_and_ends_once():
    paragraphs = paragraphs_of("abc\ndef\nghi", [Highlight(1, 9, "1"), Highlight(4, 7, "2")])
    pieces = [p for paragraph in paragraphs for p in paragraph]

    assert [h.key for p in pieces for h in p.beginning] == ["1", "2"]
    assert sorted(h.key for p in pieces for h in p.ending) == ["1", "2"]
    assert drawn(paragraphs, "1") == ["bc", "def", "g"]


def test_a_highlight_that_ends_with_a_line_feed_ends_at_its_last_word():
    paragraphs = paragraphs_of("abc\ndef", [Highlight(0, 4, "1")])

    assert [h.key for h in paragraphs[0][0].ending] == ["1"]


def test_two_highlights_of_the_same_words_are_both_kept():
    paragraphs = paragraphs_of("abc", [Highlight(0, 3, "1"), Highlight(0, 3, "2", Layer.CANDIDATE)])

    assert {h.key for h in paragraphs[0][0].covering} == {"1", "2"}


def test_pieces_know_their_sentence():
    text = "One. Two."

    pieces = paragraphs_of(text, [Highlight(2, 7, "1")], sentences=[(0, 4), (5, 9)])[0]

    assert [(p.text, p.sentence) for p in pieces] == [("On", 0), ("e.", 0), (" ", None), ("Tw", 1), ("o.", 1)]


def test_highlights_outside_the_text_are_left_out_or_cut():
    paragraphs = paragraphs_of("abc", [Highlight(5, 9, "1"), Highlight(2, 9, "2"), Highlight(1, 1, "3")])

    assert drawn(paragraphs, "1") == []
    assert drawn(paragraphs, "2") == ["c"]
    assert drawn(paragraphs, "3") == []


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.text("ab \n한😀", max_size=50), st.lists(spans, max_size=12))
def test_no_character_is_lost_or_doubled(text, pairs):
    highlights = [Highlight(a, b, str(i)) for i, (a, b) in enumerate(pairs)]

    paragraphs = paragraphs_of(text, highlights)

    assert words(paragraphs) == text
    for highlight in highlights:
        covered = "".join(drawn(paragraphs, highlight.key))
        assert covered == text[highlight.start : highlight.end].replace("\n", "")
