"""We know that there is one timeline, that it says what the record says, and that nobody writes it by hand (rule 11)."""

from datetime import UTC, date
from typing import Any

import pytest
from django.test import Client

from policytracker.tracking.models import TimelineEvent
from policytracker.tracking.moments import present
from policytracker.tracking.timeline import timeline_of
from policytracker.tracking.timeline_keeping import faults, rebuild
from tests.factories import (
    EARLY,
    NOW,
    make_assessment,
    make_commitment,
    make_event,
    make_evidence,
    make_membership,
    make_ministry,
    make_post,
    make_statement,
)
from tests.refusals import run_sql
from tests.tracking.rules.attacks import ENDLESS, MOMENTS, admin_adds_none, api_writes_nothing, sentence_of

pytestmark = pytest.mark.django_db

NO_TIMELINE = (
    "kind=gossip",
    "kind=status&kind=gossip",
    "kind=%00",
    "order=sideways",
    "page=nonsense",
    "page=2023-02-30",
    "page=" + ENDLESS,
    "page=~",
    "page=%00",
    "page=-1",
    "page=²",
    "page=20230101T000000.0-" + ENDLESS,
    "page=20230101T000000.0-" + "9" * 30,
    *MOMENTS,
)


@pytest.fixture
def line() -> TimelineEvent:
    """A line that the record keeps of an assessment."""
    assessment = make_assessment(commitment=make_commitment(slug="yearly"))
    return TimelineEvent.objects.get(kind="status", source_id=assessment.pk, subject_kind="all")


class TestPage:
    """A timeline is asked for kinds and pages there are; anything else gets a sentence."""

    def test_nonsense_gets_a_sentence(self, client: Client) -> None:
        for query in NO_TIMELINE:
            answer = client.get(f"/timeline/?{query}")

            assert answer.status_code in (400, 404), query
            assert len(sentence_of(answer)) > len("Start again."), query

    def test_of_a_subject_too(self, client: Client) -> None:
        make_ministry(slug="mou")

        for query in NO_TIMELINE[:13]:
            assert client.get(f"/ministries/mou/?{query}").status_code in (400, 404), query

    def test_no_draft_has_a_line(self, client: Client) -> None:
        ministry = make_ministry(slug="mou")
        commitment = make_commitment(lead_ministry=ministry)
        make_commitment(lead_ministry=ministry, statement="DRAFT", recorded_at=None)
        make_assessment(commitment=commitment, rationale="DRAFT", published=False)
        make_evidence(commitment=commitment, note="DRAFT", recorded_at=None)
        make_statement(commitment=commitment, recorded_at=None)
        make_event(text="DRAFT", recorded_at=None)
        make_membership(post=make_post(ministry=ministry, label="DRAFT", recorded_at=None), recorded_at=None)

        for path in ("/timeline/", "/ministries/mou/", f"/commitments/{commitment.slug}/", "/"):
            assert "DRAFT" not in client.get(path).content.decode(), path


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_the_admin_has_no_line_to_write_or_strike(self, line: TimelineEvent, admin_client: Client) -> None:
        admin_adds_none(admin_client, TimelineEvent, subject_kind="all", kind="status", source_id=line.source_id)

        for page in ("", f"{line.pk}/change/", f"{line.pk}/delete/"):
            assert admin_client.post(f"/admin/tracking/timelineevent/{page}", {"post": "yes"}).status_code == 404, page
        assert TimelineEvent.objects.filter(pk=line.pk).exists()


class TestApi:
    """Programs: twins and feeds of the same lines."""

    @pytest.mark.parametrize("form", ["json", "csv"])
    def test_nonsense_gets_a_sentence(self, client: Client, form: str) -> None:
        for query in NO_TIMELINE:
            answer = client.get(f"/timeline/?{query}&format={form}")

            assert answer.status_code in (400, 404), query
            assert len(sentence_of(answer)) > len("Start again."), query

    def test_no_address_takes_a_line(self, line: TimelineEvent, admin_client: Client) -> None:
        api_writes_nothing(
            admin_client,
            "/api/v1/timeline/",
            f"/api/v1/timeline/{line.pk}/",
            "/timeline/?format=json",
            "/commitments/yearly/?format=json",
            "/feed.atom",
            kind="status",
            happened_on="2020-01-01",
        )
        assert faults() == []


class TestOrm:
    """A programmer at the shell, past every action."""

    @pytest.mark.parametrize("forged", [{"happened_on": date(2020, 1, 1)}, {"recorded_at": EARLY}, {"source_id": 0}])
    def test_a_line_that_was_rewritten_is_found_and_mended(self, line: TimelineEvent, forged: dict[str, Any]) -> None:
        kept = TimelineEvent.objects.count()

        TimelineEvent.objects.filter(pk=line.pk).update(**forged)

        assert faults() != []
        assert rebuild() == kept and faults() == []

    def test_a_line_about_nothing_is_found(self, line: TimelineEvent) -> None:
        line.pk, line.variant = None, "forged"
        line.save()

        assert [(fault.kind) for fault in faults()] == ["status"]


class TestSql:
    """Somebody at the server's own prompt."""

    def test_a_line_that_was_struck_is_found_and_mended(self, line: TimelineEvent) -> None:
        run_sql("DELETE FROM tracking_timelineevent WHERE id = %s", [line.pk])

        assert len(faults()) == 1
        rebuild()
        assert faults() == []

    def test_what_is_written_past_us_is_told_all_the_same(self) -> None:
        commitment = make_commitment()

        run_sql(
            "INSERT INTO tracking_discontinuation (commitment_id, happened_on, reason, source_url, recorded_at) "
            "VALUES (%s, '2023-02-01', 'Over.', '', %s)",
            [commitment.pk, NOW],
        )

        entries = timeline_of(commitment, present(now=NOW, zone=UTC), kinds=["terms"]).entries
        assert [entry.happened_on for entry in entries] == [date(2023, 2, 1)]
        assert faults() == []
