"""We know of how many a figure tells, that it opens to its list, and that nobody types one (rule 10)."""

import csv
from collections import Counter
from datetime import UTC, date
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client

from policytracker.government.models import (
    Commitment,
)
from policytracker.tracking.moments import present
from policytracker.tracking.rates import Place, behind, tally_at
from tests.factories import (
    NOW,
    make_article,
    make_assessment,
    make_commitment,
    make_evidence,
    make_ministry,
)
from tests.refusals import run_sql
from tests.tracking.rules.attacks import (
    ENDLESS,
    FORGED_IN_ADMIN,
    LISTS,
    MOMENTS,
    admin_url,
    api_writes_nothing,
    sentence_of,
)

pytestmark = pytest.mark.django_db

PLACES = ("nonsense", "~", "~-1", f"~{ENDLESS}", "2023-02-30~1", "%00~1", "9999-99-99T99~1", "²~²")


TODAY = present(now=NOW, zone=UTC)


def counted() -> Any:
    """What the one counter says of everything public."""
    return tally_at(Commitment.objects.published(), TODAY)


def csv_rows(client: Client, path: str) -> list[dict[str, str]]:
    """The lines of a CSV twin."""
    text = client.get(path).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


class TestPage:
    """Figures are told of moments there are, in forms there are; anything else gets a sentence."""

    def test_figures_come_in_no_other_form(self, client: Client) -> None:
        for form in ("xml", "JSON", "json%20", ENDLESS):
            answer = client.get(f"/ministries/?format={form}")

            assert answer.status_code == 400, form
            assert "“format” may be" in answer.content.decode(), form

    @pytest.mark.parametrize("query", ["status=splendid", "late=perhaps", "verifiable=perhaps", "status=%00"])
    def test_a_list_behind_no_figure_is_none(self, client: Client, query: str) -> None:
        make_assessment(status="fulfilled")

        assert client.get(f"/commitments/?{query}").status_code in (400, 404)

    def test_no_draft_is_in_a_figure(self, client: Client) -> None:
        ministry = make_ministry(slug="mou")
        make_assessment(commitment=make_commitment(lead_ministry=ministry), status="fulfilled")
        before = client.get("/ministries/mou/?kind=appointment").content, counted()

        make_commitment(lead_ministry=ministry, recorded_at=None)
        make_assessment(commitment=ministry.commitments.published().get(), published=False, status="not_fulfilled")

        assert (client.get("/ministries/mou/?kind=appointment").content, counted()) == before
        assert before[1].counted == {"fulfilled": 1}


class TestAdmin:
    """Somebody with all rights in the admin."""

    def test_the_admin_has_no_figure_to_type_one_into(self) -> None:
        for model in admin.site._registry:
            names = {field.name for field in model._meta.get_fields()}
            assert not {name for name in names if "percent" in name or name.endswith(("_rate", "_count", "_share"))}, (
                model
            )

    def test_a_draft_filed_in_the_admin_moves_no_figure(self, admin_client: Client) -> None:
        make_assessment(status="fulfilled")
        draft = make_commitment(recorded_at=None)
        before = counted()

        admin_client.post(admin_url(draft, "change", draft.pk), FORGED_IN_ADMIN | {"verifiability": "verifiable"})

        assert counted() == before


class TestApi:
    """Twins: the same figures for programs, of the same moments."""

    @pytest.mark.parametrize("form", ["json", "csv"])
    def test_a_twin_of_a_moment_there_is_none_of_says_so(self, client: Client, form: str) -> None:
        for path in ("/ministries/", "/commitments/"):
            for moment in MOMENTS:
                answer = client.get(f"{path}?format={form}&{moment}")

                assert answer.status_code == 400, (path, moment)
                assert f"“{moment.partition('=')[0]}”" in sentence_of(answer), (path, moment)

    def test_a_place_there_is_none_of(self, client: Client) -> None:
        for path in LISTS:
            for place in PLACES:
                for side in ("after", "before"):
                    answer = client.get(f"{path}?format=json&{side}={place}")
                    assert answer.status_code in (400, 404), (path, place)
                    assert answer.json()["detail"], (path, place)

    def test_no_address_takes_a_figure(self, admin_client: Client) -> None:
        make_assessment(commitment=make_commitment(lead_ministry=make_ministry(slug="mou")))
        api_writes_nothing(
            admin_client, "/api/v1/scoreboards/", "/ministries/?format=json", "/ministries/mou/?format=json", kept=99
        )

    def test_counting_the_csv_gives_the_figure(self, client: Client) -> None:
        for status in ("fulfilled", "fulfilled", "not_fulfilled", "in_progress", "stalled"):
            make_assessment(status=status, commitment=make_commitment(due_on=date(2023, 3, 31)))
        make_commitment(verifiability="not_verifiable")
        make_commitment(recorded_at=None)

        by_status = Counter(row["status"] for row in csv_rows(client, "/commitments/?format=csv"))

        assert by_status == counted().statuses


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_every_figure_is_as_long_as_its_list(self) -> None:
        for status in ("fulfilled", "not_fulfilled", "in_progress"):
            make_assessment(status=status, commitment=make_commitment(due_on=date(2023, 3, 31)))
        make_commitment(is_conditional=True, condition="If it passes.")
        everything, tally = Commitment.objects.published(), counted()

        for place, figure in {Place.COUNTED: tally.counted.total(), **tally.excluded}.items():
            assert behind(everything, TODAY, place=place).count() == figure, place
        assert tally.total == everything.count()

    def test_no_number_of_articles_changes_a_status(self) -> None:
        commitment = make_assessment(status="in_progress").commitment
        before = counted()

        for _number in range(5):
            make_evidence(commitment=commitment, stance="contradicts")
            make_article()

        assert counted() == before


class TestSql:
    """Somebody at the server's own prompt."""

    def test_there_is_no_figure_to_overwrite(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = current_schema() AND table_name ~ '^(government|tracking)_' "
                "AND column_name ~ '(percent|_rate$|_count$|_share$|^kept$)'"
            )

            assert cursor.fetchall() == []

    def test_a_status_nobody_published_is_in_no_figure(self) -> None:
        published = make_assessment(status="in_progress")
        before = counted()

        run_sql(
            "INSERT INTO tracking_assessment (commitment_id, rubric_id, status, effective_from, rationale, reason_code, "
            "where_looked, author_id, stage, created_at, is_single_handed, version, i18n) "
            "SELECT commitment_id, rubric_id, 'fulfilled', effective_from, '-', '', '', author_id, 'submitted', now(), "
            "false, 1, '{}' FROM tracking_assessment WHERE id = %s",
            [published.pk],
        )

        assert counted() == before
