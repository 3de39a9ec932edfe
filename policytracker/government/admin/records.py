"""How the admin treats rows of the public record: drafts are edited, published rows are read.

A published field changes only with a correction note, which the desk asks for; here it is read-only, so that nobody
types into a form that the database will refuse.
"""

from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modeltrans.conf import get_default_language
from modeltrans.translator import get_i18n_field

from policytracker.government.actions import DependsOnDraft, publish

HISTORY_ROWS = 200


class TriedForm(forms.ModelForm):
    """A form that lets the database judge before it is saved: constraints and triggers answer as form errors."""

    def _post_clean(self) -> None:
        """Django's own checks, then the database's, with what was typed kept."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self._try_to_save()

    def _try_to_save(self) -> None:
        key, is_adding = self.instance.pk, self.instance._state.adding
        try:
            with transaction.atomic():
                self.instance.save()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                transaction.set_rollback(True)
        except DatabaseError as refusal:
            self.add_error(None, _sentence(refusal, of=self._meta.model))
        self.instance.pk, self.instance._state.adding = key, is_adding


def _sentence(refusal: DatabaseError, *, of: type[models.Model]) -> str:
    """The words a constraint was given, else the first line of what the database said, a sentence for our triggers."""
    broken = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None)
    named = [rule for rule in of._meta.constraints if rule.name == broken]
    worded = [
        rule.violation_error_message
        for rule in named
        if rule.violation_error_message != rule.default_violation_error_message
    ]
    reason = worded[0] if worded else str(refusal).splitlines()[0]
    return gettext("The record's rules do not allow this: %(reason)s") % {"reason": reason}


class PublishedFilter(admin.SimpleListFilter):
    """Drafts or published rows."""

    title = _("record")
    parameter_name = "record"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        """The two sides of the record."""
        return [("draft", _("draft")), ("published", _("published"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The rows on the chosen side."""
        if self.value() == "draft":
            return queryset.drafts()
        if self.value() == "published":
            return queryset.published()
        return queryset


class HistoryAdmin(admin.ModelAdmin):
    """An admin whose history page is the audit trail: every change, by SQL too, with who and when.

    A translated field shows once for each language. Its column holds the default language, so the virtual fields
    that repeat it ("name_en", "name_i18n") are left out.
    """

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form's fields, each language once."""
        return [name for name in super().get_fields(request, obj) if name not in self._repeated_fields()]

    def _repeated_fields(self) -> set[str]:
        translation = get_i18n_field(self.model)
        translated = translation.fields if translation else ()
        return {f"{name}_{suffix}" for name in translated for suffix in (get_default_language(), "i18n")}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The audit trail of one row, newest first."""
        row = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, row):
            return render(request, "403.html", status=403)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Change history: %s") % row,
            "object": row,
            "opts": self.opts,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "changes": [_change(event) for event in _trail_of(row)],
        }
        return render(request, "admin/record_history.html", context | (extra_context or {}))


def _trail_of(row: models.Model) -> list[Any]:
    trail = row.audit_trail.select_related("pgh_context").order_by("pgh_id")  # type: ignore[attr-defined]
    events = list(trail.reverse()[: HISTORY_ROWS + 1])
    for newer, older in pairwise(events):
        newer.before = older
    return events[:HISTORY_ROWS]


def _change(event: Any) -> dict[str, Any]:
    before = getattr(event, "before", None)
    tracked = [field for field in event._meta.concrete_fields if not field.name.startswith("pgh_")]
    context = event.pgh_context.metadata if event.pgh_context else {}
    return {
        "at": event.pgh_created_at,
        "what": event.pgh_label,
        "context": context,
        "fields": [
            (field.verbose_name, getattr(before, field.attname, None), getattr(event, field.attname))
            for field in tracked
            if before is not None and getattr(before, field.attname) != getattr(event, field.attname)
        ],
    }


class RecordAdmin(HistoryAdmin):
    """Drafts are editable and can be published; published rows are read-only and cannot be deleted."""

    form = TriedForm
    list_per_page = 50
    show_full_result_count = False
    actions = ("publish_selected",)
    change_form_template = "admin/record_change_form.html"

    def get_list_display(self, request: HttpRequest) -> Any:
        """The class's columns and the row's place in the record."""
        return [*self.list_display, "recorded_at"]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Drafts and published rows first, then the class's filters."""
        return [PublishedFilter, *self.list_filter]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not for what is published: the desk corrects it, with a note."""
        return (obj is None or not obj.is_published) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not for what is published."""
        return (obj is None or not obj.is_published) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Rows are deleted one by one, where one sees what hangs on them."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Take the chosen drafts into the public record; all of them, or none with the reason."""
        try:
            with transaction.atomic():
                by: Any = request.user
                published = sum(publish(subject=row, by=by, at=timezone.now()) for row in queryset)
        except DependsOnDraft as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        except DatabaseError as refusal:
            self.message_user(request, _sentence(refusal, of=self.model), messages.ERROR)
            return
        text = ngettext("%(n)d row is published.", "%(n)d rows are published.", published) % {"n": published}
        self.message_user(request, text, messages.SUCCESS)
