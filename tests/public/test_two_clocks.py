"""We know that a past pair renders identically after any later writes: pages, twins, feeds, calendars.

A frozen card (`/embed/`) is left out: it tells what changed since. So is search, which finds by the words of today.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from policytracker.tracking.actions.corrections import correct_fields
from policytracker.tracking.actions.mergers import merge_initiatives
from policytracker.tracking.actions.offices import end_membership, rename_ministry
from policytracker.tracking.actions.reviews import dispute_assessment, withdraw_assessment
from policytracker.tracking.actions.terms import Due, Told, discontinue, override_deadline, supersede
from policytracker.tracking.models import Evidence, Tag
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
    make_user,
)

pytestmark = pytest.mark.django_db

LATER = datetime(2025, 5, 1, tzinfo=UTC)
TOLD = Told(date(2025, 4, 1), reason="Said so.", source_url="https://news.example.org/later")
SUBJECTS = ["initiatives/report", "commitments/yearly", "ministries/mou", "officials/kwon", "topics/rights"]
PATHS = [
    "/",
    *[f"/{path}/" for path in SUBJECTS],
    *[f"/{path}/?format=json" for path in SUBJECTS],
    *[f"/{path}/feed.atom" for path in SUBJECTS],
    *[f"/{kind}/" for kind in ("initiatives", "commitments", "ministries", "officials", "articles", "deadlines")],
    *[f"/{kind}/?format=csv" for kind in ("initiatives", "commitments", "ministries", "officials", "articles")],
    "/commitments/?sort=due",
    "/deadlines.ics",
    "/timeline/",
    "/feed.atom",
    "/corrections/",
    "/tags/human-rights/",
    "/ministries/mou/deadlines.ics",
    "/compare/",
    "/ko/commitments/yearly/",
]


def rendered(client: Client, article: int, pair: str) -> dict[str, tuple[int, str]]:
    """Status and words of every page at the pair; what names the moment of asking is left out."""
    paths = [*PATHS, f"/articles/{article}/"]
    return {
        url: _answer(client.get(url, follow=True))
        for path in paths
        for url in [f"{path}{'&' if '?' in path else '?'}{pair}"]
    }


def _answer(response: Any) -> tuple[int, str]:
    return response.status_code, re.sub(r"DTSTAMP:\w+", "", response.content.decode())


def correct(target: Any, **values: Any) -> None:
    correct_fields(target=target, values=values, note="Our slip.", by=make_user(), at=LATER)


def correct_everything(record: SimpleNamespace) -> None:
    correct(
        record.commitment,
        statement="Publish nothing.",
        lead_ministry=record.foreign,
        made_on=date(2022, 12, 1),
        due_on=date(2023, 6, 30),
        due_precision="month",
        verifiability="not_verifiable",
        kind="outcome",
        note="A note.",
    )
    correct(record.waiting, made_on=date(2022, 1, 1), due_on=date(2098, 12, 31))
    correct(record.initiative, name="Another name", description="Other words.", started_on=date(2021, 1, 1))
    correct(record.ministry, name="Another ministry", note="Other words.")
    correct(record.official, name="Another name")
    correct(record.membership, started_on=date(2022, 1, 1), started_precision="day")
    correct(record.post, label="Another post")
    correct(record.article, headline="Another headline")


def rename(record: SimpleNamespace) -> None:
    rename_ministry(
        ministry=record.ministry,
        names={"en": "Ministry of Peace", "ko": "평화부"},
        renamed_on=date(2023, 4, 20),
        by=make_user(),
        at=LATER,
    )


def merge(record: SimpleNamespace) -> None:
    merge_initiatives(initiative=record.initiative, into=record.kept, note="One policy.", by=make_user(), at=LATER)


def conclude_more(record: SimpleNamespace) -> None:
    user = make_user()
    again = make_evidence(
        commitment=record.commitment, snapshot=make_article(recorded_at=LATER).current_snapshot, recorded_at=LATER
    )
    make_assessment(
        commitment=record.commitment,
        evidence=[again],
        status="not_fulfilled",
        effective_from=date(2023, 4, 28),
        recorded_at=LATER,
    )
    first = record.commitment.assessments.published().order_by("recorded_at").first()
    dispute_assessment(assessment=first, reason="Doubts.", by=user, at=LATER)
    withdraw_assessment(assessment=first, reason="Wrong.", by=user, at=LATER)
    Evidence.objects.filter(commitment=record.commitment).update(lost_at=LATER)


def change_terms(record: SimpleNamespace) -> None:
    by = make_user()
    override_deadline(commitment=record.waiting, due=Due(date(2024, 1, 1)), told=TOLD, by=by, at=LATER)
    supersede(commitment=record.waiting, successor=record.commitment, told=TOLD, by=by, at=LATER)
    discontinue(commitment=record.series, told=TOLD, by=by, at=LATER)
    end_membership(membership=record.membership, ended_on=date(2023, 4, 1), by=by, at=LATER)


def tell_more(record: SimpleNamespace) -> None:
    ministry = make_ministry(slug="more", name="More", recorded_at=LATER)
    official = make_official(slug="more", name="More", recorded_at=LATER)
    post = make_post(slug="more", ministry=ministry, label="More", recorded_at=LATER)
    make_membership(official=official, post=post, recorded_at=LATER)
    initiative = make_initiative(
        slug="more", name="More report", lead_ministry=ministry, parent=record.initiative, recorded_at=LATER
    )
    initiative.topics.add(record.topic)
    more = make_commitment(
        slug="more",
        initiative=record.initiative,
        lead_ministry=record.ministry,
        made_by=record.membership,
        due_on=date(2023, 12, 31),
        recorded_at=LATER,
    )
    more.topics.add(record.topic)
    article = make_article(headline="More", recorded_at=LATER)
    make_statement(commitment=record.commitment, snapshot=article.current_snapshot, recorded_at=LATER)
    note = make_annotation(
        snapshot=record.article.current_snapshot, body="More", visibility="public", recorded_at=LATER
    )
    note.tags.add(record.tag)


WRITES = [correct_everything, rename, merge, conclude_more, change_terms, tell_more]


@pytest.fixture
def told(record: SimpleNamespace) -> SimpleNamespace:
    """The record, with a series and a note under a tag."""
    record.kept = make_initiative(slug="kept", name="Kept", lead_ministry=record.ministry)
    record.kept.topics.add(record.topic)
    record.foreign = make_ministry(slug="mofa", name="Foreign")
    record.tag = Tag.objects.get()
    record.series = make_commitment(slug="series", recurrence="yearly", lead_ministry=record.ministry)
    record.membership = record.commitment.made_by
    record.post = record.membership.post
    return record


PAIRS = ["known_at=2025-01-01", "as_of=2023-05-01&known_at=2024-06-01"]


@pytest.mark.parametrize(("write", "pair"), [(write, PAIRS[number % 2]) for number, write in enumerate(WRITES)])
def test_the_past_renders_the_same_after(
    client: Client, told: SimpleNamespace, write: Callable[[Any], None], pair: str
) -> None:
    before = rendered(client, told.article.pk, pair)

    write(told)

    after = rendered(client, told.article.pk, pair)
    assert [url for url, answer in before.items() if after[url] != answer] == []
    assert {status for status, _words in before.values()} == {200}
