"""We know how a draft enters the public record."""

import pytest

from policytracker.government.actions import DependsOnDraft, publish
from policytracker.tracking.actions.publishing import publish_commitment
from tests.factories import (
    NOW,
    make_article,
    make_commitment,
    make_initiative,
    make_ministry,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_published_draft_carries_the_moment() -> None:
    ministry = make_ministry(recorded_at=None)

    assert publish(subject=ministry, by=make_user(), at=NOW) is True

    ministry.refresh_from_db()
    assert ministry.recorded_at == NOW


def test_publishing_twice_keeps_the_first_moment() -> None:
    ministry = make_ministry()
    first = ministry.recorded_at

    assert publish(subject=ministry, by=make_user(), at=NOW) is False

    ministry.refresh_from_db()
    assert ministry.recorded_at == first


def test_a_page_that_would_name_a_draft_is_refused() -> None:
    draft = make_initiative(name="Secret plan", recorded_at=None)
    commitment = make_commitment(initiative=draft, recorded_at=None)

    with pytest.raises(DependsOnDraft, match="Secret plan"):
        publish_commitment(commitment=commitment, by=make_user(), at=NOW)

    commitment.refresh_from_db()
    assert commitment.recorded_at is None


def test_publishing_a_commitment_publishes_what_it_quotes() -> None:
    article = make_article(recorded_at=None)
    commitment = make_commitment(recorded_at=None)
    statement = make_statement(commitment=commitment, snapshot=article.current_snapshot, recorded_at=None)

    publish_commitment(commitment=commitment, by=make_user(), at=NOW)

    article.refresh_from_db()
    statement.refresh_from_db()
    assert article.recorded_at == statement.recorded_at == NOW


def test_who_published_stands_in_the_audit_trail() -> None:
    user = make_user()
    ministry = make_ministry(recorded_at=None)

    publish(subject=ministry, by=user, at=NOW)

    last = ministry.audit_trail.order_by("pgh_id").last()
    assert last.pgh_label == "update"
    assert last.pgh_context.metadata == {"user": user.pk, "action": "publish"}


def test_another_article_stays_inside() -> None:
    noise = make_article(recorded_at=None)

    publish_commitment(commitment=make_commitment(recorded_at=None), by=make_user(), at=NOW)

    noise.refresh_from_db()
    assert noise.recorded_at is None
