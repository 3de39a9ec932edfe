"""Reference data by kind: what it is called in an address, how one is found, and what its page tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import FormerAddress, Initiative, Membership, Ministry, Official, Post, Topic
from policytracker.tracking.namesakes import namesakes

from .forms.reference import (
    InitiativeForm,
    MembershipForm,
    MinistryForm,
    OfficialForm,
    PostForm,
    ReferenceForm,
    TopicForm,
)
from .numbers import number_in

TOLD_APART = ("name", "label", "aliases", "source_urls")  # they stand above and below a row's facts


class Moved(Exception):
    """The row is found under another key now."""

    def __init__(self, row: Any) -> None:
        super().__init__(str(row))
        self.row = row


@dataclass(frozen=True)
class Kind:
    """One kind of reference data."""

    plural: str
    title: Any
    new: Any
    form: type[ReferenceForm]
    rows: Callable[[], QuerySet]
    words_in: tuple[str, ...]
    order: tuple[str, ...]
    key: str = "slug"
    draft_right: str = "draft"
    is_merged: bool = False

    @property
    def model(self) -> type[Model]:
        """Its model."""
        return self.form.model

    @property
    def name(self) -> str:
        """What it is called in code: "official"."""
        return self.model._meta.model_name or ""

    @property
    def has_drafts(self) -> bool:
        """Whether a row is a draft first."""
        return hasattr(self.model, "recorded_at")

    @property
    def new_url(self) -> str:
        """Where one is made."""
        return reverse("desk:reference_new", args=[self.plural])

    @property
    def list_url(self) -> str:
        """Where all are listed."""
        return reverse("desk:reference_list", args=[self.plural])

    def matching(self, words: str) -> QuerySet:
        """Rows that hold every word, those merged into others left out."""
        rows = self.rows()
        if self.is_merged:
            rows = rows.filter(merged_into=None)
        for word in words.split()[:8]:
            rows = rows.filter(Q(*[(f"{name}__icontains", word) for name in self.words_in], _connector=Q.OR))
        return rows.distinct().order_by(*self.order)

    def find(self, key: str) -> Any:
        """The row of this key. Raises Moved where it was renamed or merged, Http404 where there is none."""
        if self.key == "pk":
            found = self.rows().filter(pk=number_in(key))
            if (row := found.first()) is None:
                raise Http404
            return row
        row = self.rows().filter(slug=key).first() or self._formerly(key)
        if row is None:
            raise Http404
        heir = getattr(row, "merged_into", None) or row
        if heir.slug != key:
            raise Moved(heir)
        return row

    def _formerly(self, key: str) -> Any:
        if not self.has_drafts:
            return None
        former = FormerAddress.objects.filter(kind=self.name, slug=key).values(self.name)
        return self.rows().filter(pk__in=former).first()


INITIATIVES = Kind(
    "initiatives",
    _("Initiatives"),
    _("New initiative"),
    InitiativeForm,
    lambda: Initiative.objects.select_related("lead_ministry", "government", "parent", "merged_into"),
    ("name", "i18n", "aliases__name"),
    ("name", "pk"),
    is_merged=True,
)
OFFICIALS = Kind(
    "officials",
    _("Officials"),
    _("New official"),
    OfficialForm,
    lambda: Official.objects.select_related("party", "merged_into"),
    ("name", "i18n", "aliases__name"),
    ("name", "pk"),
    is_merged=True,
)
POSTS = Kind(
    "posts",
    _("Posts"),
    _("New post"),
    PostForm,
    lambda: Post.objects.select_related("ministry"),
    ("label", "i18n", "aliases__name", "ministry__name"),
    ("label", "pk"),
)
MEMBERSHIPS = Kind(
    "memberships",
    _("Memberships"),
    _("New membership"),
    MembershipForm,
    lambda: Membership.objects.select_related("official", "post"),
    ("official__name", "official__i18n", "post__label", "post__i18n"),
    ("-started_on", "pk"),
    key="pk",
)
MINISTRIES = Kind(
    "ministries",
    _("Ministries"),
    _("New ministry"),
    MinistryForm,
    lambda: Ministry.objects.select_related("parent"),
    ("name", "i18n", "aliases__name"),
    ("name", "pk"),
)
TOPICS = Kind(
    "topics",
    _("Topics"),
    _("New topic"),
    TopicForm,
    lambda: Topic.objects.select_related("parent"),
    ("label", "i18n", "aliases__name", "code"),
    ("label", "pk"),
    draft_right="publish",
)
KINDS = {kind.plural: kind for kind in (INITIATIVES, OFFICIALS, POSTS, MEMBERSHIPS, MINISTRIES, TOPICS)}
BY_NAME = {kind.name: kind for kind in KINDS.values()}


def kind_called(plural: str) -> Kind:
    """The kind of this name. Raises Http404."""
    if plural not in KINDS:
        raise Http404
    return KINDS[plural]


def address_of(row: Model) -> str:
    """The row's page at the desk; empty for what has none."""
    name = row._meta.model_name or ""
    if name in ("initiative", "commitment", "tag"):
        return reverse(f"desk:{name}_detail", args=[row.slug])  # type: ignore[attr-defined]
    kind = BY_NAME.get(name)
    return reverse("desk:reference_detail", args=[kind.plural, getattr(row, kind.key)]) if kind else ""


@dataclass(frozen=True, slots=True)
class Double:
    """What may be the same already: its page, and why it was found."""

    key: str
    label: str
    url: str
    met_as: str = ""
    is_same: bool = False


def doubles_of(kind: Kind, form: ReferenceForm, row: Model | None) -> list[Double]:
    """Rows that may be what the form describes, and that its writer has not been warned of or said no to."""
    besides = row.pk if row else None
    found = [
        Double(f"{met.kind}:{met.row}", met.name, _page(kind, met.slug), met.met_as, met.is_same)
        for met in (namesakes(kind=kind.name, names=form.given_names, besides=besides) if form.names else [])
    ]
    again = [other for other in form.found_again() if other.pk != besides]
    found += [Double(f"{kind.name}:{other.pk}", str(other), address_of(other), is_same=True) for other in again]
    known = form.cleaned_data["warned_of"].split(",") if form.cleaned_data["is_another"] else []
    return found if any(double.key not in known for double in found) else []


def _page(kind: Kind, key: str) -> str:
    if kind is INITIATIVES:
        return reverse("desk:initiative_detail", args=[key])
    return reverse("desk:reference_detail", args=[kind.plural, key])


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a row's page."""

    term: str
    value: str
    url: str = ""


def facts_of(kind: Kind, typed: dict[str, Any]) -> list[Fact]:
    """What the record says of a row, field by field; `typed` is what its form would hold."""
    form = kind.form(initial=typed)
    shown = (bound for bound in form.shown if bound.name not in TOLD_APART)
    told = [(bound, form.get_initial_for_field(bound.field, bound.name)) for bound in shown]
    return [fact for bound, value in told if (fact := _fact(bound, value)).value]


def _fact(bound: Any, value: Any) -> Fact:
    label = str(bound.label)
    if isinstance(value, Model):
        return Fact(label, str(value), address_of(value))
    if isinstance(value, bool):
        return Fact(label, str(_("yes")) if value else "")
    if isinstance(value, list):
        return Fact(label, ", ".join(map(str, value)))
    choices = dict(getattr(bound.field, "choices", None) or []) if isinstance(value, str) else {}
    return Fact(label, str(choices.get(value, value)) if value else "")
