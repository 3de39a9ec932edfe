"""How accounts differ from what allauth does by itself: nobody can sign up, admins make accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an account means write access, so an admin makes it."""
        return False
