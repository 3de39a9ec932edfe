"""We know that somebody tries to break every rule of the record through every way in there is."""

from importlib import import_module

import pytest

RULES = (
    "evidence",
    "append_only",
    "two_clocks",
    "deadlines",
    "terms",
    "reshuffles",
    "drift",
    "corrections.test_corrections",
    "four_eyes",
    "rates",
    "timeline",
)
DOORS = ("TestPage", "TestAdmin", "TestApi", "TestOrm", "TestSql")


@pytest.mark.parametrize("rule", RULES)
def test_it_is_attacked_through_page_admin_api_orm_and_sql(rule: str) -> None:
    module = import_module(f"tests.tracking.rules.{rule if '.' in rule else f'test_{rule}'}")

    for door in DOORS:
        attempts = [name for name in vars(getattr(module, door)) if name.startswith("test_")]
        assert attempts, door
