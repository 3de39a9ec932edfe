"""We know that settings of days by kind are read, completed, and refused with the part that is wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from policytracker.spans import days_by_kind
from policytracker.tracking.deadlines import due_soon_days
from policytracker.tracking.standing.decision import dormant_after

DEFAULTS = {"action": 365, "outcome": 730}


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("", DEFAULTS),
        ("outcome=1000", {"action": 365, "outcome": 1000}),
        ("  action=30   outcome=60 ", {"action": 30, "outcome": 60}),
    ],
)
def test_what_is_not_named_keeps_its_default(words, days):
    assert days_by_kind(words, DEFAULTS, setting="X") == days


@pytest.mark.parametrize(
    "words", ["action", "action=", "action=soon", "action=0", "action=-1", "pledge=3", "action=99999"]
)
def test_what_cannot_be_read_is_named(words):
    with pytest.raises(ImproperlyConfigured, match=f"DORMANT_AFTER_DAYS cannot be read at “{words}”"):
        days_by_kind(words, DEFAULTS, setting="DORMANT_AFTER_DAYS")


def test_a_deployment_decides_what_is_silent_for_long_and_what_is_near(settings):
    settings.DORMANT_AFTER_DAYS = {"action": 30, "outcome": 60}
    settings.DUE_SOON_DAYS = {**settings.DUE_SOON_DAYS, "day": 3}

    assert (dormant_after("action").days, dormant_after("outcome").days) == (30, 60)
    assert (due_soon_days("day"), due_soon_days("approximate")) == (3, 31)
