"""Who may enter the desk, and who may do what there.

Five roles, each with all the rights of the one before it. A role is a group of that name; a superuser is an admin.
Rights are named predicates of `rules`; those about a row ask the row too. `may(user, right, row)` is the one question.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import rules
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policytracker.tracking.models import Annotation, Assessment
from policytracker.tracking.moments import Moment

from .kept_forms import AFTER_FACTOR, keep_form, name_what_was_stored, store_form


class Role(StrEnum):
    """The groups, lowest first."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


LADDER = list(Role)
ROLE_NAMES = {
    Role.VIEWER: gettext_lazy("Viewer"),
    Role.ANALYST: gettext_lazy("Analyst"),
    Role.REVIEWER: gettext_lazy("Reviewer"),
    Role.EDITOR: gettext_lazy("Editor"),
    Role.ADMIN: gettext_lazy("Admin"),
}

# right -> the lowest role that has it
LOWEST: dict[str, Role] = {
    "enter": Role.VIEWER,  # read everything at the desk, drafts included, but for private notes
    "follow": Role.VIEWER,
    "annotate": Role.ANALYST,
    "create_tag": Role.ANALYST,
    "decide_proposal": Role.ANALYST,  # mentions and candidates
    "draft": Role.ANALYST,  # commitments, evidence, assessments, reference data that are not public yet
    "rate_blindly": Role.ANALYST,
    "publish": Role.REVIEWER,  # commitments, reference data, notes meant for everyone
    "review": Role.REVIEWER,  # assessments: remark, return, publish, dispute, uphold, withdraw, invite a rater
    "correct": Role.EDITOR,  # fields that are public already, with a note
    "merge": Role.EDITOR,  # two rows that are one
    "manage_tags": Role.EDITOR,  # rename and merge
    "import": Role.EDITOR,
    "handle_reports": Role.REVIEWER,
    "invite": Role.ADMIN,  # people
}
PUBLISHING = ("publish", "review", "correct", "merge")  # these need a second factor where the setting says so


def role_of(user: Any) -> Role | None:
    """The highest role of a user, asked of the database once for each user object; None for a stranger."""
    if not (user.is_authenticated and user.is_active):
        return None
    if not hasattr(user, "_desk_role"):
        held = set(user.groups.filter(name__in=LADDER).values_list("name", flat=True))
        held |= {Role.ADMIN} if user.is_superuser else set()
        user._desk_role = max((role for role in LADDER if role in held), key=LADDER.index, default=None)
    return user._desk_role


def may(user: Any, right: str, row: Any = None) -> bool:
    """Whether the user has the right, over this row where it is about one."""
    return rules.has_perm(f"desk.{right}", user, row)


def may_by_role(user: Any, right: str) -> bool:
    """Whether the user's role has the right, whatever else it asks for."""
    role = role_of(user)
    return role is not None and LADDER.index(role) >= LADDER.index(LOWEST[right])


class SecondFactorMissing(PermissionDenied):
    """The role allows it, and a second factor is asked for that the user has not set up."""


def has_second_factor(user: Any) -> bool:
    """Whether the user signs in with more than a password, or nobody has to."""
    if not settings.REVIEW_REQUIRES_MFA:
        return True
    if not hasattr(user, "_has_second_factor"):
        user._has_second_factor = is_mfa_enabled(user)
    return user._has_second_factor


def _at_least(lowest: Role) -> Any:
    @rules.predicate(name=f"at least {lowest}")
    def holds(user: Any) -> bool:
        role = role_of(user)
        return role is not None and LADDER.index(role) >= LADDER.index(lowest)

    return holds


_second_factor = rules.predicate(has_second_factor, name="second factor")


@rules.predicate
def wrote_note(user: Any, note: Annotation | None) -> bool:
    """The note is the user's own."""
    return note is not None and note.author_id == user.pk


@rules.predicate
def shares_note(user: Any, note: Annotation | None) -> bool:
    """The user may read the note."""
    return note is not None and (note.visibility != Annotation.Visibility.PRIVATE or note.author_id == user.pk)


@rules.predicate
def looks_with_other_eyes(user: Any, assessment: Assessment | None) -> bool:
    """Four eyes: who publishes is not who wrote, unless the team is one person."""
    return assessment is not None and (not settings.FOUR_EYES or assessment.author_id != user.pk)


for _right, _lowest in LOWEST.items():
    _predicate = _at_least(_lowest)
    rules.add_perm(f"desk.{_right}", _predicate & _second_factor if _right in PUBLISHING else _predicate)
rules.add_perm("desk.edit_note", _at_least(Role.ANALYST) & wrote_note)
rules.add_perm("desk.delete_note", (_at_least(Role.ANALYST) & wrote_note) | (_at_least(Role.EDITOR) & shares_note))
rules.add_perm("desk.resolve_note", _at_least(Role.ANALYST) & shares_note)
rules.add_perm("desk.publish_assessment", _at_least(Role.REVIEWER) & _second_factor & looks_with_other_eyes)


def lacks_factor_for(user: Any, right: str, row: Any = None) -> bool:
    """Whether a second factor is all that the user lacks for this."""
    if has_second_factor(user):
        return False
    if right == "publish_assessment":
        return may_by_role(user, "review") and looks_with_other_eyes(user, row)
    return right in PUBLISHING and may_by_role(user, right)


class DeskRequest(HttpRequest):
    """A request of somebody who signed in, as views of the desk get it."""

    user: User
    moment: Moment


P = ParamSpec("P")
View = Callable[Concatenate[DeskRequest, P], HttpResponse]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponse]


def desk_view(right: str = "enter") -> Callable[[View[P]], Guarded[P]]:
    """A view for those who have the right.

    A visitor is sent to the sign-in page and back; a form they sent is kept for them meanwhile. Who lacks the right is
    answered 403. What the desk answers is private to the session and stored nowhere.
    """

    def decorate(view: View[P]) -> Guarded[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = _answer(view, right, request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def _answer(view: Callable[..., HttpResponse], right: str, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    if not request.user.is_authenticated:
        return keep_form(request) or login_required(view)(request, *args, **kwargs)
    try:
        require(request.user, right)
        response = view(request, *args, **kwargs)
    except SecondFactorMissing as missing:
        return _lead_to_second_factor(request, str(missing))
    name_what_was_stored(request, response)
    if AFTER_FACTOR in request.session and has_second_factor(request.user):
        del request.session[AFTER_FACTOR]
    return response


def _lead_to_second_factor(request: HttpRequest, sentence: str) -> HttpResponse:
    """To where one is set up, and from there back; a form that was sent is kept meanwhile."""
    here = request.get_full_path() if request.method == "GET" else reverse("desk:inbox")
    request.session[AFTER_FACTOR] = reverse("desk:kept_form") if store_form(request) else here
    messages.warning(request, sentence)
    return redirect("mfa_index")


def require(user: Any, right: str, row: Any = None) -> None:
    """Raise PermissionDenied, with a sentence, unless the user has the right."""
    if may(user, right, row):
        return
    if role_of(user) is None:
        raise PermissionDenied(_("Your account has no role here yet. Ask an admin for one."))
    if lacks_factor_for(user, right, row):
        raise SecondFactorMissing(_("Publishing needs a second factor. Set one up here, then go on."))
    raise PermissionDenied(_("Your role does not allow this. Ask an editor or an admin."))
