"""Who may do what at the desk: the table in full, and the rights that ask the row."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from policytracker.desk.access import LADDER, LOWEST, Role, may, require, role_of
from tests.factories import make_annotation, make_assessment, make_user

pytestmark = pytest.mark.django_db

#                    stranger viewer analyst reviewer editor admin
TABLE = {
    "enter": (False, True, True, True, True, True),
    "follow": (False, True, True, True, True, True),
    "annotate": (False, False, True, True, True, True),
    "create_tag": (False, False, True, True, True, True),
    "decide_proposal": (False, False, True, True, True, True),
    "draft": (False, False, True, True, True, True),
    "rate_blindly": (False, False, True, True, True, True),
    "publish": (False, False, False, True, True, True),
    "review": (False, False, False, True, True, True),
    "handle_reports": (False, False, False, True, True, True),
    "correct": (False, False, False, False, True, True),
    "merge": (False, False, False, False, True, True),
    "manage_tags": (False, False, False, False, True, True),
    "import": (False, False, False, False, True, True),
    "invite": (False, False, False, False, False, True),
}
CELLS = [
    (right, role, allowed) for right, row in TABLE.items() for role, allowed in zip([None, *LADDER], row, strict=True)
]


def user_with(role, name=""):
    return make_user(name, groups=(role,) if role else ())


@pytest.mark.parametrize(("right", "role", "allowed"), CELLS)
def test_the_table_holds(right, role, allowed):
    assert may(user_with(role), right) is allowed


def test_no_right_lacks_a_row():
    assert set(TABLE) == set(LOWEST)


def test_the_roles_exist_from_the_start():
    assert set(LADDER) <= set(Group.objects.values_list("name", flat=True))


def test_strangers_and_disabled_accounts_may_nothing():
    disabled = user_with(Role.ADMIN)
    disabled.is_active = False

    for right in LOWEST:
        assert not may(AnonymousUser(), right)
        assert not may(disabled, right)


def test_a_superuser_is_an_admin_and_yet_no_second_pair_of_eyes():
    root = make_user(is_superuser=True)
    own = make_assessment(author=root, published=False)

    assert role_of(root) == Role.ADMIN
    assert may(root, "invite")
    assert not may(root, "publish_assessment", own)


@pytest.mark.parametrize("role", LADDER)
@pytest.mark.parametrize("is_own", [True, False])
def test_four_eyes(role, is_own, settings):
    user = user_with(role)
    assessment = make_assessment(author=user if is_own else make_user(), published=False)
    reviews = LADDER.index(role) >= LADDER.index(Role.REVIEWER)

    assert may(user, "publish_assessment", assessment) is (reviews and not is_own)
    settings.FOUR_EYES = False
    assert may(user, "publish_assessment", assessment) is reviews


def test_a_question_about_no_row_is_denied():
    admin = user_with(Role.ADMIN)

    assert not may(admin, "publish_assessment")
    assert not may(admin, "edit_note")
    assert not may(admin, "delete_note")


def test_notes_belong_to_their_authors():
    author, editor, viewer = user_with(Role.ANALYST), user_with(Role.EDITOR), user_with(Role.VIEWER)
    note = make_annotation(author=author)
    private = make_annotation(author=author, visibility="private")

    assert may(author, "edit_note", note)
    assert not may(editor, "edit_note", note)
    assert may(editor, "delete_note", note)
    assert not may(editor, "delete_note", private)
    assert not may(editor, "resolve_note", private)
    assert not may(viewer, "resolve_note", note)


def test_publishing_needs_a_second_factor_where_the_setting_says_so(settings):
    settings.REVIEW_REQUIRES_MFA = True
    reviewer = user_with(Role.REVIEWER)

    assert not may(reviewer, "publish")
    assert may(reviewer, "annotate")
    with pytest.raises(Exception, match="second factor"):
        require(reviewer, "publish")
