"""What waits for somebody at the desk: a section for each kind of work, at most a screenful of rows in each.

A section is done with by doing its work, or by putting it or one of its lines aside: it waits again once it changes.
The sections themselves stand in `inbox_work.py` (what I am to do) and `inbox_record.py` (what the record asks for).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_datetime

from policytracker.pages import dates
from policytracker.tracking.models import SetAside
from policytracker.tracking.moments import Moment

SHOWN = 8
COUNTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits; `key` names it to put it aside."""

    key: str
    label: str
    url: str
    meta: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of work: what waits, how much of it, where the rest is, and how to be done with it."""

    key: str
    title: str
    lines: list[Line]
    count: int
    all_url: str = ""
    is_read: bool = False
    """Whether one is done with a line by having read it."""

    @property
    def count_text(self) -> str:
        """The count, exact up to a hundred."""
        return f"{COUNTED}+" if self.count > COUNTED else str(self.count)


@dataclass(frozen=True)
class Who:
    """Whose inbox it is, at which moment, and what they put aside; `shows_all`: that too."""

    user: Any
    moment: Moment
    aside: dict[str, datetime] = field(default_factory=dict)
    shows_all: bool = False


def aside_of(stored: dict[str, str]) -> dict[str, datetime]:
    """The moments at which sections were put aside, as stored."""
    return {key: at for key, text in stored.items() if (at := parse_datetime(text)) is not None}


def waiting(rows: QuerySet, who: Who, key: str, changed: Any, *, kind: str = "") -> QuerySet:
    """Those rows that changed since they, or their section, were put aside; `changed` tells when a row last did."""
    rows = rows.annotate(changed_at=changed)
    if who.shows_all:
        return rows
    if key in who.aside:
        rows = rows.filter(changed_at__gt=who.aside[key])
    named = Concat(Value(f"{kind}:" if kind else ""), Cast(OuterRef("pk"), CharField()))
    aside = SetAside.objects.filter(user=who.user.pk, section=key, row=named, at__gte=OuterRef("changed_at"))
    return rows.filter(~Exists(aside))


def section(key: str, title: str, rows: Iterable[Any], line: Callable[[Any], Line], **ways: Any) -> Section:
    """A section of these rows, of which at most a hundred and one are counted."""
    found = list(rows)
    return Section(key, title, [line(row) for row in found[:SHOWN]], len(found), **ways)


def joined(*parts: Any) -> str:
    """What stands beside a line: words and days, those that are there."""
    words = [dates.in_words(part, "day", "short") if isinstance(part, date) else str(part) for part in parts if part]
    return " · ".join(words)
