"""A page that shows every component once, for who builds pages; served in debug only."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from . import charts, flags
from .statuses import STATUSES

TOKENS = (
    ("text", "words"),
    ("muted", "meta, captions"),
    ("accent", "links, primary buttons"),
    ("visited", "visited links"),
    ("line-strong", "borders of fields"),
    ("line", "rules"),
    ("danger", "overdue, destructive"),
    ("focus", "focus ring"),
    ("mark", "highlight"),
    ("draft", "passage being annotated"),
    ("surface", "cards, footer"),
    ("accent-soft", "pressed, messages"),
)
COUNTS = {
    "fulfilled": 11,
    "partly_fulfilled": 6,
    "in_progress": 11,
    "not_started": 5,
    "stalled": 8,
    "not_fulfilled": 5,
    "not_rated": 2,
}
AXIS = charts.Axis(date(2023, 1, 1), date(2026, 2, 2))
RUNS = (
    charts.Run(date(2023, 1, 27), date(2023, 3, 30), "not_started"),
    charts.Run(date(2023, 3, 30), date(2023, 4, 26), "partly_fulfilled"),
    charts.Run(date(2023, 4, 26), date(2025, 8, 12), "fulfilled"),
    charts.Run(date(2025, 8, 12), date(2025, 8, 19), "stalled"),
    charts.Run(date(2025, 8, 19), date(2026, 2, 2), "not_fulfilled"),
)
TERMS = (
    charts.Term(date(2023, 1, 1), date(2023, 7, 28), "Park Example"),
    charts.Term(date(2023, 7, 28), date(2025, 7, 25), "Kim Example"),
    charts.Term(date(2025, 7, 25), date(2026, 2, 2), "Chung Example"),
)
MONTHS = tuple((f"{month:02}/2025", count) for month, count in enumerate((3, 5, 2, 8, 4, 7, 1, 9, 2, 3, 6, 4), start=1))


class SampleFilter(forms.Form):
    """One filter of each kind."""

    status = forms.MultipleChoiceField(
        choices=[(status.key, status.label) for status in STATUSES], widget=forms.CheckboxSelectMultiple
    )
    ministry = forms.ChoiceField(choices=[("", "Any ministry"), ("1", "Ministry of Examples")])
    due = forms.DateField(label="Due until", widget=forms.DateInput(attrs={"type": "date"}))


class SampleForm(forms.Form):
    """A field with help and one with an error."""

    name = forms.CharField(help_text="Help stands above the field.")
    note = forms.CharField(widget=forms.Textarea)


class SampleChoice(forms.Form):
    """A choice drawn as toggles."""

    stance = forms.ChoiceField(choices=[("a", "Supports"), ("b", "Contradicts")], widget=forms.RadioSelect)


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part the pages are made of, once."""
    return render(request, "styleguide.html", _context())


def _context() -> dict[str, Any]:
    return {
        "tokens": TOKENS,
        "statuses": STATUSES,
        "flags": [
            flags.overdue(33),
            flags.late(26),
            flags.waiting(),
            flags.not_verifiable(),
            flags.superseded(),
            flags.dormant(date(2024, 11, 18)),
            flags.disputed(),
            flags.undone(date(2025, 8, 4)),
        ],
        "crumbs": [("Initiatives", "#initiatives")],
        "facts": [
            {"term": "Lead", "value": "Ministry of Examples", "url": "#ministry"},
            {"term": "Commitments", "value": "5", "note": "1 fulfilled"},
        ],
        "dates": [(date(2025, 8, 19), precision) for precision in _PRECISIONS],
        "scoreboard": charts.scoreboard(COUNTS),
        "legend": [(key, count, "#list") for key, count in COUNTS.items()],
        "strip": charts.status_strip(AXIS, RUNS, "Example"),
        "tenure": charts.tenure_strip(AXIS, TERMS, "Minister"),
        "years": charts.year_labels(AXIS),
        "activity": charts.columns(MONTHS),
        "activity_rows": MONTHS,
        "stacked": charts.stacked_columns([(label, COUNTS) for label, _count in MONTHS]),
        "burn_up": charts.burn_up([(label, 10 + index, index) for index, (label, _count) in enumerate(MONTHS)]),
        "lines": _lines(),
        "rail": [(2026, 1, "#y2026"), (2025, 7, "#y2025"), (2024, 3, "#y2024")],
        "pieces": [_piece("supports"), _piece("contradicts"), _piece("context")],
        "verdict": _verdict(),
        "filter_form": SampleFilter({"status": ["stalled"], "ministry": "1", "due": "2025-02-30"}),
        "fields": SampleForm({"name": ""}),
        "refused_form": SampleForm({}),
        "choices": SampleChoice({"stance": "a"})["stance"],
        "commitment": _commitment(),
        "facts_day": date(2025, 8, 19),
        "steps": [
            {"label": "Fetch", "note": "480 files", "state": "done"},
            {"label": "Compare", "note": "312 of 480", "state": "now"},
            {"label": "Store", "note": "waiting", "state": ""},
        ],
        "tallies": [("Created", 268), ("Updated", 12), ("Unchanged", 19), ("Duplicate", 9), ("Failed", 4)],
        "moment": SimpleNamespace(as_of=date(2024, 6, 30), known_at=date(2024, 7, 15), asked_known_at="2024-07-15"),
        "page": {"newer_url": "#newer", "older_url": "#older", "count_text": "50 of 120"},
    }


_PRECISIONS = ("day", "week", "month", "quarter", "half", "year", "approximate", "inferred", "no later than")


def _commitment() -> SimpleNamespace:
    """What a row of a list asks of a commitment."""
    standing = {
        "status": "stalled",
        "due": SimpleNamespace(last_day=date(2025, 7, 17), precision="day"),
        "since": date(2025, 1, 1),
        "last_heard_on": date(2025, 2, 3),
        "days_late": 33,
        "is_overdue": True,
    }
    unsaid = ("is_concluded", "is_waiting", "is_not_verifiable", "is_superseded", "is_dormant", "is_disputed")
    return SimpleNamespace(
        statement="Publish a report.",
        statement_i18n="Publish a report.",
        lead_ministry="Ministry of Examples",
        made_on=date(2023, 1, 27),
        made_precision="day",
        standing=SimpleNamespace(**standing, reversed_on=None, **dict.fromkeys(unsaid, False)),
    )


def _lines() -> list[dict[str, Any]]:
    day = {"day": date(2025, 12, 2), "precision": "day", "url": "#event"}
    return [
        day
        | {"kind_label": "Status", "title": "A status changes", "icon": "st-partly_fulfilled"}
        | {"before": "fulfilled", "after": "partly_fulfilled"},
        day | {"kind_label": "Commitment", "title": "A commitment is recorded", "icon": "i-new"},
        day | {"kind_label": "Announcement", "title": "A plan is announced", "icon": "i-announcement"},
        day
        | {"kind_label": "Evidence", "title": "Evidence is added", "icon": "i-evidence", "text": "The status stays."},
        day | {"kind_label": "Appointment", "title": "A minister takes office", "icon": "i-person"},
        day | {"title": "Context, set small", "icon": "i-dot", "weight": "minor"},
        day | {"title": "A new government took office", "weight": "divider"},
    ]


def _piece(stance: str) -> dict[str, Any]:
    return {
        "stance": stance,
        "kind": "Action",
        "publisher": "Example News",
        "dated_on": date(2023, 4, 26),
        "prefix": "The office ",
        "exact": "released an English version of its report",
        "suffix": " on Wednesday",
        "language": "en",
        "passage_url": "#passage",
        "source_url": "https://news.example.org/",
        "archive_url": "#archive",
    }


def _verdict() -> dict[str, Any]:
    return {
        "id": "v1",
        "before": "stalled",
        "after": "not_fulfilled",
        "day": date(2025, 8, 19),
        "rationale": "The office said that the report would stay internal.",
        "author": "an analyst",
        "reviewer": "a reviewer",
        "holder": "Chung Example",
        "evidence": [_piece("contradicts")],
    }
