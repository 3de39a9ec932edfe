"""Correcting what is published: the field changes and the ledger says why, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from articles.models import Article
from policytracker.government.models import Recorded
from policytracker.tracking.ledger import as_json, current_value, is_filing, is_translation, set_value
from policytracker.tracking.models import Assessment, Correction

from .clock import acting
from .refusals import Refused

Kind = Correction.Kind


class NoteMissing(Refused):
    """A published field changes only with a note that says why."""

    field = "note"


class NothingToCorrect(Refused):
    """The record says so already."""


class StillADraft(Refused):
    """A draft is edited, not corrected; and what is published does not come to name one."""


def correct_field(
    *,
    target: Recorded | Article,
    field: str,
    value: Any,
    note: str,
    kind: str = Kind.FACT,
    by: User,
    at: datetime,
) -> Correction:
    """Correct one field of a published row ("name", "name_ko", "lead_ministry", "topics") and tell the ledger.

    Raises NoteMissing, NothingToCorrect, StillADraft, or ValidationError where the field cannot hold the value.
    """
    return correct_fields(target=target, values={field: value}, note=note, kind=kind, by=by, at=at)[0]


def correct_fields(
    *,
    target: Recorded | Article,
    values: Mapping[str, Any],
    note: str,
    kind: str = Kind.FACT,
    by: User,
    at: datetime,
) -> list[Correction]:
    """Correct several fields for one reason, a line of the ledger for each; those that say so already are left out."""
    note = note.replace("\x00", "").strip()
    if not note:
        raise NoteMissing(_("Say why: readers see the reason beside the correction."))
    with acting(by=by, at=at, action="correct"):
        locked = _locked(target)
        lines = _lines(locked, values, note=note, kind=kind, by=by, at=at)
        if not lines:
            raise NothingToCorrect(_("The record says so already."))
        Correction.objects.bulk_create(lines)
        _write(locked, [line.field for line in lines if not is_filing(locked, line.field)])
        for line in lines:
            if is_filing(locked, line.field):
                getattr(locked, line.field).set(line.after)
        _name_affected(locked, lines, at=at)
    target.refresh_from_db()
    return lines


def rehearsed(*, target: Recorded | Article, values: Mapping[str, Any], by: User, at: datetime) -> list[Correction]:
    """The lines that a correction would write, stored nowhere; none where the record says so already.

    Raises StillADraft, or ValidationError where a field cannot hold its value.
    """
    row = type(target)._base_manager.get(pk=target.pk)
    return _lines(row, values, note="", kind=Kind.FACT, by=by, at=at)


def affected_by(target: Recorded | Article, *, at: datetime) -> list[Assessment]:
    """The published assessments whose ground a correction of this row may be, the newest first."""
    ids = list(_affected(target, at))
    rows = Assessment.objects.filter(pk__in=ids).select_related("commitment", "occurrence")
    return list(rows.order_by("-effective_from", "-pk"))


def end_of(*, target: Recorded, values: Mapping[str, Any], by: User, at: datetime) -> None:
    """Fill in what was open until now (an end, a day on which a step was reached): news, which the database tells.

    Raises StillADraft; the database refuses to overwrite an end that stands already.
    """
    with acting(by=by, at=at, action="end"):
        locked = _locked(target)
        for field, value in values.items():
            _refuse_unknown(locked, field)
            _set(locked, field, value)
        _write(locked, values)
    target.refresh_from_db()


def _locked(target: Any) -> Any:
    locked = type(target)._base_manager.select_for_update(of=("self",)).get(pk=target.pk)
    if locked.recorded_at is None:
        raise StillADraft(_("This is still a draft: change it and publish it, without a correction."))
    return locked


def _lines(row: Any, values: Mapping[str, Any], *, note: str, kind: str, by: User, at: datetime) -> list[Correction]:
    lines = []
    for field, value in values.items():
        _refuse_unknown(row, field)
        before = current_value(row, field)
        after = _links(row, field, value) if is_filing(row, field) else _after(row, field, value)
        if before != after:
            lines.append(
                Correction(
                    target_kind=row._meta.model_name,
                    target_id=row.pk,
                    field=field,
                    before=before,
                    after=after,
                    kind=kind,
                    note=note,
                    made_by=by,
                    recorded_at=at,
                )
            )
    return lines


def _after(row: Any, field: str, value: Any) -> Any:
    _set(row, field, value)
    return current_value(row, field)


def _links(row: Any, field: str, value: Iterable[Any]) -> list[int]:
    """The numbers of the rows that `value` names. Raises StillADraft where one of them is."""
    keys = sorted({row.pk if isinstance(row, models.Model) else int(row) for row in value})
    column: Any = row._meta.get_field(field)
    if issubclass(column.related_model, Recorded):
        for key in keys:
            _refuse_draft(row, column, key)
    return keys


def _set(row: Any, field: str, value: Any) -> None:
    """Set a value a form or a program gave. Raises ValidationError where the field cannot hold it."""
    if isinstance(value, models.Model):
        value = value.pk
    if not is_translation(row, field):
        column: Any = row._meta.get_field(field)
        empty_is_fine = value is None and column.null
        value = None if empty_is_fine else column.clean(value, row)
        _refuse_draft(row, column, value)
    set_value(row, field, as_json(value))


def _refuse_unknown(row: Any, field: str) -> None:
    if is_filing(row, field) or is_translation(row, field):
        return
    if field not in {column.name for column in row._meta.concrete_fields}:
        raise ValidationError(_("There is no field “%(field)s”.") % {"field": field})


def _refuse_draft(row: Any, column: Any, value: Any) -> None:
    """A published row names no draft: its page would give it away."""
    related = column.related_model
    if value is None or related is None or not issubclass(related, Recorded | Article):
        return
    if not related._base_manager.filter(pk=value, recorded_at__isnull=False).exists():
        raise StillADraft(
            _("The new %(kind)s is still a draft. Publish it first.") % {"kind": related._meta.verbose_name},
            field=column.name,
        )


def _write(row: Any, fields: Collection[str]) -> None:
    """Write the named fields of a locked row as they stand in memory."""
    if not fields:
        return
    columns = {"i18n" if is_translation(row, field) else field for field in fields}
    attributes = {row._meta.get_field(column).attname: None for column in columns}
    type(row)._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in attributes})


def _name_affected(row: Any, lines: list[Correction], *, at: datetime) -> None:
    """Link the published assessments whose ground a corrected fact or source was; a slip of ours touches none."""
    affected = list(_affected(row, at)) if lines[0].kind in (Kind.FACT, Kind.SOURCE) else []
    links = Correction.affected_assessments.through
    links.objects.bulk_create(
        links(correction_id=line.pk, assessment_id=assessment_id) for line in lines for assessment_id in affected
    )


def _affected(row: Any, at: datetime) -> Iterable[int]:
    known = Assessment.objects.known(at)
    if isinstance(row, Article):
        return known.filter(evidence__snapshot__article=row).distinct().values_list("pk", flat=True)
    commitment_id = row.pk if row._meta.model_name == "commitment" else getattr(row, "commitment_id", None)
    if commitment_id is None:
        return []
    judged = known.filter(commitment=commitment_id)
    if row._meta.model_name == "occurrence":
        judged = judged.filter(occurrence=row.pk)
    return judged.values_list("pk", flat=True)
