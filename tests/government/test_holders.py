"""We know who held a post on any date."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from policytracker.government.holders import holders_on
from policytracker.government.models import Membership
from tests.factories import make_membership, make_post


@dataclass(frozen=True)
class Post:
    pk: int = 1
    is_single_holder: bool = True


@dataclass(frozen=True)
class Held:
    name: str
    started_on: date | None = None
    ended_on: date | None = None
    started_precision: str = "day"
    is_acting: bool = False
    attested_on: list[date] = field(default_factory=list)
    post: Post = field(default_factory=Post)


def names(tenures, *day):
    return [tenure.name for tenure in holders_on(tenures, date(*day))]


KWON = Held("Kwon", date(2022, 5, 13), date(2023, 7, 28))
KIM = Held("Kim", date(2023, 7, 28), date(2025, 7, 25))


def test_on_a_shared_day_the_successor_holds_the_post():
    assert names([KWON, KIM], 2023, 7, 27) == ["Kwon"]
    assert names([KWON, KIM], 2023, 7, 28) == ["Kim"]


def test_the_last_day_counts_where_nobody_has_followed():
    assert names([KIM], 2025, 7, 25) == ["Kim"]
    assert names([KIM], 2025, 7, 26) == []


def test_the_same_person_can_come_back():
    again = [Held("Chung", date(2004, 7, 1), date(2005, 12, 31)), KWON, Held("Chung", date(2025, 7, 25))]

    assert (names(again, 2005, 1, 1), names(again, 2023, 1, 1), names(again, 2026, 1, 1)) == (
        ["Chung"],
        ["Kwon"],
        ["Chung"],
    )


def test_an_acting_holder_stands_beside_the_holder_and_alone_in_a_gap():
    acting = Held("Deputy", date(2023, 7, 1), date(2023, 8, 15), is_acting=True)

    assert names([KWON, acting], 2023, 7, 10) == ["Kwon", "Deputy"]
    assert names([KWON, acting], 2023, 8, 1) == ["Deputy"]


def test_a_rough_start_displaces_nobody_before_it_is_certain():
    rough = Held("Moon", date(2023, 7, 1), None, started_precision="month")
    before = Held("Lee", date(2022, 1, 1), date(2023, 7, 31))

    assert names([before, rough], 2023, 7, 15) == ["Lee", "Moon"]
    assert names([before, rough], 2023, 7, 31) == ["Moon"]


def test_attested_days_stand_in_for_unknown_dates():
    seen = Held("Seen", attested_on=[date(2024, 1, 5), date(2024, 3, 1)])

    assert names([seen], 2024, 2, 1) == ["Seen"]
    assert names([seen], 2024, 4, 1) == []


def test_a_post_of_many_holders_displaces_nobody():
    board = Post(2, is_single_holder=False)
    members = [Held("A", date(2023, 1, 1), post=board), Held("B", date(2023, 2, 1), post=board)]

    assert names(members, 2023, 3, 1) == ["A", "B"]


@pytest.mark.django_db
def test_the_query_and_the_pure_function_agree():
    post = make_post()
    first = make_membership(post=post, started_on=date(2022, 5, 13), ended_on=date(2023, 7, 28))
    second = make_membership(post=post, started_on=date(2023, 7, 28), ended_on=date(2025, 7, 25))
    held = list(Membership.objects.filter(post=post).select_related("post"))

    for day in (date(2022, 1, 1), date(2022, 5, 13), date(2023, 7, 28), date(2025, 7, 25), date(2026, 1, 1)):
        assert list(Membership.objects.filter(post=post).holding(on=day)) == holders_on(held, day)
    assert holders_on(held, date(2023, 7, 28)) == [second] != [first]
