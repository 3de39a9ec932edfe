import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.differences import ChangeKind, WordKind, compare, is_trivial

OLD = "The fee is frozen until 2026.\nThe minister spoke on Tuesday.\nCosts are about four million."


@pytest.mark.parametrize(
    "new",
    ["The fee is  frozen until 2026 .\n\nThe minister spoke on Tuesday.\nCosts are about four million", f"{OLD}\nUpdated: 2023-01-27 19:30", f"{OLD}\nViews: 4,102", f"{OLD}\n조회 4,102",
     f"{OLD}\n최종수정 2023.01.27 19:30", f"Retrieved on 27 January 2023.\n{OLD}", OLD.replace(".", "…")],
)  # fmt: skip
def test_spaces_commas_counters_and_retrieval_dates_are_not_news(new):
    assert is_trivial(OLD, new)


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("2026", "2027"),
        OLD.replace("frozen", "raised"),
        OLD + "\nMore was said.",
        OLD.split("\n", 1)[1],
        OLD.replace("four million", "4 million"),
    ],
)
def test_a_word_or_a_number_is_news(new):
    assert not is_trivial(OLD, new)


def test_a_change_is_told_by_paragraph_and_word():
    (change,) = compare(OLD, OLD.replace("Tuesday", "Wednesday evening"))

    assert (change.kind, change.number) == (ChangeKind.CHANGED, 2)
    assert [(run.kind, run.text.strip()) for run in change.words] == [
        (WordKind.SAME, "The minister spoke on"), (WordKind.REMOVED, "Tuesday."), (WordKind.ADDED, "Wednesday evening."),
    ]  # fmt: skip


def test_added_and_removed_paragraphs_are_told():
    lines = OLD.split("\n")
    new = "\n".join([lines[0], "A quite different thing was announced by others.", lines[2]])

    assert [(change.kind, change.number) for change in compare(OLD, new)] == [
        (ChangeKind.REMOVED, 2),
        (ChangeKind.ADDED, 2),
    ]
    assert compare(OLD, OLD) == []


def test_very_long_texts_are_compared_in_bounded_time():
    old = "\n".join(f"Paragraph {n} says something about {n * 7}" for n in range(8000))
    started = time.monotonic()

    changes = compare(old, old.replace("about 70", "about 71"))
    compare("word " * 20_000, "ward " * 20_000)

    assert changes
    assert time.monotonic() - started < 5


@given(
    st.lists(st.text(alphabet="ab \n", max_size=20), max_size=6),
    st.lists(st.text(alphabet="ab \n", max_size=20), max_size=6),
)
def test_the_new_text_can_be_rebuilt_from_the_changes(old, new):
    before, after = "\n".join(old), "\n".join(new)

    rebuilt = after.split("\n")
    for change in compare(before, after):
        if change.kind is not ChangeKind.REMOVED:
            assert rebuilt[change.number - 1] == change.new
