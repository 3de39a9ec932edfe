"""We know who changed what, and when: on pages, in commands, in the background, and in raw SQL."""

import pghistory
import pytest
from django.db import connection

import manage
from policytracker.tracking.actions.corrections import correct_field
from tests.factories import NOW, make_commitment, make_ministry, make_user

pytestmark = pytest.mark.django_db


def contexts(row):
    return [
        event.pgh_context.metadata if event.pgh_context else None
        for event in row.audit_trail.select_related("pgh_context").order_by("pgh_id")
    ]


def test_an_action_names_its_user():
    ministry, user = make_ministry(), make_user()

    correct_field(target=ministry, field="name", value="Else", note="Misread.", by=user, at=NOW)

    assert contexts(ministry)[-1] == {"user": user.pk, "action": "correct"}


def test_raw_sql_leaves_its_trace():
    commitment = make_commitment(recorded_at=None)

    with pghistory.context(command="shell"), connection.cursor() as cursor:
        cursor.execute("UPDATE government_commitment SET note = 'Else.' WHERE id = %s", [commitment.pk])

    assert contexts(commitment)[-1] == {"command": "shell"}
    assert commitment.audit_trail.latest("pgh_id").note == "Else."


def test_a_command_names_itself_and_its_account():
    with manage.trail_of(["manage.py", "load_demo"]):
        ministry = make_ministry()

    (told,) = contexts(ministry)
    assert told["command"] == "load_demo" and told["account"]


@pytest.mark.parametrize("arguments", [["manage.py"], ["manage.py", "migrate"], ["manage.py", "--help"]])
def test_what_only_runs_others_leaves_no_trail(arguments):
    with manage.trail_of(arguments):
        ministry = make_ministry()

    assert contexts(ministry) == [None]
