"""Taking a draft into the public record."""

from datetime import datetime

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from policytracker.government.models import Recorded

# The links of a row that its public page names; each must be public before the row is.
NAMED_BY = {
    "commitment": ("initiative", "lead_ministry", "made_by", "government"),
    "government": ("predecessor",),
    "initiative": ("lead_ministry", "parent", "government"),
    "membership": ("official", "post"),
    "milestone": ("commitment",),
    "criterion": ("commitment",),
    "ministry": ("parent",),
    "occurrence": ("commitment",),
    "official": ("party",),
    "post": ("ministry",),
    "statement": ("commitment", "membership", "ministry"),
    "succession": ("predecessor", "successor"),
}


class DependsOnDraft(Exception):
    """A row cannot be public while its page would name a draft."""


def publish(*, subject: Recorded, by: User, at: datetime) -> bool:
    """Take a draft into the public record. False where it was public already.

    Raises DependsOnDraft, with a sentence that names the draft, where the row's page would give one away.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="publish"):
        locked = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
        if locked.recorded_at is not None:
            subject.recorded_at = locked.recorded_at
            return False
        _refuse_named_drafts(subject)
        subject.recorded_at = at
        subject.save(update_fields=["recorded_at"])
    return True


def _refuse_named_drafts(subject: Recorded) -> None:
    for name in NAMED_BY.get(subject._meta.model_name or "", ()):
        named = getattr(subject, name)
        if named is not None and not named.is_published:
            raise DependsOnDraft(
                _("Publish the %(kind)s “%(name)s” first: this page names it.")
                % {"kind": named._meta.verbose_name, "name": named}
            )
