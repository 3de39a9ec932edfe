"""Turns entries of a timeline into lines with words, glyphs and addresses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from policytracker.pages.translated import other_language, quote_language, script_language
from policytracker.tracking.models import TimelineEvent
from policytracker.tracking.timeline import TimelineEntry

from .addresses import address_of

Kind = TimelineEvent.Kind

ICONS: dict[str, str] = {
    Kind.STATEMENT: "i-announcement",
    Kind.COMMITMENT: "i-new",
    Kind.EVIDENCE: "i-evidence",
    Kind.MILESTONE: "i-flag",
    Kind.DEADLINE: "i-clock",
    Kind.APPOINTMENT: "i-person",
    Kind.CORRECTION: "i-pen",
}
MINOR = (Kind.ARTICLE, Kind.EVENT)
# The kinds that a timeline can be narrowed to, in the order the filter shows them.
KIND_LABELS: dict[str, Any] = {
    Kind.STATUS: pgettext_lazy("kind of event", "Status"),
    Kind.COMMITMENT: pgettext_lazy("kind of event", "Commitment"),
    Kind.STATEMENT: pgettext_lazy("kind of event", "Statement"),
    Kind.EVIDENCE: pgettext_lazy("kind of event", "Evidence"),
    Kind.DEADLINE: pgettext_lazy("kind of event", "Deadline"),
    Kind.MILESTONE: pgettext_lazy("kind of event", "Milestone"),
    Kind.TERMS: pgettext_lazy("kind of event", "Terms"),
    Kind.APPOINTMENT: pgettext_lazy("kind of event", "Appointment"),
    Kind.GOVERNMENT: pgettext_lazy("kind of event", "Government"),
    Kind.ORGANIZATION: pgettext_lazy("kind of event", "Organization"),
    Kind.INITIATIVE: pgettext_lazy("kind of event", "Initiative"),
    Kind.EVENT: pgettext_lazy("kind of event", "Context"),
    Kind.ARTICLE: pgettext_lazy("kind of event", "Article"),
    Kind.CORRECTION: pgettext_lazy("kind of event", "Correction"),
}


@dataclass(frozen=True)
class Line:
    """One line of a timeline as a page shows it; `language` is that of a title in a source's words."""

    key: str
    kind: str
    kind_label: str
    day: date
    precision: str
    title: str
    url: str
    text: str
    icon: str
    weight: str = ""
    before: str = ""
    after: str = ""
    language: str = ""
    text_language: str = ""
    entry: Any = None


def line_of(entry: TimelineEntry) -> Line:
    """The line of an entry."""
    title, text = _title(entry), _text(entry)
    return Line(
        key=entry.key,
        kind=entry.kind,
        kind_label=kind_label(entry.kind),
        day=entry.happened_on,
        precision=entry.precision or "day",
        title=title,
        url=_address(entry),
        text=text,
        icon=f"st-{entry.new_status}" if entry.kind == Kind.STATUS else ICONS.get(entry.kind, "i-dot"),
        weight=_weight(entry),
        before=entry.old_status,
        after=entry.new_status,
        language=_language(entry) or script_language(title),
        text_language=_text_language(entry) or script_language(text),
        entry=entry,
    )


def kind_label(kind: str) -> str:
    """What a kind of line is called."""
    return str(KIND_LABELS.get(kind, kind))


def kind_labels() -> dict[str, str]:
    """What each kind is called, in the order the filter shows them."""
    return {kind: str(label) for kind, label in KIND_LABELS.items()}


def _language(entry: TimelineEntry) -> str:
    """The language of the title, where it is another than the page's: a source's, or what a translation falls back to."""
    if entry.kind == Kind.ARTICLE and entry.article is not None:
        return quote_language(entry.title, entry.article.language)
    if entry.commitment is not None and entry.kind != Kind.MILESTONE:
        return other_language(entry.commitment, "statement")
    return other_language(entry.source, "text") if entry.kind == Kind.EVENT else ""


def _text_language(entry: TimelineEntry) -> str:
    if entry.kind == Kind.STATUS:
        return other_language(entry.source, "rationale")
    return entry.article.language if entry.kind == Kind.ARTICLE and entry.article is not None else ""


def _weight(entry: TimelineEntry) -> str:
    if entry.kind == Kind.GOVERNMENT:
        return "divider"
    return "minor" if entry.kind in MINOR else ""


def _title(entry: TimelineEntry) -> str:
    if entry.kind == Kind.APPOINTMENT:
        return _appointment(entry)
    if entry.kind == Kind.GOVERNMENT:
        template = _("{name} leaves office") if entry.variant == "end" else _("{name} takes office")
        return template.format(name=entry.title)
    if entry.kind == Kind.INITIATIVE:
        template = _("{name} ends") if entry.variant == "end" else _("{name} begins")
        return template.format(name=entry.title)
    if entry.kind == Kind.ORGANIZATION and entry.other is not None:
        return _("{name}: {change} {other}").format(name=entry.title, change=entry.body, other=entry.other)
    if entry.occurrence is not None:
        return f"{entry.title} – {entry.occurrence}"
    return entry.title


def _appointment(entry: TimelineEntry) -> str:
    template = {
        "start": _("{person} becomes {post}"),
        "end": _("{person} leaves office as {post}"),
        "nominated": _("{person} is nominated as {post}"),
    }.get(entry.variant, _("{person} holds the post: {post}"))
    return template.format(person=entry.official, post=entry.title)


def _text(entry: TimelineEntry) -> str:
    if entry.kind == Kind.ORGANIZATION and entry.other is not None:
        return ""
    if entry.kind == Kind.STATEMENT and entry.official is not None:
        return _("Said by {person}.").format(person=entry.official)
    if entry.kind == Kind.EVIDENCE and entry.article is not None:
        source = entry.article.publisher or entry.article.headline
        return entry.body or _("Source: {source}").format(source=source)
    if entry.kind == Kind.TERMS:
        return _terms(entry)
    return entry.body


def _terms(entry: TimelineEntry) -> str:
    words = {
        "deadline": _("The deadline was changed."),
        "condition": _("Its condition changed."),
        "discontinued": _("It was discontinued."),
        "superseded": _("Another commitment took its place."),
        "supersedes": _("It took the place of another commitment."),
    }.get(entry.variant, "")
    return f"{words} {entry.body}".strip()


def _address(entry: TimelineEntry) -> str:
    anchors: dict[str, str] = {Kind.STATUS: "v", Kind.EVIDENCE: "e", Kind.STATEMENT: "s"}
    if entry.commitment is not None:
        anchor = anchors.get(entry.kind)
        return address_of(entry.commitment) + (f"#{anchor}{entry.source.pk}" if anchor else "")
    for subject in (entry.initiative, entry.official, entry.article, entry.ministry):
        if subject is not None and subject.is_published:
            return address_of(subject)
    return ""
