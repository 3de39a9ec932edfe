"""One small record: one of everything published, one draft of everything whose words say DRAFT."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.factories import (
    make_annotation,
    make_article,
    make_assessment,
    make_commitment,
    make_evidence,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_statement,
    make_tag,
    make_topic,
)


@pytest.fixture
def record():
    """The published things, by name."""
    return make_record()


def make_record():
    """One of everything published, by name; and the drafts."""
    ministry = make_ministry(slug="mou", name="Ministry of Unification")
    official = make_official(slug="kwon", name="Kwon Example")
    post = make_post(slug="minister", ministry=ministry, label="Minister of Unification", is_head=True)
    membership = make_membership(official=official, post=post)
    topic = make_topic(slug="rights", label="Rights")
    initiative = make_initiative(slug="report", name="The report", lead_ministry=ministry)
    initiative.topics.add(topic)
    commitment = make_commitment(
        slug="yearly", initiative=initiative, lead_ministry=ministry, made_by=membership, due_on=date(2023, 3, 31)
    )
    commitment.topics.add(topic)
    waiting = make_commitment(
        slug="later",
        statement="Open the centre.",
        lead_ministry=ministry,
        due_on=date(2099, 12, 31),
        due_precision="year",
    )
    article = make_article(headline="Ministry plans a report")
    make_statement(commitment=commitment, snapshot=article.current_snapshot)
    evidence = make_evidence(commitment=commitment, snapshot=article.current_snapshot)
    make_assessment(commitment=commitment, evidence=[evidence], status="fulfilled", effective_from=date(2023, 4, 26))
    make_tag("human rights")
    _make_drafts(initiative, ministry, commitment, article)
    return SimpleNamespace(
        ministry=ministry,
        official=official,
        membership=membership,
        initiative=initiative,
        commitment=commitment,
        waiting=waiting,
        article=article,
        topic=topic,
    )


def _make_drafts(initiative, ministry, commitment, article):
    make_initiative(slug="draft", name="DRAFT initiative", recorded_at=None)
    make_commitment(
        slug="draft",
        statement="DRAFT statement",
        initiative=initiative,
        lead_ministry=ministry,
        due_on=date(2099, 6, 30),
        recorded_at=None,
    )
    make_official(slug="draft", name="DRAFT official", recorded_at=None)
    make_ministry(slug="draft", name="DRAFT ministry", recorded_at=None)
    make_article(headline="DRAFT article", recorded_at=None)
    make_assessment(commitment=commitment, rationale="DRAFT rationale", published=False, status="stalled")
    make_evidence(
        commitment=commitment,
        snapshot=make_article(headline="Other").current_snapshot,
        note="DRAFT note",
        recorded_at=None,
    )
    make_annotation(snapshot=article.current_snapshot, body="DRAFT team note", visibility="team")
