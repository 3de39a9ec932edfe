"""Machines propose which subjects an article names, people decide."""

import pytest

from policytracker.tracking.actions.mentions import confirm_mentions, reject_mentions
from policytracker.tracking.models import Mention
from tests.factories import NOW, make_article, make_mention, make_ministry, make_user

pytestmark = pytest.mark.django_db


def test_a_decision_says_who_and_when():
    mention, user = make_mention(ministry=make_ministry()), make_user()

    assert confirm_mentions(mentions=[mention], by=user, at=NOW) == 1

    mention.refresh_from_db()
    assert (mention.state, mention.decided_by, mention.recorded_at) == ("confirmed", user, NOW)
    assert confirm_mentions(mentions=[mention], by=user, at=NOW) == 0


def test_choosing_one_sense_rejects_the_others():
    article = make_article()
    one, other = (make_mention(article=article, ministry=make_ministry(), is_ambiguous=True) for _ in range(2))
    elsewhere = make_mention(ministry=make_ministry(), is_ambiguous=True)

    confirm_mentions(mentions=[one], by=make_user(), at=NOW)

    states = dict(Mention.objects.values_list("pk", "state"))
    assert states == {one.pk: "confirmed", other.pk: "rejected", elsewhere.pk: "proposed"}


def test_a_rejected_mention_leaves_the_record():
    mention = make_mention(ministry=make_ministry())
    confirm_mentions(mentions=[mention], by=make_user(), at=NOW)

    assert reject_mentions(mentions=[mention], by=make_user(), at=NOW) == 1

    mention.refresh_from_db()
    assert (mention.state, mention.recorded_at) == ("rejected", None)
