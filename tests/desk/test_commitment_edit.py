"""A draft is edited; what is public is corrected with a note instead."""

import pytest

from tests.factories import make_commitment

pytestmark = pytest.mark.django_db


def test_a_public_commitment_is_not_edited(analyst):
    commitment = make_commitment()

    response = analyst.get(f"/desk/commitments/{commitment.slug}/edit/", follow=True)

    assert response.status_code == 200
    assert "corrected with a note" in response.content.decode()
