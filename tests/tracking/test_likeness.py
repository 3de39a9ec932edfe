"""We know when two names may mean the same, and that most do not."""

import pytest

from policytracker.tracking.likeness import likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kwon Young-se", "KWON YOUNGSE"),
        ("Kwon Young-se", "Young-se Kwon"),
        ("Kwon, Young-se", "Kwon Young-se"),
        ("담대한 구상", "담대한구상"),
        ("Café", "Cafe"),
        ("권영세", "권영세"),
    ],
)
def test_spelling_variants_are_the_same(one, other):
    assert likeness(one, other) == likeness(other, one) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kwon Young-se", "Kwon Yeong-se"),
        ("Audacious Initiative", "Audacious Initiatives"),
        ("Ministry of Foreign Affairs", "Ministry of Foreign Afairs"),
    ],
)
def test_slips_and_romanizations_are_alike(one, other):
    assert 0 < likeness(one, other) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Unification", "Ministry of Justice"),
        ("Kwon Young-se", "Chung Dong-young"),
        ("권영세", "정동영"),
        ("", ""),
        ("-", "."),
        ("a", "b" * 10_000),
    ],
)
def test_strangers_are_not(one, other):
    assert likeness(one, other) == 0
