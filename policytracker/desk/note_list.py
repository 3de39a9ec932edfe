"""The notes beside a text as HTML. Written as strings, as the text itself is: a template would take most of the page's
time over hundreds of them. Everything that is not ours is escaped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from policytracker.tracking.models import Annotation, Evidence

from .note_text import note_html
from .notes import Named, Note
from .threads import Thread


def note_list(
    threads: Iterable[Thread[Note]], *, article_id: int, language: str, is_detached: bool = False
) -> SafeString:
    """A list item a note; `language` is the article's. A detached note leads to the version of the text it is in."""
    page = _Page(article_id, language, is_detached)
    return mark_safe("".join(page.item(thread) for thread in threads))  # noqa: S308 - each part is escaped


@dataclass
class _Page:
    """What hundreds of notes repeat, worked out once."""

    article_id: int
    language: str
    is_detached: bool

    def __post_init__(self) -> None:
        self.lang = f' lang="{escape(self.language)}"' if self.language and self.language != get_language() else ""
        self.article = reverse("desk:article_detail", args=[self.article_id])
        self.notes = reverse("desk:annotation_list")
        self.commitments = reverse("desk:commitment_list")
        self.initiatives = reverse("desk:initiative_detail", args=["x"])[:-2]
        self.tags = reverse("desk:tag_list")
        self.motivations = {key: escape(str(label)) for key, label in Annotation.Motivation.choices}
        self.visibilities = {key: escape(str(label)) for key, label in Annotation.Visibility.choices}
        self.stances = {key: escape(str(label)) for key, label in Evidence.Stance.choices}
        self.go_to = escape(_("Go to highlight %(n)s"))
        self.in_its_version = escape(_("in its version"))
        self.dealt_with, self.edited = escape(_("dealt with")), escape(_("edited"))
        self.open, self.annotation = escape(_("Open")), escape(_("annotation"))
        self.days: dict[date, str] = {}

    def item(self, thread: Thread[Note]) -> str:
        note = thread.note
        resolved = " is-resolved" if note.resolved_at else ""
        quote = f'<p class="q"{self.lang}>{escape(note.exact)}</p>' if note.exact else ""
        body = f'<div class="txt">{note_html(note.body)}</div>' if note.body else ""
        return (
            f'<li class="note{resolved}" id="n{note.pk}" tabindex="-1">{self._head(note, thread.number)}{quote}{body}'
            f"{self._links(note)}{self._tags(note)}{''.join(map(self._answer, thread.answers))}"
            f"{self._foot(note, thread.number)}</li>\n"
        )

    def _head(self, note: Note, number: int) -> str:
        if self.is_detached:
            place = f'<a href="{self.article}?snapshot={note.snapshot_id}#q{note.pk}">{self.in_its_version}</a>'
        else:
            place = f'<a href="#q{note.pk}" aria-label="{self.go_to % {"n": number}}">{number}</a>'
        seen_by = "" if note.visibility == "team" else f" · {self.visibilities[note.visibility]}"
        done = f" · {self.dealt_with}" if note.resolved_at else ""
        return f"<header>{place}<span>{self.motivations[note.motivation]}{seen_by}{done}</span></header>"

    def _links(self, note: Note) -> str:
        parts = [f'<span class="tag">{self.stances[note.stance]}</span>'] if note.stance else []
        parts += [_link(self.commitments, row) for row in (note.commitment,) if row]
        parts += [_link(self.initiatives, row) for row in (note.initiative,) if row]
        return f'<p class="lnk">{"".join(parts)}</p>' if parts else ""

    def _tags(self, note: Note) -> str:
        tags = "".join(_link(self.tags, tag, ' class="tag"') for tag in note.tags)
        return f'<p class="lnk">{tags}</p>' if tags else ""

    def _answer(self, answer: Note) -> str:
        words = f'<div class="txt">{note_html(answer.body)}</div>'
        return f'<div class="answer">{words}<p class="xs muted">{self._signed(answer)}</p></div>'

    def _foot(self, note: Note, number: int) -> str:
        edited = f" · {self.edited}" if note.edited_at else ""
        label = f'{self.open}<span class="vh"> {self.annotation} {number}</span>'
        return (
            f'<p class="xs muted mt3">{self._signed(note)}{edited} · <a href="{self.notes}{note.uuid}/">{label}</a></p>'
        )

    def _signed(self, note: Note) -> str:
        return f"{escape(note.writer)} · {self._day(note.created_at)}"

    def _day(self, moment: datetime) -> str:
        day = timezone.localtime(moment).date()
        if day not in self.days:
            self.days[day] = escape(date_filter(day, "SHORT_DATE_FORMAT"))
        return self.days[day]


def _link(base: str, row: Named, attributes: str = "") -> str:
    return f'<a{attributes} href="{base}{escape(row.slug)}/">{escape(row.name)}</a>'
