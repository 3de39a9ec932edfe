"""Makes and revokes API tokens."""

import secrets
from datetime import datetime
from typing import Any

from policytracker.tracking.models import ApiToken
from policytracker.tracking.models.tokens import PREFIX, digest_of


def issue_token(*, name: str, by: Any, at: datetime) -> tuple[ApiToken, str]:
    """Make a token for its owner; return it with its secret, which cannot be shown again."""
    secret = f"{PREFIX}{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(user=by, name=name[:100], hint=secret[:8], digest=digest_of(secret), created_at=at)
    return token, secret


def revoke_token(*, token: ApiToken, by: Any, at: datetime) -> None:
    """End a token at once; one that was revoked before stays as it is."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
