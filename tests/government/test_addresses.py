"""We know that an address that was public keeps leading to what it named."""

import pytest
from django.db import IntegrityError, connection, transaction

from policytracker.government.models import FormerAddress
from tests.factories import make_commitment, make_initiative, make_ministry, make_official

pytestmark = pytest.mark.django_db


def rename(row, slug):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET slug = %s WHERE id = %s", [slug, row.pk])


def former(kind):
    return set(FormerAddress.objects.filter(kind=kind).values_list("slug", kind))


@pytest.mark.parametrize("make", [make_ministry, make_official, make_initiative, make_commitment])
def test_the_old_address_of_a_renamed_subject_is_kept_by_raw_sql_too(make):
    row = make(slug="old", recorded_at=None)
    type(row).objects.filter(pk=row.pk).update(recorded_at="2022-01-01T00:00Z")

    with transaction.atomic():
        rename(row, "new")
        assert former(row._meta.model_name) == {("old", row.pk)}
        rename(row, "old")

    assert former(row._meta.model_name) == {("new", row.pk)}
    transaction.set_rollback(True)


def test_an_old_address_does_not_come_to_name_another():
    row = make_ministry(slug="old")
    rename(row, "new")

    with pytest.raises(IntegrityError, match="still leads there"), transaction.atomic():
        make_ministry(slug="old")
    transaction.set_rollback(True)


def test_a_draft_has_no_address_to_keep():
    row = make_ministry(slug="old", recorded_at=None)

    rename(row, "new")

    assert former("ministry") == set()
