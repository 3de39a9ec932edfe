"""The bars: F1 at least 0.80 in both languages, on tuned and held-out sentences alike."""

import pytest

from tests.tracking.reading import labelled


@pytest.mark.parametrize("part", labelled.PARTS)
def test_commitments_are_told_from_other_sentences(part):
    score = labelled.score(part)

    assert score.f1 >= 0.80, f"{part}: precision {score.precision:.3f}, recall {score.recall:.3f}"


@pytest.mark.parametrize("part", labelled.PARTS)
def test_deadlines_of_found_commitments_are_right(part):
    score = labelled.score(part)

    assert score.of_found(score.with_deadline_right) >= 0.80


def test_mentions_are_found():
    assert labelled.mention_recall() >= 0.90


def test_there_are_enough_labelled_sentences_of_both_kinds():
    rows = [row for part in labelled.PARTS for row in labelled.sentences(part)]

    assert len(rows) >= 300
    assert 0.3 < sum(row["commitment"] for row in rows) / len(rows) < 0.7
