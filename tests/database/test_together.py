"""We know that rows read together are the rows that each question by itself would have read."""

from datetime import date
from typing import Any

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.query import Query
from django.forms.models import model_to_dict

from articles.models import Snapshot
from policytracker.database.together import read_together
from policytracker.government.models import Commitment, Membership, Ministry
from policytracker.tracking.models import Assessment
from policytracker.tracking.moments import Moment
from policytracker.tracking.standing import with_standing
from policytracker.tracking.timeline_sources import READERS
from tests.factories import NOW, make_assessment, make_commitment, make_membership, make_ministry

pytestmark = pytest.mark.django_db

THEN = Moment(date(2026, 3, 1), NOW)


@pytest.fixture
def record() -> None:
    for number in range(3):
        ministry = make_ministry(name=f"Ministry “{number}”", i18n={"name_ko": f"제{number}부"})
        made_by = make_membership()
        commitment = make_commitment(lead_ministry=ministry, made_by=made_by, made_on=date(2023, 1, 1 + number))
        make_assessment(commitment=commitment)


def asked() -> dict[str, Any]:
    return {
        "commitments": Commitment.objects.select_related("lead_ministry", "made_by__official")
        .defer("made_by__exclusive_tenure")
        .order_by("-made_on"),
        "verdicts": Assessment.objects.select_related("commitment").order_by("pk")[:2],
        "memberships": Membership.objects.defer("exclusive_tenure").order_by("-pk"),
        "nobody": Ministry.objects.none(),
        "nothing": Ministry.objects.filter(slug="no-such"),
    }


def told(row: Any) -> list[Any]:
    """Everything a row holds, and what was read along with it."""
    along = [told(one) for one in row._state.fields_cache.values() if one is not None]
    return [row._meta.label, model_to_dict(row), row.recorded_at, getattr(row, "i18n", None), along]


def test_several_questions_are_one_statement_and_answer_as_each_does(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = read_together(asked())

    assert {name: [told(row) for row in rows] for name, rows in found.items()} == {
        name: [told(row) for row in rows] for name, rows in asked().items()
    }
    assert len(found["commitments"]) == 3
    assert len(found["verdicts"]) == 2


def test_commitments_come_with_their_standings(record):
    promised = with_standing(Commitment.objects.order_by("pk"), THEN)

    found = read_together({"promised": promised, "ministries": Ministry.objects.all()})

    assert [row.standing for row in found["promised"]] == [row.standing for row in promised]
    assert {row.standing.status for row in found["promised"]} == {"in_progress"}


def test_nothing_asked_is_nothing_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_together({}) == {}
        assert read_together({"nobody": Ministry.objects.none()}) == {"nobody": []}


def test_django_reads_a_queryset_through_the_methods_that_are_answered(record, monkeypatch):
    """When this fails after an upgrade of Django: docs/adr/0013 says what `together.py` leans on."""
    called = []

    def watch(owner: type, name: str) -> None:
        method = getattr(owner, name)

        def watched(*arguments: Any, **options: Any) -> Any:
            called.append(name)
            return method(*arguments, **options)

        monkeypatch.setattr(owner, name, watched)

    watch(Query, "get_compiler")
    for name in ("execute_sql", "results_iter", "get_converters"):
        watch(SQLCompiler, name)

    assert len(Ministry.objects.all()) > 1

    assert called == ["get_compiler", "execute_sql", "results_iter", "get_converters"]


def test_no_source_of_a_timeline_has_a_column_that_json_cannot_carry(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = read_together(READERS)

    assert found == {kind: [] for kind in READERS}


@pytest.mark.parametrize("rows", [Snapshot.objects.all(), Membership.objects.all()])
def test_what_json_cannot_carry_is_refused(rows, record):
    with pytest.raises(TypeError, match="defer it"):
        read_together({"rows": rows})
