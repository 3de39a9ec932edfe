"""We know that no door leads round the rules: not the admin with all rights, not the API, not a public or desk page."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from policytracker.government.models import Commitment
from policytracker.tracking.actions.corrections import correct_field
from policytracker.tracking.actions.ratings import invite_rater
from policytracker.tracking.models import (
    Assessment,
    AssessmentEvidence,
    ConditionChange,
    DeadlineChange,
    Discontinuation,
    Supersession,
)
from tests.desk.conftest import client_of
from tests.factories import (
    NOW,
    make_assessment,
    make_commitment,
    make_evidence,
    make_initiative,
    make_membership,
    make_ministry,
    make_occurrence,
    make_official,
    make_post,
    make_snapshot,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db

WHEN = {"happened_on": date(2023, 5, 1), "recorded_at": datetime(2023, 5, 3, tzinfo=UTC), "reason": "-"}


def correction() -> Any:
    return correct_field(target=make_commitment(), field="note", value="b", note="Slip.", by=make_user(), at=NOW)


SETTLED: dict[str, Callable[[], Any]] = {
    "assessment": make_assessment,
    "evidence": make_evidence,
    "statement": make_statement,
    "snapshot": make_snapshot,
    "correction": correction,
    "deadline": lambda: DeadlineChange.objects.create(commitment=make_commitment(), kind="overridden", **WHEN),
    "condition": lambda: ConditionChange.objects.create(commitment=make_commitment(), state="lapsed", **WHEN),
    "discontinuation": lambda: Discontinuation.objects.create(commitment=make_commitment(), **WHEN),
    "supersession": lambda: Supersession.objects.create(old=make_commitment(), **WHEN),
    "commitment": make_commitment,
    "occurrence": make_occurrence,
    "initiative": make_initiative,
    "ministry": make_ministry,
    "official": make_official,
    "post": make_post,
    "membership": make_membership,
}
FORGED = {
    "status": "fulfilled",
    "stage": "draft",
    "rationale": "forged",
    "reason": "forged",
    "note": "forged",
    "text": "forged",
    "exact": "forged",
    "statement": "forged",
    "name": "forged",
    "label": "forged",
    "effective_from": "2020-01-01",
    "started_on": "2020-01-01",
    "recorded_at_0": "",
    "recorded_at_1": "",
    "links-TOTAL_FORMS": "1",
    "links-INITIAL_FORMS": "0",
    "links-0-evidence": "1",
    "criteria-TOTAL_FORMS": "1",
    "criteria-INITIAL_FORMS": "0",
    "criteria-0-text": "forged",
    "_save": "Save",
}


@pytest.fixture(params=SETTLED)
def settled(request: Any) -> Model:
    return SETTLED[request.param]()


def admin_url(row: Model, page: str, *given: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=given)


def told(row: Any) -> dict[str, Any]:
    return type(row)._base_manager.filter(pk=row.pk).values().get()


def test_the_admin_forges_and_deletes_nothing_published(settled: Any, admin_client: Client) -> None:
    before = told(settled)

    changed = admin_client.post(admin_url(settled, "change", settled.pk), FORGED)
    deleted = admin_client.post(admin_url(settled, "delete", settled.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [settled.pk], "post": "yes"}
    swept = admin_client.post(admin_url(settled, "changelist"), chosen)

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert swept.status_code in (200, 302, 403)
    assert told(settled) == before
    assert not AssessmentEvidence.objects.filter(evidence=None).exists()


def test_the_admin_adds_no_conclusion(admin_client: Client) -> None:
    assert admin_client.post(reverse("admin:tracking_assessment_add"), FORGED).status_code == 403
    assert not Assessment.objects.exists()


WRITES = ["post", "put", "patch", "delete"]


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(
    "path",
    ["/api/v1/assessments/", "/api/v1/commitments/", "/api/v1/commitments/yearly/", "/api/v1/corrections/"],
)
def test_the_api_has_no_way_to_write_conclusions(admin_client: Client, path: str, method: str) -> None:
    assert getattr(admin_client, method)(path, {}, content_type="application/json").status_code in (403, 404, 405)


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("path", ["/", "/commitments/yearly/", "/commitments/", "/corrections/", "/deadlines/"])
def test_public_pages_change_nothing(admin_client: Client, path: str, method: str) -> None:
    response = getattr(admin_client, method)(path)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


BROKEN: dict[str, Callable[[Commitment], dict[str, Any]]] = {
    "no evidence": lambda commitment: {"evidence": []},
    "a rationale of blanks": lambda commitment: {"rationale": " \n"},
    "only a baseline": lambda commitment: {
        "evidence": [make_evidence(commitment=commitment, dated_on=date(2022, 1, 1))]
    },
    "a day to come": lambda commitment: {"effective_from": date(2099, 1, 1)},
    "a status of another rubric": lambda commitment: {"status": "broken"},
    "no reason for failing": lambda commitment: {"status": "stalled", "reason_code": ""},
}


@pytest.mark.parametrize("flaw", BROKEN)
def test_the_review_page_publishes_nothing_that_breaks_a_rule(flaw: str) -> None:
    commitment = make_commitment()
    unsound = make_assessment(
        commitment=commitment, published=False, stage="submitted", submitted_at=NOW, **BROKEN[flaw](commitment)
    )

    response = client_of("reviewer").post(
        f"/desk/reviews/{unsound.pk}/", {"do": "publish", "body": "", "version": unsound.version}
    )

    unsound.refresh_from_db()
    assert not unsound.is_published
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode() or "errorlist" in response.content.decode()


def test_the_assess_page_cites_no_evidence_of_another_commitment() -> None:
    commitment, other = make_commitment(), make_evidence()

    response = client_of("analyst").post(
        f"/desk/commitments/{commitment.slug}/assess/",
        {
            "status": "fulfilled",
            "effective_from": "2023-02-01",
            "rationale": "-",
            "evidence": [other.pk],
            "do": "submit",
        },
    )

    assert response.status_code == 422
    assert not Assessment.objects.filter(commitment=commitment).exists()


def test_a_rater_with_all_rights_reads_the_first_rating_nowhere(admin_client: Client, admin_user: Any) -> None:
    draft = make_assessment(
        published=False, stage="submitted", submitted_at=NOW, status="stalled", rationale="The first rationale."
    )
    invite_rater(assessment=draft, rater=admin_user, by=make_user(), at=NOW)
    slug = draft.commitment.slug
    hidden = [admin_url(draft, "change", draft.pk), admin_url(draft, "history", draft.pk), f"/desk/reviews/{draft.pk}/"]
    shown = [
        admin_url(draft, "changelist"),
        reverse("admin:tracking_blindrating_changelist"),
        f"/commitments/{slug}/",
        f"/commitments/{slug}/?format=json",
        f"/commitments/{slug}/?format=csv",
        f"/commitments/{slug}/feed.atom",
        f"/embed/commitment/{slug}/",
        "/search/?q=first+rationale",
        f"/desk/commitments/{slug}/",
    ]

    for path in hidden:
        assert admin_client.get(path).status_code in (302, 404), path
    for path in shown:
        page = admin_client.get(path)
        assert page.status_code == 200, path
        assert "The first rationale." not in page.content.decode(), path
        assert f"{draft.commitment_id}: stalled" not in page.content.decode(), path
    assert admin_client.get(f"/commitments/{slug}/?format=json").json()["verdicts"] == []
