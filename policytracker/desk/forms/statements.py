"""The form of a statement: the passage in which a commitment was made or said again, by whom, and what changed."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.identity import address_key
from articles.importing.refusals import ImportRefused
from articles.models import Article, Snapshot
from policytracker.tracking.actions.passages import LONGEST_QUOTE, NoSuchPassage, passage_in
from policytracker.tracking.actions.reference import Draft
from policytracker.tracking.models import Annotation, Evidence, Statement
from policytracker.tracking.models.passages import Passage

from ..lookups import LookupField
from ..numbers import number_in
from .dates import PeriodField
from .parts import PartForm

AT_DESK = re.compile(r"(?:\A|/articles/)(\d+)/?(?:[?#].*)?\Z")


class StatementForm(PartForm):
    """Which words of which article, said when and by whom."""

    model = Statement
    first_days = ("said_on",)
    of_passage = ("said_in", "snapshot", "start")
    exact = forms.CharField(
        label=gettext_lazy("The words"),
        max_length=LONGEST_QUOTE,
        strip=False,
        help_text=gettext_lazy("As they stand in the article; the first place where they do counts."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    said_in = forms.CharField(
        label=gettext_lazy("Article"),
        max_length=2_000,
        help_text=gettext_lazy("Its number at the desk, or its address."),
    )
    said_on = PeriodField(
        label=gettext_lazy("Said on"), required=False, help_text=gettext_lazy("Empty: the day of the article.")
    )
    membership = LookupField(
        "memberships",
        label=gettext_lazy("Said by"),
        required=False,
        help_text=gettext_lazy("Who said it, in which post. Empty when the ministry spoke as a body."),
    )
    ministry = LookupField(
        "ministries",
        label=gettext_lazy("On behalf of"),
        required=False,
        help_text=gettext_lazy("Empty: the ministry that leads."),
    )
    is_original = forms.BooleanField(label=gettext_lazy("It was said for the first time"), required=False)
    drift = forms.ChoiceField(
        label=gettext_lazy("What changed since it was said before"),
        choices=Statement.Drift.choices,
        required=False,
        help_text=gettext_lazy("A proposal stands beside the difference of words on the commitment’s page."),
    )
    snapshot = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    start = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_exact(self) -> str:
        """Line ends as they are stored; browsers send others."""
        return self.cleaned_data["exact"].replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        """The words stand in the article, and there is a day on which they were said."""
        values = super().clean() or {}
        if "said_in" in self.fields and not self.errors:
            self._find_passage(values)
        return values

    def _find_passage(self, values: dict[str, Any]) -> None:
        text = _text_of(values["said_in"], values["snapshot"])
        if text is None:
            self.add_error("said_in", _("No article with a text is known by this number or address."))
            return
        exact, start = values["exact"], number_in(values["start"])
        if start is None or text.text[start : start + len(exact)] != exact:
            start = text.text.find(exact)
        try:
            self.quote = passage_in(text, start=start, end=start + len(exact), exact=exact)
        except NoSuchPassage:
            self.add_error("exact", _("These words do not stand in the article. Copy them from its text as they are."))
            return
        self.found_in = text
        if values["said_on"] is None and text.article.published_on is None:
            self.add_error("said_on", _("The article has no date. Say when it was said."))

    @property
    def draft(self) -> Draft:
        """The values as the action takes them; a correction is about all but the passage."""
        told = dict(super().draft.values)
        if "said_in" not in self.fields:
            return Draft(told)
        for name in self.of_passage:
            del told[name]
        quote, article = self.quote, self.found_in.article
        told |= {"snapshot": self.found_in, "start": quote.start, "end": quote.end, "exact": quote.exact}
        told |= {"prefix": quote.prefix, "suffix": quote.suffix}
        if told["said_on"] is None:
            told |= {"said_on": article.published_on, "said_precision": article.published_precision or "day"}
        told["ministry"] = told["ministry"] or told["commitment"].lead_ministry
        return Draft(told)

    def found_again(self) -> list[Any]:
        """The same passage for the same commitment."""
        same = {"snapshot": self.found_in, "start": self.quote.start, "end": self.quote.end}
        return list(Statement.objects.filter(commitment=self.cleaned_data["commitment"], **same))

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What is typed for a statement that exists."""
        return super().initial_of(row) | passage_of(row)

    @classmethod
    def prefilled(cls, given: Any, user: Any) -> dict[str, Any]:
        """What the address names: a commitment, and a note on a passage or a piece of evidence to take the words of."""
        initial = super().prefilled(given, user)
        found = _note(given.get("annotation", ""), user) or _evidence(given.get("evidence", ""))
        return initial | (passage_of(found) if found is not None else {})

    @classmethod
    def not_corrected(cls, row: Model) -> tuple[str, ...]:
        """The words of a source are what they are."""
        return (*super().not_corrected(row), "exact", *cls.of_passage)


def passage_of(row: Any) -> dict[str, Any]:
    """A passage as it is typed."""
    place = {"said_in": str(row.snapshot.article_id), "snapshot": str(row.snapshot_id), "start": str(row.start)}
    return {"exact": row.exact, **place}


def _note(uuid: str, user: Any) -> Passage | Annotation | None:
    try:
        UUID(uuid)
    except ValueError:
        return None
    return Annotation.objects.for_list_page(user).filter(uuid=uuid, snapshot__isnull=False).first()


def _evidence(key: str) -> Evidence | None:
    rows = Evidence.objects.filter(pk=number_in(key)).select_related("snapshot__article")
    return rows.defer("snapshot__raw", "snapshot__text").first()


def _text_of(said_in: str, snapshot: str) -> Snapshot | None:
    """The snapshot of the article: the named one where it is of this article, else the one in use."""
    known = _article(said_in.strip())
    if known is None:
        return None
    texts = Snapshot.objects.filter(article=known).select_related("article").defer("raw")
    named = texts.filter(pk=number_in(snapshot) or 0).first()
    return named or texts.filter(pk=known.current_snapshot_id).first()


def _article(said_in: str) -> Article | None:
    """The article of this number, of this page of ours, or of this address."""
    if match := AT_DESK.search(said_in):
        return Article.objects.filter(pk=number_in(match[1]) or 0).first()
    try:
        return Article.objects.filter(addresses__key=address_key(said_in)).first()
    except ImportRefused:
        return None
