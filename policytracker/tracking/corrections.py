"""What we got wrong, and when we put it right: the ledger as readers see it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Prefetch, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Ministry, Official, Recorded

from .ledger import is_translation
from .models import Annotation, Assessment, Correction
from .moments import Moment
from .timeline_rows import NotAPage, Place

ROOMS = ("government", "tracking", "articles")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """One correction, ready to be shown. `before` and `after` are words for a reader, empty where there was nothing.

    `target` is the corrected row, `subject` the commitment, initiative, ministry, official or article whose page shows
    it, None where none does. `language` is that of a corrected translation.
    """

    correction: Correction
    target: Any
    subject: Any
    field: str
    label: str
    language: str
    before: str
    after: str
    note: str
    kind: str
    recorded_at: datetime
    affected: list[Assessment]


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """A page of corrections, the latest first. `next` is the `page=` of the following one, empty on the last."""

    entries: list[CorrectionEntry]
    next: str


def corrections_of(
    moment: Moment, *, subject: Any = None, kinds: Iterable[str] | None = None, page: str | None = None
) -> CorrectionsPage:
    """Corrections known at the moment: all, or those of a commitment, initiative, ministry, official or article.

    News (an end that came, a translation that was added) are not corrections. Raises NotAPage.
    """
    rows = made_by(moment).order_by("-recorded_at", "-id")
    if subject is not None:
        rows = rows.filter(_about(subject))
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    if page:
        place = Place.parse(page)
        rows = rows.filter(Q(recorded_at__lt=place.at) | Q(recorded_at=place.at, pk__lt=place.source_id))
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return CorrectionsPage(entries_of(shown), str(Place(shown[-1].recorded_at, shown[-1].pk)) if has_more else "")


def made_by(moment: Moment) -> Any:
    """The corrections that were made by a moment, with what their entries are told from; news are not among them."""
    affected = Assessment.objects.known(moment.known_at).select_related("commitment")
    return (
        Correction.objects.known(moment.known_at)
        .corrections()
        .select_related("commitment", "initiative", "ministry", "official", "made_by")
        .prefetch_related(Prefetch("affected_assessments", queryset=affected))
    )


def entries_of(corrections: list[Correction]) -> list[CorrectionEntry]:
    """An entry for each correction whose row is in the public record; one query for each kind of row and of name."""
    targets = _targets(corrections)
    names = _names(corrections)
    return [
        _entry(
            correction,
            targets[correction.target_kind, correction.target_id],
            names,
            affected=list(correction.affected_assessments.all()),
        )
        for correction in corrections
        if (correction.target_kind, correction.target_id) in targets
    ]


def in_words(correction: Correction, target: Any) -> tuple[str, str, str]:
    """What a line, stored or not, says about its row, for a reader: the field's label, before, after."""
    entry = _entry(correction, target, _names([correction]), affected=[])
    label = f"{entry.label} ({entry.language})" if entry.language else entry.label
    return label, entry.before, entry.after


def ledger_faults() -> list[tuple[str, int, str, str]]:
    """Every break in the ledger, as (kind, id, field, fault); empty when reading it gives the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT target_kind, target_id, field, fault FROM tracking_ledger_faults()")
        return cursor.fetchall()


def _about(subject: Any) -> Q:
    name = subject._meta.model_name
    if isinstance(subject, Commitment | Initiative | Ministry | Official):
        return Q(**{name: subject})
    return Q(target_kind=name, target_id=subject.pk)


def _entry(
    correction: Correction, target: Any, names: dict[tuple[type, int], str], *, affected: list[Assessment]
) -> CorrectionEntry:
    field = correction.field
    base, _underscore, language = field.rpartition("_") if is_translation(target, field) else (field, "", "")
    column: Any = Annotation._meta.get_field("tags") if field == "tags" else target._meta.get_field(base)
    return CorrectionEntry(
        correction=correction,
        target=target,
        subject=_subject(correction, target),
        field=field,
        label=str(column.verbose_name),
        language=language,
        before=_words(column, correction.before, names),
        after=_words(column, correction.after, names),
        note=correction.note,
        kind=correction.kind,
        recorded_at=correction.recorded_at,
        affected=affected,
    )


def _subject(correction: Correction, target: Any) -> Any:
    if isinstance(target, Article):
        return target
    linked: Iterable[Recorded | None] = (
        correction.commitment,
        correction.initiative,
        correction.ministry,
        correction.official,
    )
    return next((row for row in linked if row is not None and row.is_published), None)


def _targets(corrections: list[Correction]) -> dict[tuple[str, int], Any]:
    ids: dict[str, set[int]] = {}
    for correction in corrections:
        ids.setdefault(correction.target_kind, set()).add(correction.target_id)
    return {
        (kind, row.pk): row
        for kind, wanted in ids.items()
        for row in _light(_model_of(kind)).filter(pk__in=wanted, recorded_at__isnull=False)
    }


def _light(model: Any) -> QuerySet:
    rows = model._base_manager.all()
    return rows.defer("search", "shingles") if model is Article else rows


def _model_of(kind: str) -> Any:
    for room in ROOMS:
        if kind in apps.all_models[room]:
            return apps.all_models[room][kind]
    raise LookupError(kind)


def _names(corrections: list[Correction]) -> dict[tuple[type, int], str]:
    """What the rows are called that corrected links pointed and point to; a draft keeps its name."""
    wanted: dict[Any, set[int]] = {}
    for correction in corrections:
        model: Any = _model_of(correction.target_kind)
        fields = {column.name: column for column in (*model._meta.concrete_fields, *model._meta.many_to_many)}
        column = fields.get(correction.field)
        if column is not None and column.related_model:
            values = (*_numbers(correction.before), *_numbers(correction.after))
            wanted.setdefault(column.related_model, set()).update(values)
    return {
        (model, row.pk): str(row)
        for model, ids in wanted.items()
        for row in model._base_manager.filter(pk__in=ids)
        if getattr(row, "recorded_at", True)
    }


def _numbers(value: Any) -> list[int]:
    """The rows that a link, or a list of links, points to."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _words(column: Any, value: Any, names: dict[tuple[type, int], str]) -> str:
    if value is None or value == "":
        return ""
    if column.related_model:
        return ", ".join(names.get((column.related_model, number), "…") for number in _numbers(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateTimeField | models.DateField):
        parsed = column.to_python(value)
        is_moment = isinstance(parsed, datetime)
        return formats.date_format(parsed, "DATETIME_FORMAT" if is_moment else "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


__all__ = [
    "CorrectionEntry",
    "CorrectionsPage",
    "NotAPage",
    "corrections_of",
    "entries_of",
    "in_words",
    "ledger_faults",
]
