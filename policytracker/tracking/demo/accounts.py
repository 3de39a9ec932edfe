"""The demo's three users."""

from django.contrib.auth.models import Group, User

ROLES = {"admin": "admin", "analyst": "analyst", "reviewer": "reviewer"}


def ensure_users(*, may_sign_in: bool) -> dict[str, User]:
    """Username -> user. Their passwords are `<name>-demo`, or unusable where nobody may sign in as them."""
    return {name: _ensure_user(name, group, may_sign_in=may_sign_in) for name, group in ROLES.items()}


def _ensure_user(name: str, group: str, *, may_sign_in: bool) -> User:
    is_admin = name == "admin"
    user, is_new = User.objects.get_or_create(
        username=name,
        defaults={"email": f"{name}@example.org", "is_staff": is_admin, "is_superuser": is_admin and may_sign_in},
    )
    if is_new or (may_sign_in and not user.has_usable_password()):
        user.set_password(f"{name}-demo" if may_sign_in else None)
        user.is_superuser = is_admin and may_sign_in
        user.save(update_fields=["password", "is_superuser"])
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user
