"""The kinds of reference data and of what belongs to a commitment: what each is called in an address, and its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import (
    Criterion,
    FormerAddress,
    Government,
    Initiative,
    Membership,
    Milestone,
    Ministry,
    Occurrence,
    Official,
    Post,
    Succession,
    Topic,
)
from policytracker.government.models.addresses import SUBJECTS
from policytracker.tracking.models import Statement

from .forms.governments import GovernmentForm, SuccessionRowForm
from .forms.initiatives import InitiativeForm, TopicForm
from .forms.ministries import MinistryForm
from .forms.officials import MembershipForm, OfficialForm, PostForm
from .forms.parts import CriterionForm, MilestoneForm, OccurrenceForm
from .forms.reference import ReferenceForm
from .forms.statements import StatementForm
from .numbers import number_in


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
    is_part: bool = False
    """Whether a row belongs to a commitment, on whose page it is shown."""
    is_made_here: bool = True
    """False for what comes of an event that has a form of its own."""

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
    def is_listed(self) -> bool:
        """Whether it is a kind by itself in the list of kinds."""
        return self.is_made_here and not self.is_part

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
        if self.name not in SUBJECTS:
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
    lambda: Topic.objects.select_related("parent", "merged_into"),
    ("label", "i18n", "aliases__name", "code"),
    ("label", "pk"),
    draft_right="publish",
    is_merged=True,
)
GOVERNMENTS = Kind(
    "governments",
    _("Governments"),
    _("New government"),
    GovernmentForm,
    lambda: Government.objects.select_related("predecessor"),
    ("name", "i18n"),
    ("-started_on", "pk"),
)
SUCCESSIONS = Kind(
    "successions",
    _("What became of bodies"),
    _("What became of a body"),
    SuccessionRowForm,
    lambda: Succession.objects.select_related("predecessor", "successor"),
    ("predecessor__name", "predecessor__i18n", "successor__name", "successor__i18n"),
    ("-happened_on", "pk"),
    key="pk",
    is_made_here=False,
)
PERIODS = Kind(
    "periods",
    _("Periods"),
    _("New period"),
    OccurrenceForm,
    lambda: Occurrence.objects.select_related("commitment"),
    ("label", "i18n", "commitment__statement", "commitment__i18n"),
    ("-period_start", "pk"),
    key="pk",
    is_part=True,
)
MILESTONES = Kind(
    "milestones",
    _("Milestones"),
    _("New milestone"),
    MilestoneForm,
    lambda: Milestone.objects.select_related("commitment"),
    ("label", "i18n", "commitment__statement", "commitment__i18n"),
    ("-due_on", "pk"),
    key="pk",
    is_part=True,
)
CRITERIA = Kind(
    "criteria",
    _("Criteria"),
    _("New criterion"),
    CriterionForm,
    lambda: Criterion.objects.select_related("commitment"),
    ("text", "i18n", "commitment__statement", "commitment__i18n"),
    ("commitment", "position", "pk"),
    key="pk",
    is_part=True,
)
STATEMENTS = Kind(
    "statements",
    _("Statements"),
    _("New statement"),
    StatementForm,
    lambda: Statement.objects.for_desk_page(),
    ("exact", "commitment__statement", "commitment__i18n"),
    ("-said_on", "pk"),
    key="pk",
    is_part=True,
)
ROWS = (INITIATIVES, OFFICIALS, POSTS, MEMBERSHIPS, MINISTRIES, GOVERNMENTS, TOPICS, SUCCESSIONS)
PARTS = (PERIODS, MILESTONES, CRITERIA, STATEMENTS)
KINDS = {kind.plural: kind for kind in (*ROWS, *PARTS)}
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


def home_of(row: Model) -> str:
    """Where one goes on after working on the row: its own page, or that of the commitment it belongs to."""
    kind = BY_NAME.get(row._meta.model_name or "")
    if kind is None or not kind.is_part:
        return address_of(row)
    commitment = row.commitment  # type: ignore[attr-defined]
    return reverse("desk:commitment_detail", args=[commitment.slug]) + f"#{kind.plural}"
