"""A timeline as a page shows it: years with their lines, the rail beside them, the filter above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from policytracker.tracking.models import TimelineEvent
from policytracker.tracking.timeline import NotAPage, TimelinePage, timeline_of

from .formats import size_asked_for
from .keyset import Page
from .lines import Line, kind_labels, line_of
from .pages import NotThere, PublicRequest, Refused

DAY = forms.DateInput(attrs={"type": "date"})


class Days(forms.Form):
    """The days that a timeline is narrowed to, both included; either may be left open."""

    since = forms.DateField(label=_lazy("From"), widget=DAY, required=False)
    until = forms.DateField(label=_lazy("To"), widget=DAY, required=False)

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        given: dict[str, Any] = self.cleaned_data
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("This day is before the first one."))
        return given

    def span(self) -> tuple[date, date]:
        """The first and the last day, as far as the calendar goes where the address leaves one open. Raises Refused."""
        if not self.is_valid():
            raise Refused(
                " ".join(f"{self[name].label}: {error}" for name in self.errors for error in self.errors[name])
            )
        return self.cleaned_data["since"] or date.min, self.cleaned_data["until"] or date.max


@dataclass(frozen=True)
class Shown:
    """What the timeline part of a page is drawn from."""

    years: list[tuple[int, list[Line]]]
    rail: list[tuple[int, int, str]]
    peak: int
    pages: Page
    kinds: list[tuple[str, str, bool]]
    days: Days
    count: int
    total: str
    is_newest_first: bool
    other_order_url: str
    is_empty: bool
    is_narrowed: bool
    lines: list[Line]


def shown_timeline(request: PublicRequest, subject: Any) -> Shown:
    """The page of the subject's timeline that the address asks for, longer for a twin. Raises Refused or NotThere."""
    asked = request.GET
    kinds = kinds_asked_for(asked)
    newest_first = order_asked_for(asked)
    days = Days(asked)
    since, until = days.span()
    try:
        page = timeline_of(
            subject,
            request.moment,
            kinds=kinds or None,
            page=asked.get("page") or None,
            newest_first=newest_first,
            size=size_asked_for(request),
            since=since,
            until=until,
        )
    except NotAPage as refusal:
        raise Refused(str(refusal)) from refusal
    if asked.get("page") and not page.entries:
        raise NotThere(_("The timeline ends before this page. Start again from its first page."))
    return _shown(page, asked, kinds, days, newest_first)


def kinds_asked_for(asked: QueryDict) -> list[str]:
    """The kinds of lines that the address names with `kind`; empty for all. Raises Refused."""
    kinds = [kind for kind in asked.getlist("kind") if kind]
    unknown = [kind for kind in kinds if kind not in TimelineEvent.Kind.values]
    if unknown:
        names = ", ".join(kind_labels())
        raise Refused(_("“kind” may be one of: {names}.").format(names=names))
    return kinds


def order_asked_for(asked: QueryDict) -> bool:
    """Whether the newest comes first. Raises Refused."""
    order = asked.get("order", "newest")
    if order not in ("newest", "oldest"):
        raise Refused(_("“order” may be “newest” or “oldest”."))
    return order == "newest"


def _shown(page: TimelinePage, asked: QueryDict, kinds: list[str], days: Days, newest_first: bool) -> Shown:
    lines = [line_of(entry) for entry in page.entries]
    years = [(year, list(group)) for year, group in groupby(lines, key=lambda line: line.day.year)]
    here = {year for year, _lines in years}
    return Shown(
        years=years,
        rail=[
            (
                year.year,
                year.tally.number,
                ("" if year.year in here else _url(asked, page=year.page)) + f"#y{year.year}",
            )
            for year in page.years
        ],
        peak=max((year.tally.number for year in page.years), default=0),
        pages=Page([], _url(asked, page=page.previous), _url(asked, page=page.next), str(page.tally or "")),
        kinds=[(key, label, key in kinds) for key, label in kind_labels().items()],
        days=days,
        count=page.tally.number if page.tally else 0,
        total=str(page.tally or ""),
        is_newest_first=newest_first,
        other_order_url=_url(asked, page=None, order="oldest" if newest_first else None),
        is_empty=not lines,
        is_narrowed=bool(kinds) or any(days.cleaned_data.values()),
        lines=lines,
    )


def _url(asked: QueryDict, **changes: str | None) -> str:
    """The address with these parameters; empty when the page asked for is no page."""
    if changes.get("page") == "":
        return ""
    kept = [(key, value) for key, values in asked.lists() if key not in changes for value in values]
    return "?" + urlencode([*kept, *((key, value) for key, value in changes.items() if value)])
