"""Deciding at the desk on what an article names."""

import pytest
from django.urls import reverse

from policytracker.tracking.models import Mention
from tests.factories import make_article, make_mention, make_ministry

pytestmark = pytest.mark.django_db


def decide(client, article, **fields):
    return client.post(reverse("desk:mention_decide", args=[article.pk]), fields)


def test_one_is_confirmed_by_its_button(analyst):
    mention, other = (make_mention(article=article, ministry=make_ministry()) for article in [make_article()] * 2)

    decide(analyst, mention.article, decision=f"confirm:{mention.pk}")

    assert Mention.objects.get(pk=mention.pk).state == "confirmed"
    assert Mention.objects.get(pk=other.pk).state == "proposed"


def test_the_ticked_ones_are_confirmed_together(analyst):
    article = make_article()
    mentions = [make_mention(article=article, ministry=make_ministry()) for _ in range(3)]

    decide(analyst, article, decision="confirm", mention=[m.pk for m in mentions[:2]])

    assert Mention.objects.confirmed().count() == 2


def test_one_is_rejected(analyst):
    mention = make_mention(ministry=make_ministry())

    decide(analyst, mention.article, decision=f"reject:{mention.pk}")

    assert Mention.objects.get().decided_by == analyst.user


@pytest.mark.parametrize("fields", [{}, {"decision": "confirm:x"}, {"decision": "drop:1"}, {"decision": "confirm"}])
def test_nonsense_changes_nothing(analyst, fields):
    mention = make_mention(ministry=make_ministry())

    assert decide(analyst, mention.article, **fields).status_code == 302
    assert Mention.objects.get().state == "proposed"


def test_a_mention_of_another_article_is_not_touched(analyst):
    mention = make_mention(ministry=make_ministry())

    decide(analyst, make_article(), decision=f"confirm:{mention.pk}")

    assert Mention.objects.get().state == "proposed"


def test_a_viewer_may_not_decide(viewer):
    mention = make_mention(ministry=make_ministry())

    assert decide(viewer, mention.article, decision=f"confirm:{mention.pk}").status_code == 403
