"""Rows the admin only shows: they come from the desk, where each has its action, its checks and its journal."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from policytracker.government.admin.records import HistoryAdmin


class ReadOnly:
    """Neither added, changed nor deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """A list and a page to read."""

    list_per_page = 50
    show_full_result_count = False


class ReadOnlyHistoryAdmin(ReadOnly, HistoryAdmin):
    """A list, a page to read, and the audit trail."""

    list_per_page = 50
    show_full_result_count = False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    """Rows that belong to the page's row."""

    extra = 0
    show_change_link = True
