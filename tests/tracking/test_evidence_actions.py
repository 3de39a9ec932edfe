"""Evidence is a passage with a stance, on file once."""

import pytest

from policytracker.tracking.actions.evidence import EvidenceRefused, add_evidence, remove_evidence
from policytracker.tracking.models import Evidence
from tests.factories import (
    NOW,
    QUOTE,
    make_article,
    make_assessment,
    make_commitment,
    make_evidence,
    make_snapshot,
    make_user,
    passage_of,
)

pytestmark = pytest.mark.django_db


def add(commitment, snapshot, *, stance="supports", **fields):
    passage = {k: v for k, v in passage_of(snapshot, QUOTE).items() if k in ("snapshot", "start", "end", "exact")}
    return add_evidence(commitment=commitment, stance=stance, by=make_user(), at=NOW, **passage | fields)


def test_evidence_is_dated_by_its_article_and_begins_as_a_draft():
    snapshot = make_snapshot()

    evidence = add(make_commitment(), snapshot)

    assert evidence.dated_on == snapshot.article.published_on
    assert not evidence.is_published


def test_the_same_passage_is_on_file_once():
    commitment, snapshot = make_commitment(), make_snapshot()

    assert add(commitment, snapshot) == add(commitment, snapshot)
    with pytest.raises(EvidenceRefused, match="supports"):
        add(commitment, snapshot, stance="contradicts")
    assert Evidence.objects.count() == 1


def test_evidence_needs_a_date():
    article = make_article(published_on=None, published_precision="")

    with pytest.raises(EvidenceRefused, match="no date"):
        add(make_commitment(), article.current_snapshot)


def test_drafts_go_published_ones_stay():
    commitment, user = make_commitment(), make_user()
    draft = make_evidence(commitment=commitment, recorded_at=None)
    make_assessment(commitment=commitment, evidence=[draft], published=False)

    remove_evidence(evidence=draft, by=user, at=NOW)

    assert not Evidence.objects.exists()
    public = make_evidence(commitment=commitment)
    with pytest.raises(EvidenceRefused):
        remove_evidence(evidence=public, by=user, at=NOW)
