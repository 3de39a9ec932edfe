"""We know how conditions are met, series end and commitments take each other's place, and how not (rule 5)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Model
from django.test import Client

from policytracker.government.models import Milestone
from policytracker.tracking.models import ConditionChange, Discontinuation, Supersession
from tests.desk.conftest import client_of
from tests.factories import NOW, make_assessment, make_commitment, make_evidence, make_occurrence
from tests.refusals import refused_by, run_sql
from tests.threads import overlapping
from tests.tracking.rules.attacks import (
    ENDLESS,
    FORGED,
    TERMS,
    WHEN,
    admin_adds_none,
    admin_refuses,
    api_writes_nothing,
    change,
    correct,
    correction_of,
    is_told_why,
    settle,
    told,
    verdict,
)

pytestmark = pytest.mark.django_db

MARCH = datetime(2023, 3, 1, tzinfo=UTC)


SETTLED: dict[str, Callable[[], Any]] = {
    "condition": lambda: ConditionChange.objects.create(commitment=make_commitment(), state="lapsed", **WHEN),
    "discontinuation": lambda: Discontinuation.objects.create(commitment=make_commitment(), **WHEN),
    "supersession": lambda: Supersession.objects.create(old=make_commitment(), **WHEN),
    "occurrence": make_occurrence,
}


class TestPage:
    """The desk's forms: conditions, periods and successions are no fields of a form about something else."""

    @pytest.mark.parametrize(
        "wrong", [{"is_conditional": "on", "condition": ""}, {"recurrence": "hourly"}, {"verifiability": "perhaps"}]
    )
    def test_a_condition_without_words_and_terms_there_are_none_of(self, wrong: dict[str, str]) -> None:
        commitment, editor = make_commitment(), client_of("editor")
        before = told()

        assert correct(editor, correction_of(commitment), wrong).status_code == 422
        assert told() == before

    def test_a_condition_is_not_met_nor_a_series_ended_nor_a_promise_superseded_by_a_rider(self) -> None:
        commitment = make_commitment(is_conditional=True, condition="If it passes.", recurrence="yearly")
        make_occurrence(commitment=commitment)
        editor = client_of("editor")
        rider = {"state": "triggered", "triggered_on": "2023-05-01", "evidence": "1", "discontinued": "on"}
        rider |= {"superseded_by": commitment.slug, "successor": f"[{commitment.slug}]", "occurrences": ""}
        before = told()

        answer = correct(editor, correction_of(commitment), rider)

        assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode()
        assert told() == before

    @pytest.mark.parametrize("which", ["another's", "0", "-1", "nonsense", "²", ENDLESS, "9" * 30])
    def test_a_period_of_another_series_is_not_assessed(self, which: str) -> None:
        commitment, other = make_commitment(recurrence="yearly"), make_occurrence()
        evidence, analyst = make_evidence(commitment=commitment), client_of("analyst")
        number = str(other.pk) if which == "another's" else which
        before = told()

        answer = analyst.post(
            f"/desk/commitments/{commitment.slug}/assess/?occurrence={number}", verdict(evidence=[evidence.pk])
        )

        assert answer.status_code == 404
        assert told() == before

    @pytest.mark.parametrize("which", ["another's", "0", "nonsense", ENDLESS])
    def test_an_assessment_replaces_none_of_another_commitment(self, which: str) -> None:
        commitment, other = make_commitment(), make_assessment()
        evidence, analyst = make_evidence(commitment=commitment), client_of("analyst")
        number = str(other.pk) if which == "another's" else which
        before = told()

        answer = analyst.post(
            f"/desk/commitments/{commitment.slug}/assess/", verdict(evidence=[evidence.pk], supersedes=number)
        )

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before

    @pytest.mark.parametrize(
        "form",
        [
            {"what": "triggered", "evidence": "another's"},
            {"what": "triggered", "evidence": ""},
            {"what": "superseded", "successor": "[report]"},
            {"what": "superseded", "successor": "[no-such]"},
            {"what": "superseded", "successor": "draft"},
            {"what": "discontinued"},
        ],
    )
    def test_terms_that_do_not_fit_the_commitment_are_not_recorded(self, form: dict[str, str]) -> None:
        make_commitment(slug="report", is_conditional=form["what"] == "triggered", condition="If it passes.")
        form = {name: str(make_evidence().pk) if value == "another's" else value for name, value in form.items()}
        if form.get("successor") == "draft":
            form["successor"] = f"[{make_commitment(recorded_at=None).slug}]"
        reviewer = client_of("reviewer")
        before = told()

        answer = reviewer.post("/desk/commitments/report/terms/", FORGED | {"happened_on": "2023-05-01"} | form)

        assert answer.status_code == 422 and is_told_why(answer)
        assert told() == before

    def test_a_succession_in_a_circle_gets_a_sentence(self) -> None:
        first, second = make_commitment(slug="first"), make_commitment(slug="second")
        change(Supersession, first, MARCH, new=second)
        before = told()

        answer = client_of("reviewer").post(
            "/desk/commitments/second/terms/",
            {"what": "superseded", "happened_on": "2023-05-01", "successor": "[first]"},
        )

        assert answer.status_code == 422
        assert "took the place of the other one already" in answer.content.decode()
        assert told() == before


class TestAdmin:
    """What changed about a commitment enters by no page of the admin either."""

    @pytest.mark.parametrize("kind", TERMS)
    def test_the_admin_adds_none(self, kind: type[Model], admin_client: Client) -> None:
        commitment = make_commitment(is_conditional=True, condition="If it passes.", recurrence="yearly")
        forged = {"commitment": commitment.pk, "old": commitment.pk, "new": commitment.pk, "state": "triggered"}
        forged |= {"kind": "extended", "due_on": "2030-01-01", "happened_on": "2023-05-01", "reason": "-"}
        admin_adds_none(admin_client, kind, **forged)

    @pytest.mark.parametrize("kind", SETTLED)
    def test_the_admin_forges_and_deletes_nothing_published(self, kind: str, admin_client: Client) -> None:
        admin_refuses(admin_client, SETTLED[kind]())


class TestApi:
    """Programs."""

    def test_no_address_takes_a_change_of_terms(self, admin_client: Client) -> None:
        make_commitment(slug="report", is_conditional=True, condition="If it passes.", recurrence="yearly")
        api_writes_nothing(
            admin_client,
            "/api/v1/commitments/report/",
            "/api/v1/occurrences/",
            "/api/v1/milestones/",
            "/commitments/report/?format=json",
            state="triggered",
            discontinued_on="2023-05-01",
            superseded_by="report",
        )

    def test_a_succession_nobody_published_is_in_no_twin_or_feed(self, client: Client) -> None:
        old = make_commitment(slug="old")
        Supersession.objects.create(
            old=old, new=make_commitment(slug="new"), **WHEN | {"recorded_at": None, "reason": "SECRET"}
        )

        for path in (
            "/commitments/old/?format=json",
            "/commitments/?format=csv",
            "/commitments/old/feed.atom",
            "/timeline/?format=json",
        ):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert "SECRET" not in answer.content.decode(), path
        assert client.get("/commitments/old/?format=json").json()["is_superseded"] is False


class TestOrm:
    """A programmer at the shell, past every action."""

    def test_a_change_rests_on_evidence_of_its_commitment(self) -> None:
        commitment = make_commitment()
        with refused_by("evidence_is_of_the_commitment"):
            change(ConditionChange, commitment, MARCH, state="triggered", evidence=make_evidence())
        change(ConditionChange, commitment, MARCH, state="triggered", evidence=make_evidence(commitment=commitment))

    def test_a_successor_may_bring_the_evidence(self) -> None:
        successor = make_commitment()

        change(Supersession, make_commitment(), MARCH, new=successor, evidence=make_evidence(commitment=successor))

    def test_a_change_does_not_give_a_draft_away(self) -> None:
        with refused_by("change_is_of_a_public_commitment"):
            change(Supersession, make_commitment(), MARCH, new=make_commitment(recorded_at=None))

    def test_a_met_condition_has_evidence(self) -> None:
        with refused_by("met_condition_has_evidence"):
            change(ConditionChange, make_commitment(), MARCH, state="triggered")

    def test_a_commitment_that_waits_names_what_for(self) -> None:
        with refused_by("commitment_that_waits_names_its_condition"):
            make_commitment(is_conditional=True, condition="")

    def test_a_period_ends_after_it_starts_and_is_told_once(self) -> None:
        period = make_occurrence()

        with refused_by("occurrence_ends_after_it_starts"):
            make_occurrence(commitment=period.commitment, period_start=date(2025, 1, 1), period_end=date(2024, 1, 1))
        with refused_by("occurrence_period_is_told_once"):
            make_occurrence(commitment=period.commitment)

    @pytest.mark.parametrize("length", [2, 3, 7])
    def test_no_commitment_takes_the_place_of_what_took_its_own(self, length: int) -> None:
        chain = [make_commitment() for _number in range(length)]
        for old, new in pairwise(chain):
            change(Supersession, old, MARCH, new=new)

        with refused_by("supersession_is_no_circle"):
            change(Supersession, chain[-1], MARCH, new=chain[0])
        change(Supersession, chain[-1], MARCH, new=make_commitment())

    def test_one_may_take_the_place_of_several_and_several_that_of_one(self) -> None:
        first, second, third = make_commitment(), make_commitment(), make_commitment()

        for old, new in ((first, second), (first, third), (second, third)):
            change(Supersession, old, MARCH, new=new)

    def test_a_draft_closes_no_circle_until_it_is_published(self) -> None:
        first, second = make_commitment(), make_commitment()
        change(Supersession, first, MARCH, new=second)
        draft = change(Supersession, second, MARCH, new=first, recorded_at=None)

        with refused_by("supersession_is_no_circle"):
            Supersession.objects.filter(pk=draft.pk).update(recorded_at=MARCH)


class TestSql:
    """Somebody at the server's own prompt."""

    def test_a_condition_is_not_met_by_evidence_of_another_commitment(self) -> None:
        commitment = make_commitment(is_conditional=True, condition="If it passes.")
        other = make_evidence()

        with refused_by("evidence_is_of_the_commitment"):
            run_sql(
                "INSERT INTO tracking_conditionchange (commitment_id, state, evidence_id, happened_on, reason, source_url, "
                "recorded_at) VALUES (%s, 'triggered', %s, '2023-02-01', '-', '', %s)",
                [commitment.pk, other.pk, MARCH],
            )

    def test_a_commitment_takes_not_its_own_place(self) -> None:
        commitment = make_commitment()

        with refused_by("commitment_does_not_supersede_itself"):
            run_sql(
                "INSERT INTO tracking_supersession (old_id, new_id, happened_on, reason, source_url, recorded_at) "
                "VALUES (%s, %s, '2023-02-01', '-', '', %s)",
                [commitment.pk, commitment.pk, MARCH],
            )

    def test_a_circle_is_not_written_in_one_statement_either(self) -> None:
        first, second = make_commitment(), make_commitment()

        with refused_by("supersession_is_no_circle"):
            run_sql(
                "INSERT INTO tracking_supersession (old_id, new_id, happened_on, reason, source_url, recorded_at) "
                "VALUES (%s, %s, '2023-02-01', '-', '', %s), (%s, %s, '2023-02-01', '-', '', %s)",
                [first.pk, second.pk, MARCH, second.pk, first.pk, MARCH],
            )

    @pytest.mark.parametrize(
        "moved", ["period_end = '2030-12-31'", "due_on = '2030-12-31', due_precision = 'day'", "label = 'another'"]
    )
    def test_a_public_period_is_not_moved_without_a_correction(self, moved: str) -> None:
        period = make_occurrence()

        with refused_by("published_field_changes_with_a_correction"):
            run_sql(f"UPDATE government_occurrence SET {moved} WHERE id = %s", [period.pk])
            settle()

    def test_a_public_step_is_not_taken_back(self) -> None:
        step = Milestone.objects.create(commitment=make_commitment(), label="A draft", recorded_at=NOW)

        with refused_by("published_row_stays"):
            run_sql("DELETE FROM government_milestone WHERE id = %s", [step.pk])


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_circle_at_once_do_not_both_get_through() -> None:
    ring = [make_commitment() for _number in range(4)]
    for old, new in ((ring[1], ring[2]), (ring[3], ring[0])):
        change(Supersession, old, MARCH, new=new)

    with pytest.raises(IntegrityError) as refusal:
        overlapping(
            lambda: change(Supersession, ring[0], MARCH, new=ring[1]),
            lambda: change(Supersession, ring[2], MARCH, new=ring[3]),
        )

    assert refusal.value.__cause__.diag.constraint_name == "supersession_is_no_circle"
    assert Supersession.objects.count() == 3
