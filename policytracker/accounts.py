"""How accounts differ from what allauth does by itself: nobody can sign up, an admin invites; and each user comes with
what they prefer.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import translation

from policytracker.tracking.models import Preference


class AuthenticationBackend(AllauthBackend):
    """Finds the user of a session together with their preferences, in the one query that every page asks anyway."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; None where there is none, or a disabled one."""
        user = User.objects.select_related("preference").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Our own answers where the library asks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an account means write access, so an admin invites its owner."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail about an account, in the language its owner chose."""
        preference = preference_of(context.get("user"))
        with translation.override((preference and preference.language) or translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell an owner of a change to the account; at the address an admin gave where none was confirmed."""
        primary = email or EmailAddress.objects.get_primary_email(user) or user.email
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, primary)


def preference_of(user: Any) -> Preference | None:
    """What a user prefers; None for a visitor, and for a user who never said."""
    return getattr(user, "preference", None)
