"""We know that what a page of a past pair said, it says after any later writes: pages, twins, feeds, calendars.

A machine writes at random; now and then somebody asks for some pages as of a day, as known now. When it is done, all that
was asked is asked again.
"""

import re
from collections import Counter
from datetime import date
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.utils.http import urlencode
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from tests.tracking.rules.machine import Writer

SUBJECTS = ("commitments/{commitment}", "ministries/{ministry}", "officials/{official}", "initiatives/{initiative}")
PATHS = (
    *(f"/{subject}/" for subject in SUBJECTS),
    *(f"/{subject}/?format=json" for subject in SUBJECTS),
    *(f"/{subject}/feed.atom" for subject in SUBJECTS),
    "/hand-over/{membership}/",
    "/",
    "/ko/commitments/{commitment}/",
    "/commitments/?format=csv",
    "/commitments/?sort=due",
    "/ministries/",
    "/officials/?format=csv",
    "/timeline/",
    "/corrections/?format=json",
    "/deadlines/",
    "/deadlines.ics",
    "/compare/",
)
AT_ONCE = 6  # pages for each question; the next question goes on with the next ones


def rendered(client: Client, address: str) -> tuple[int, str]:
    """Status and words; the time of asking, which a calendar stamps, is left out."""
    answer: Any = client.get(address, follow=True)
    return answer.status_code, re.sub(r"DTSTAMP:\w+", "", answer.content.decode())


class Visited(Writer):
    """The machine, with a visitor who remembers."""

    done: ClassVar[Counter[str]] = Counter()
    remembered: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.client = Client()
        self.seen: dict[str, tuple[int, str]] = {}
        self.asked = 0

    @initialize(first=st.integers(0, len(PATHS) - 1))
    def come_early(self, first: int) -> None:
        self.asked = first
        self.pass_time_and_ask(hours=1, back=first)

    def ask(self, day: date) -> None:
        pair = urlencode({"as_of": day.isoformat(), "known_at": self.now.isoformat()})
        for number in range(self.asked, self.asked + AT_ONCE):
            path = PATHS[number % len(PATHS)].format(**self.addresses(number))
            address = f"{path}{'&' if '?' in path else '?'}{pair}"
            self.seen[address] = rendered(self.client, address)
        self.asked += AT_ONCE

    def addresses(self, number: int) -> dict[str, Any]:
        """Some subject of each kind, under the address of today."""
        return {
            "commitment": self.commitments[number % 3].slug,
            "ministry": self.posts[number % 2].ministry.slug,
            "official": self.everybody[number % 3].slug,
            "initiative": self.policies[number % 3].slug,
            "membership": self.memberships[number % 2].pk,
        }

    def teardown(self) -> None:
        try:
            again = {address: rendered(self.client, address) for address in self.seen}
            assert [address for address, before in self.seen.items() if again[address] != before] == []
            assert {status for status, _words in self.seen.values()} <= {200, 404}
            type(self).remembered += len(self.seen)
        finally:
            super().teardown()


@pytest.mark.django_db
def test_a_past_pair_renders_the_same_after_any_later_writes() -> None:
    run_state_machine_as_test(
        Visited,
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],  # a shorter example would cost minutes of pages
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert Visited.remembered >= 48  # six for each example, and what is asked on the way
