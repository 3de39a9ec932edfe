"""The seven statuses as readers meet them: words, glyph, texture. Values only; the rubric in the database decides."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Status:
    """One status: its key, its name and, in one line, when it is given."""

    key: str
    label: Any
    meaning: Any
    is_textured: bool = False

    @property
    def glyph(self) -> str:
        """The sprite's symbol; the plain ring for a status that only a later rubric knows."""
        return f"st-{self.key}" if self.key in BY_KEY else "st-not_started"

    @property
    def is_outline(self) -> bool:
        """Whether charts draw it as an outline, so that words on it are dark."""
        return self.key in ("not_started", "not_rated")


# Charts and legends always use this order.
STATUSES = (
    Status("fulfilled", pgettext_lazy("status", "Fulfilled"), _("concluded as promised")),
    Status(
        "partly_fulfilled",
        pgettext_lazy("status", "Partly fulfilled"),
        _("concluded with significantly less, later or other than said"),
        is_textured=True,
    ),
    Status("in_progress", pgettext_lazy("status", "In progress"), _("concrete action, not only words")),
    Status("not_started", pgettext_lazy("status", "Not started"), _("we looked, nothing found")),
    Status("stalled", pgettext_lazy("status", "Stalled"), _("begun or due, no movement"), is_textured=True),
    Status("not_fulfilled", pgettext_lazy("status", "Not fulfilled"), _("concluded, reversed or out of time")),
    Status("not_rated", pgettext_lazy("status", "Not rated"), _("we have not looked, or it cannot be verified")),
)
BY_KEY = {status.key: status for status in STATUSES}
CONCLUDED = ("fulfilled", "partly_fulfilled", "not_fulfilled")


def status_of(key: str) -> Status:
    """The status with this key; one that only a later rubric knows is shown by its key, with the plain glyph."""
    return BY_KEY.get(key) or Status(key, key.replace("_", " ").capitalize(), "")
