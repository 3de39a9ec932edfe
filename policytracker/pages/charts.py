"""Charts as SVG strings, drawn on the server.

Positions are percentages: a chart fills its column at any width while its text keeps its size, no script runs and
no style attribute is needed. Colours are classes (`f-<status>`, textures `p-<status>`), so themes and print follow.
Each chart is an image with a full text alternative; the page puts a table beside it where dates matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import dates
from .statuses import STATUSES, status_of

GAP = 0.3  # between segments, in percent
WIDTHS = (280, 400, 520, 680, 900)  # container widths at which the stylesheet shows or hides a label


@dataclass(frozen=True)
class Run:
    """A status from a day until another."""

    start: date
    end: date
    status: str


@dataclass(frozen=True)
class Term:
    """Who held an office from a day until another."""

    start: date
    end: date
    name: str


@dataclass(frozen=True)
class Axis:
    """A stretch of time laid over 0 to 100 percent."""

    start: date
    end: date

    def x(self, day: date) -> float:
        """Where `day` lies, kept inside the axis."""
        whole = max((self.end - self.start).days, 1)
        return min(max(100 * (day - self.start).days / whole, 0.0), 100.0)

    def new_years(self) -> list[date]:
        """The first days of years inside the axis."""
        return [date(year, 1, 1) for year in range(self.start.year + 1, self.end.year + 1)]


def scoreboard(counts: Mapping[str, int], *, height: int = 48, numbers: bool = True) -> SafeString:
    """One stacked bar: how many commitments stand at each status. Zero counts take no room."""
    shown = [(status, counts.get(status.key, 0)) for status in STATUSES if counts.get(status.key)]
    total = sum(count for _status, count in shown)
    room = 100 - GAP * max(len(shown) - 1, 0)
    parts, x = [], 0.0
    for status, count in shown:
        width = room * count / total
        parts.append(_segment(x, width, 0, height, status.key))
        if numbers and width > 3.2:
            parts.append(_number(x + width / 2, height / 2, count, status.key))
        x += width + GAP
    return _image(parts, height, counts_in_words(counts))


def counts_in_words(counts: Mapping[str, int]) -> str:
    """ "Fulfilled 11, Stalled 8": the text alternative of a scoreboard."""
    told = [f"{status.label} {counts[status.key]}" for status in STATUSES if counts.get(status.key)]
    return ", ".join(told) or _("Nothing to show")


def status_strip(axis: Axis, runs: Sequence[Run], label: str, *, height: int = 22) -> SafeString:
    """The statuses of one commitment over time."""
    parts = [_year_lines(axis, height)]
    for run in runs:
        x = axis.x(run.start)
        width = max(axis.x(run.end) - x - GAP, 0.5)
        parts.append(_segment(x, width, 2, height - 4, run.status))
        parts.append(_run_label(x, width, height, run.status))
    told = "; ".join(
        _("{status} from {date}").format(status=status_of(run.status).label, date=dates.in_words(run.start))
        for run in runs
    )
    return _image(parts, height, f"{label}: {told or _('Nothing to show')}")


def tenure_strip(axis: Axis, terms: Sequence[Term], label: str, *, height: int = 22) -> SafeString:
    """Who held the office: a tick and the name; the family name alone where the full one does not fit."""
    parts = [_term(axis, term, height, is_last=term is terms[-1]) for term in terms]
    told = "; ".join(f"{term.name}, {dates.span_in_words(term.start, 'month', term.end, 'month')}" for term in terms)
    return _image(parts, height, f"{label}: {told or _('nobody known')}")


def year_labels(axis: Axis, *, height: int = 18) -> SafeString:
    """The years under strips; for the eye only, the strips say their dates."""
    firsts = [axis.start, *axis.new_years()]
    places = [(axis.x(day), day.year) for day in firsts]
    shown = [
        (f"{x + (0.6 if x else 0):.2f}", year)
        for index, (x, year) in enumerate(places)
        if x < 96 and (index + 1 == len(places) or places[index + 1][0] - x > 5)
    ]
    texts = format_html_join("", '<text x="{}%" y="13">{}</text>', shown)
    return format_html('<svg aria-hidden="true" height="{}">{}</svg>', height, texts)


def columns(periods: Sequence[tuple[str, int]], *, height: int = 120) -> SafeString:
    """Columns side by side, one per period: activity by month."""
    peak = max((count for _label, count in periods), default=0) or 1
    width = 100 / max(len(periods), 1)
    parts = [
        format_html(
            '<rect class="accent" x="{}%" y="{}" width="{}%" height="{}"/>',
            *_numbers(index * width, height - height * count / peak, width * 0.8, height * count / peak),
        )
        for index, (_label, count) in enumerate(periods)
    ]
    parts.append(format_html('<line class="gridline" x1="0" x2="100%" y1="{0}" y2="{0}"/>', height))
    told = ", ".join(f"{label}: {count}" for label, count in periods)
    return _image(parts, height + 1, told or _("Nothing to show"))


def stacked_columns(periods: Sequence[tuple[str, Mapping[str, int]]], *, height: int = 160) -> SafeString:
    """How many stood at each status at the end of each period."""
    peak = max((sum(counts.values()) for _label, counts in periods), default=0) or 1
    width = 100 / max(len(periods), 1)
    parts = []
    for index, (_label, counts) in enumerate(periods):
        y = float(height)
        for status in STATUSES:
            tall = height * counts.get(status.key, 0) / peak
            if tall:
                y -= tall
                parts.append(_segment(index * width, width * 0.86, y, max(tall - 1, 0.5), status.key, radius=0))
    told = "; ".join(f"{label}: {counts_in_words(counts)}" for label, counts in periods)
    return _image(parts, height, told or _("Nothing to show"))


def burn_up(periods: Sequence[tuple[str, int, int]], *, height: int = 140) -> SafeString:
    """Two growing steps: commitments made (behind) and concluded (before). Periods are (label, made, concluded)."""
    peak = max((made for _label, made, _done in periods), default=0) or 1
    width = 100 / max(len(periods), 1)
    parts = []
    for index, (_label, made, concluded) in enumerate(periods):
        for css_class, count in (("whole", made), ("accent", concluded)):
            tall = height * count / peak
            if tall:
                place = _numbers(index * width, height - tall, width * 1.01, tall)
                parts.append(
                    format_html('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>', css_class, *place)
                )
    told = "; ".join(
        _("{label}: {concluded} of {made} concluded").format(label=label, made=made, concluded=concluded)
        for label, made, concluded in periods
    )
    return _image(parts, height, told or _("Nothing to show"))


def share(count: int, peak: int) -> SafeString:
    """A thin bar for one line of the year rail; the number stands beside it."""
    width = f"{100 * count / max(peak, 1):.1f}"
    return format_html(
        '<svg aria-hidden="true" height="8"><rect class="bar" y="1" width="{}%" height="7" rx="1"/></svg>', width
    )


def _image(parts: Iterable[SafeString], height: int, alternative: str) -> SafeString:
    drawn = mark_safe("".join(parts))  # noqa: S308  (every part is escaped where it is made)
    return format_html('<svg role="img" aria-label="{}" height="{}">{}</svg>', alternative, height, drawn)


def _numbers(*values: float) -> list[str]:
    return [f"{value:.2f}" for value in values]


def _segment(x: float, width: float, y: float, height: float, status: str, radius: int = 2) -> SafeString:
    place = (*_numbers(x, y, width, height), radius)
    rect = '<rect class="{}-{}" x="{}%" y="{}" width="{}%" height="{}" rx="{}"/>'
    drawn = format_html(rect, "f", status, *place)
    return drawn + format_html(rect, "p", status, *place) if status_of(status).is_textured else drawn


def _number(x: float, y: float, count: int, key: str) -> SafeString:
    """A count in the middle of a segment; on a plain disc where the segment is textured, for contrast."""
    status = status_of(key)
    style = "plain" if status.is_outline else "on-pill" if status.is_textured else "on-fill"
    disc = mark_safe('<circle class="pill" r="12"/>') if status.is_textured else ""
    return format_html(
        '<svg x="{}%" y="{}" overflow="visible">{}<text class="{}" y="5.5" text-anchor="middle">{}</text></svg>',
        *_numbers(x, y),
        disc,
        style,
        count,
    )


def _run_label(x: float, width: float, height: int, key: str) -> SafeString:
    status = status_of(key)
    if status.is_textured:
        return mark_safe("")
    style = "plain" if status.is_outline else "on-fill"
    return format_html(
        '<svg x="{}%" overflow="visible"><text class="{} small {}" x="8" y="{}">{}</text></svg>',
        f"{x:.2f}",
        style,
        _fits_from(str(status.label), width),
        height / 2 + 4.5,
        status.label,
    )


def _term(axis: Axis, term: Term, height: int, *, is_last: bool) -> SafeString:
    x, width, y = axis.x(term.start), axis.x(term.end) - axis.x(term.start), height / 2 + 4.5
    family = term.name.split()[0] if term.name else ""
    full = _fits_from(term.name, width)
    tick = format_html(
        '<line class="gridline" x1="{0}%" x2="{0}%" y1="0" y2="{1}" stroke-width="2"/>', f"{x:.2f}", height
    )
    if is_last and full == "n9999":  # the current holder is always named
        return tick + format_html('<text x="100%" y="{}" text-anchor="end">{}</text>', y, family)
    short = _fits_from(family, width, padding=8) + ("" if full == "n9999" else f" u{full[1:]}")
    texts = format_html_join("", '<text class="{}" x="6" y="{}">{}</text>', _names(term.name, family, full, short, y))
    return tick + format_html('<svg x="{}%" overflow="visible">{}</svg>', f"{x:.2f}", texts)


def _names(name: str, family: str, full: str, short: str, y: float) -> list[tuple[str, float, str]]:
    return [(full, y, name)] if name == family else [(full, y, name), (short, y, family)]


def _fits_from(words: str, percent: float, *, padding: int = 14) -> str:
    """The class that hides a label until its container is wide enough: `n280` … `n900`, `n9999` for never."""
    pixels = sum(13 if ord(letter) > 0x1100 else 7.4 for letter in words) + padding
    needed = pixels / max(percent, 0.1) * 100
    return next((f"n{width}" for width in WIDTHS if needed <= width), "n9999")


def _year_lines(axis: Axis, height: int) -> SafeString:
    places = [(f"{axis.x(day):.2f}", height) for day in axis.new_years()]
    return format_html_join("", '<line class="gridline" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>', places)


def events_in_words(count: int) -> str:
    """ "7 events": what a line of the year rail counts."""
    return ngettext("{count} event", "{count} events", count).format(count=count)
