import random
from itertools import pairwise

import pytest

from articles.importing.duplicates import KEPT, fingerprint, is_same_story, shared
from tests.articles.importing.pages.builder import stories

ALL = [*stories("en"), *stories("ko")]
LONG = [" ".join(p for s in ALL[i : i + 3] for p in s.paragraphs) for i in range(0, 27, 3)]


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.slug)
def test_an_article_cut_or_lightly_edited_is_the_same_story(story):
    text = "\n".join(story.paragraphs)
    words = text.split()
    rng = random.Random(story.slug)
    cut = " ".join(words[: int(len(words) * 0.6)])
    edited = " ".join("changed" if rng.random() < 0.04 else word for word in words)

    assert is_same_story(fingerprint(text), fingerprint(text))
    assert is_same_story(fingerprint(text), fingerprint(cut))
    assert is_same_story(fingerprint(text), fingerprint(edited))
    assert is_same_story(
        fingerprint(text), fingerprint(f"{text} An update was added below, with two more sentences about it.")
    )


def test_other_stories_are_never_the_same():
    prints = [fingerprint("\n".join(story.paragraphs)) for story in ALL]

    wrong = [(i, j) for i in range(len(prints)) for j in range(i) if is_same_story(prints[i], prints[j])]

    assert wrong == []


def test_a_quotation_in_another_story_does_not_make_it_the_same():
    for one, other in pairwise(LONG):
        quotation = " ".join(one.split()[:35])

        assert not is_same_story(fingerprint(one), fingerprint(f"{other} {quotation}"))


def test_a_fingerprint_fits_a_column_of_signed_integers():
    hashes = fingerprint(LONG[0])

    assert len(hashes) == KEPT
    assert hashes == sorted(hashes)
    assert all(-(2**63) <= number < 2**63 for number in hashes)
    assert fingerprint(LONG[0]) == hashes


def test_row_14_case_and_spaces_do_not_matter():
    assert fingerprint("Fees  are frozen,\nfor boats of NINE metres") == fingerprint(
        "fees are frozen for boats of nine metres"
    )


def test_very_short_texts_are_the_same_only_when_equal():
    assert shared(fingerprint("Fees are frozen"), fingerprint("Fees are frozen")) == 1.0
    assert shared(fingerprint("Fees are frozen"), fingerprint("Fees are melted")) == 0.0
    assert fingerprint("") == fingerprint("…!") == []
    assert shared([], []) == 0.0
