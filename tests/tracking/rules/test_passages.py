"""We know that every quote occurs, at its offsets in code points, in its stored snapshot."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytracker.tracking.models import Candidate, Evidence
from tests.factories import make_annotation, make_candidate, make_evidence, make_snapshot, make_statement
from tests.refusals import refused_by, run_sql

pytestmark = pytest.mark.django_db

MAKERS = [make_evidence, make_statement, make_candidate, make_annotation]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    "slip",
    [
        {"exact": "something else"},
        {"start": 3},
        {"end": 9_999},
        {"start": 0, "end": 1},
        {"start": 2_147_483_646, "end": 2_147_483_647},
    ],
)
def test_a_quote_that_does_not_occur_is_refused(make, slip) -> None:
    with refused_by("quote_occurs"):
        make(**slip)


@pytest.mark.parametrize("make", MAKERS)
def test_raw_sql_cannot_bend_a_quote(make) -> None:
    row = make()
    with refused_by("quote_occurs"):
        run_sql(f"UPDATE {row._meta.db_table} SET exact = 'bent' WHERE id = %s", [row.pk])


def test_offsets_count_code_points() -> None:
    snapshot = make_snapshot(text="담대한 구상 🕊️ 발표. A fully-composed é and e\u0301.")

    for quote in ("담대한", "🕊️ 발표", "e\u0301"):
        assert make_candidate(snapshot=snapshot, quote=quote).exact == quote
    with refused_by("quote_occurs"):
        make_candidate(snapshot=snapshot, quote="발표", exact="구상")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=2, max_size=80),
    data=st.data(),
)
def test_python_and_the_database_count_alike(text, data) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    snapshot = make_snapshot(text=text)

    row = Candidate.objects.create(
        snapshot=snapshot,
        start=start,
        end=end,
        exact=text[start:end],
        score=1,
        method="t",
        proposed_at=snapshot.taken_at,
    )

    assert row.pk


def test_a_passage_of_another_snapshot_is_checked_there() -> None:
    evidence = make_evidence(recorded_at=None)
    other = make_snapshot(text="Quite another story.")
    with refused_by("quote_occurs"):
        Evidence.objects.filter(pk=evidence.pk).update(snapshot=other)
