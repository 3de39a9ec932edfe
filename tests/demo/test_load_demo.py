"""We know that the demo record loads whole, once, and says in our vocabulary what its files say in theirs."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Length, Substr

from articles.models import Article
from policytracker.government.models import Commitment, Initiative, Membership, Ministry, Official, Post, Topic
from policytracker.tracking.demo import mapping, source
from policytracker.tracking.models import Assessment, Event, Evidence, Supersession

SHARED = Path(__file__).resolve().parents[3] / "shared" / "demo"


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo record, loaded once for all these tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_every_row_of_the_files_is_stored() -> None:
    assert Ministry.objects.count() == 27
    assert Official.objects.count() == 20
    assert Post.objects.count() == 16
    assert Membership.objects.count() == 23
    assert Topic.objects.filter(scheme="own").count() == 10
    assert Initiative.objects.count() == 22
    assert Commitment.objects.count() == 58
    assert Assessment.objects.published().count() == 84
    assert Article.objects.count() == 121
    assert Event.objects.count() == 58


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_loading_twice_says_unchanged() -> None:
    output = StringIO()

    call_command("load_demo", stdout=output)

    assert output.getvalue().startswith("unchanged: ")


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_evidence_quotes_lie_in_the_stored_summaries() -> None:
    found = Evidence.objects.annotate(
        there=Substr("snapshot__text", F("start") + 1, F("end") - F("start")), size=Length("exact")
    )
    assert found.exclude(there=F("exact")).count() == 0
    assert found.filter(size=0).count() == 0
    assert Article.objects.filter(is_summary=False).count() == 0


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_a_superseded_commitment_keeps_its_verdict() -> None:
    last = Assessment.objects.filter(commitment__slug="c012").order_by("effective_from").last()
    assert last.status == "not_fulfilled"
    assert Supersession.objects.get(old__slug="c012").new.slug == "c028"


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_nothing_without_a_source_is_loaded() -> None:
    assert not Official.objects.filter(name="Kim Ki-woong").exists()
    assert Official.objects.get(slug="kim-yung-ho").i18n in (None, {})


@pytest.mark.usefixtures("demo")
@pytest.mark.django_db
def test_demo_users_cannot_sign_in_outside_debug() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_shipped_files_are_the_shared_ones() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here: the shipped demo files were not compared with it")
    for path in source.DATA.glob("*.json"):
        assert json.loads(path.read_text()) == json.loads((SHARED / path.name).read_text()), path.name


def test_a_partial_date_is_the_edge_of_its_period() -> None:
    assert mapping.partial_date("2023-07") == mapping.PartialDate(date(2023, 7, 1), "month")
    assert mapping.partial_date("2024-02", end=True) == mapping.PartialDate(date(2024, 2, 29), "month")
    assert mapping.partial_date("2005", end=True) == mapping.PartialDate(date(2005, 12, 31), "year")
    assert mapping.partial_date(None) == mapping.PartialDate(None, "")


def test_nothing_is_recorded_before_the_record_opened() -> None:
    assert mapping.recorded_after(date(2016, 9, 4)) == mapping.RECORD_OPENED
    assert mapping.recorded_after(date(2023, 3, 31), date(2023, 4, 26)) == datetime(2023, 4, 27, tzinfo=UTC)


def test_every_verdict_of_the_files_is_mapped() -> None:
    known = set(mapping.STATUS_OF_VERDICT) | mapping.NOT_A_STATUS | {"no_evidence_found"}

    assert {row["verdict"] for row in source.rows("assessments")} <= known
