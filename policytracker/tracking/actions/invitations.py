"""Asking people to work here. Each link is signed, opens the door once, and only for a few days."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import pghistory
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from policytracker.tracking.mails import invitation_mail
from policytracker.tracking.models import Invitation, Preference

from .refusals import Refused

SALT = "tracking.invitation"


class CannotInvite(Refused):
    """The address cannot be invited; the sentence says why."""

    field = "email"


class CannotAccept(Refused):
    """The invitation cannot be accepted as asked; the sentence says why."""


def invite(*, email: str, groups: Sequence[Group], language: str, by: User, at: datetime) -> Invitation:
    """Ask the owner of an address to work here with these roles, by mail.

    Asked again before they answered, the roles are the new ones and the earlier link opens nothing any more. Raises
    CannotInvite for what is no address, for one that has an account, and for no role.
    """
    address = _clean(email)
    if not groups:
        raise CannotInvite(_("Choose at least one role."), field="groups")
    if User.objects.filter(email__iexact=address).exists():
        raise CannotInvite(_("Somebody with this address has an account already."))
    with transaction.atomic(), pghistory.context(user=by.pk, action="invite"):
        invitation = Invitation.objects.select_for_update().open().filter(email__iexact=address).first()
        invitation = invitation or Invitation(email=address)
        invitation.language, invitation.nonce = language, uuid.uuid4()
        invitation.invited_by, invitation.invited_at = by, at
        invitation.expires_at = at + timedelta(days=settings.INVITATION_DAYS)
        invitation.save()
        invitation.groups.set(groups)
        invitation_mail(invitation=invitation, token=token_of(invitation), at=at).save()
    return invitation


def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> bool:
    """End an invitation that was not accepted; False where there was nothing to end."""
    return bool(Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=at))


def token_of(invitation: Invitation) -> str:
    """What its link holds: signed, so that nobody makes one up."""
    return signing.dumps([invitation.pk, invitation.nonce.hex], salt=SALT)


def invitation_of(token: str, *, at: datetime) -> Invitation | None:
    """The invitation that a link opens; None for one that was made up, used, withdrawn, replaced or has run out."""
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Invitation.objects.filter(pk=pk, nonce=nonce).select_related("invited_by").first()
    return found if found is not None and found.is_open(at) else None


def accept_invitation(*, invitation: Invitation, username: str, name: str, password: str, at: datetime) -> User:
    """Make the account of somebody who was invited, with its roles. Two clicks at once make one.

    The link came by mail, so the address is known to be theirs. Raises CannotAccept where the link was used meanwhile
    or the user name is taken.
    """
    try:
        with transaction.atomic():
            current = (
                Invitation.objects.select_for_update(of=("self",)).select_related("invited_by").get(pk=invitation.pk)
            )
            if not current.is_open(at):
                raise CannotAccept(_("This invitation was used already. Sign in instead."))
            user = _make_user(current, username=username, name=name, password=password)
            current.accepted_at, current.accepted_by = at, user
            current.save(update_fields=["accepted_at", "accepted_by"])
    except IntegrityError as error:
        raise CannotAccept(_("This name is taken. Choose another one."), field="username") from error
    return user


def _make_user(invitation: Invitation, *, username: str, name: str, password: str) -> User:
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise CannotAccept(_("Somebody with this address has an account already."))
    if User.objects.filter(username__iexact=username).exists():
        raise CannotAccept(_("This name is taken. Choose another one."), field="username")
    groups = list(invitation.groups.all())
    # Only who administers the whole site can make another one who does.
    is_superuser = invitation.invited_by.is_superuser and any(group.name == "admin" for group in groups)
    user = User.objects.create_user(
        username, invitation.email, password, first_name=name, is_staff=is_superuser, is_superuser=is_superuser
    )
    user.groups.set(groups)
    EmailAddress.objects.create(user=user, email=invitation.email, verified=True, primary=True)
    Preference.objects.create(user=user, language=invitation.language)
    return user


def _clean(email: str) -> str:
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise CannotInvite(_("Enter one e-mail address, such as name@example.org.")) from error
    if len(address) > 254:
        raise CannotInvite(_("Enter one e-mail address, such as name@example.org."))
    local, _at, host = address.rpartition("@")
    return f"{local}@{host.lower()}"
