"""Those who work here: their roles, and whether their account is open. Each change is in the log of the admin."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.translation import gettext as _

from .refusals import Refused

ROLES = ("viewer", "analyst", "reviewer", "editor", "admin")


class NotYours(Refused):
    """Nobody takes away their own way in, and only who administers the whole site changes another who does."""


def change_roles(*, person: User, groups: Sequence[Group], by: User) -> User:
    """Let a person have these roles and no others; groups that are no roles stay. Their sessions end where one is lost.

    Raises NotYours, and Refused where no role is left: then the account is closed instead.
    """
    if not groups:
        raise Refused(_("Choose at least one role, or close the account."), field="groups")
    with transaction.atomic():
        locked = _locked(person, by)
        held = set(locked.groups.filter(name__in=ROLES))
        lost, gained = held - set(groups), set(groups) - held
        locked.groups.remove(*lost)
        locked.groups.add(*gained)
        if lost:
            end_sessions(person=locked)
        if lost or gained:
            _tell(locked, by, f"Roles: {', '.join(sorted(group.name for group in groups))}")
    return locked


def close_account(*, person: User, by: User) -> User:
    """Let a person in no more, from the next request on; what they wrote stays theirs. Raises NotYours."""
    with transaction.atomic():
        locked = _locked(person, by)
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        end_sessions(person=locked)
        _tell(locked, by, "Account closed")
    return locked


def open_account(*, person: User, by: User) -> User:
    """Let a person in again, with the roles they had. Raises NotYours."""
    with transaction.atomic():
        locked = _locked(person, by)
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        _tell(locked, by, "Account opened again")
    return locked


def sign_out_everywhere(*, person: User, by: User) -> int:
    """End every session of a person, who may sign in again; how many there were. Raises NotYours."""
    with transaction.atomic():
        locked = _locked(person, by)
        ended = end_sessions(person=locked)
        _tell(locked, by, "Sessions ended")
    return ended


def end_sessions(*, person: User) -> int:
    """End every session of a person; how many there were."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    UserSession.objects.filter(user=person).delete()
    return len(sessions)


def _locked(person: User, by: User) -> User:
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.pk == by.pk:
        raise NotYours(_("You cannot change your own roles or close your own account. Ask another admin."))
    if locked.is_superuser and not by.is_superuser:
        raise NotYours(_("This person administers the whole site. Only somebody who does too can change that."))
    return locked


def _tell(person: User, by: User, said: str) -> None:
    LogEntry.objects.log_actions(by.pk, [person], CHANGE, change_message=said, single_object=True)
