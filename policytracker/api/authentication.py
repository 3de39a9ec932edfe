"""Who is asking: a program with a token, or a person in the browser."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from policytracker.tracking.models import ApiToken

_NOTED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer pt_…`. A token in the address would end up in logs; it is not looked for there."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """Return user and token; None without a token; raise AuthenticationFailed for one that opens nothing."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() not in (b"bearer", b"token"):
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send one token: “Authorization: Bearer pt_…”."))
        secret = words[1].decode("latin-1")
        token = ApiToken.objects.valid().of_secret(secret).select_related("user").first()
        if token is None:
            raise AuthenticationFailed(_("This token is not valid, or was revoked."))
        now = timezone.now()
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - _NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description of the API tells of tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
