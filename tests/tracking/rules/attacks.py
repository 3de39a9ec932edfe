"""What an attack on the record needs, whichever rule it is after: forged fields, the record before and after, and doors to try."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from articles.models import Article
from policytracker.government.models import (
    Commitment,
    Criterion,
    Initiative,
    Membership,
    Milestone,
    Ministry,
    MinistryName,
    Occurrence,
    Official,
    Post,
    Succession,
)
from policytracker.tracking.models import (
    Assessment,
    ConditionChange,
    Correction,
    DeadlineChange,
    Discontinuation,
    Evidence,
    Statement,
    Supersession,
)
from tests.factories import make_assessment, make_ministry, make_user
from tests.refusals import run_sql

TERMS: tuple[type[Model], ...] = (DeadlineChange, ConditionChange, Discontinuation, Supersession)
RECORD: tuple[type[Model], ...] = (
    *TERMS,
    Article,
    Assessment,
    Commitment,
    Correction,
    Criterion,
    Evidence,
    Initiative,
    Membership,
    Milestone,
    Ministry,
    MinistryName,
    Occurrence,
    Official,
    Post,
    Statement,
    Succession,
)
# What no form asks for: the clocks, who did it, what state it is in.
FORGED = {
    "recorded_at": "2001-01-01T00:00:00Z",
    "recorded_at_0": "2001-01-01",
    "recorded_at_1": "00:00:00",
    "known_at": "2001-01-01",
    "as_of": "2001-01-01",
    "created_at": "2001-01-01",
    "submitted_at": "2001-01-01",
    "added_at": "2001-01-01",
    "stage": "published",
    "is_single_handed": "on",
    "author": "1",
    "reviewer": "1",
    "created_by": "1",
    "added_by": "1",
    "by": "1",
    "at": "2001-01-01",
    "slug": "forged",
}
# What somebody with all rights would send to a form of the admin that is not there.
FORGED_IN_ADMIN = {
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
WHEN = {"happened_on": date(2023, 5, 1), "recorded_at": datetime(2023, 5, 3, tzinfo=UTC), "reason": "-"}
FEBRUARY = datetime(2023, 2, 1, tzinfo=UTC)
ENDLESS = "1" * 5_000  # more digits than Python reads as a number
WRITES = ("post", "put", "patch", "delete")
LISTS = ("/commitments/", "/initiatives/", "/officials/", "/articles/", "/corrections/")
MOMENTS = (
    "as_of=9999-01-01",
    "as_of=soon",
    "as_of=2023-02-30",
    "as_of=0001-01-01",
    "as_of=2023-01-01&as_of=2023-01-02",
    "as_of=" + ENDLESS,
    "as_of=%00",
    "known_at=9999-01-01",
    "known_at=2023-13-01",
    "known_at=2023-01-01T25:00",
    "known_at=2023-01-01T00:00%2B99:00",
)


# -- the record


def told() -> dict[str, list[dict[str, Any]]]:
    """Everything the record holds."""
    return {kind.__name__: list(kind._base_manager.order_by("pk").values()) for kind in RECORD}


def settle() -> None:
    """Let the constraints speak that wait for the end of the transaction."""
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    run_sql("SET CONSTRAINTS ALL DEFERRED")


def draft(**fields: Any) -> Assessment:
    """An assessment that nobody published."""
    return make_assessment(published=False, **fields)


def publish(assessment: Assessment, at: datetime = FEBRUARY, **fields: Any) -> None:
    """Publish as the ORM would, without any action."""
    Assessment.objects.filter(pk=assessment.pk).update(
        **{"stage": "published", "reviewer": make_user(), "recorded_at": at} | fields
    )


def change(model: type[Any], commitment: Any, at: datetime, **fields: Any) -> Any:
    """A change of terms, as the ORM would store it without any action."""
    link = {"old": commitment} if model is Supersession else {"commitment": commitment}
    return model.objects.create(**link, **{"happened_on": date(2023, 2, 1), "reason": "-", "recorded_at": at} | fields)


# -- the admin


def admin_url(row: Model | type[Model], page: str, *given: Any) -> str:
    """Where the admin has that page of the row, or of its kind."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=given)


def admin_refuses(client: Client, row: Model) -> None:
    """Somebody with all rights changes, deletes and sweeps away a row in the admin: it stays, to the last field."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    before = rows.values().get()

    changed = client.post(admin_url(row, "change", row.pk), FORGED_IN_ADMIN)
    deleted = client.post(admin_url(row, "delete", row.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    swept = client.post(admin_url(row, "changelist"), chosen)

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert swept.status_code in (200, 302, 403)
    assert rows.values().get() == before


def admin_adds_none(client: Client, model: type[Model], **forged: Any) -> None:
    """The admin has no way to add such a row; whoever tries is turned away and the record stays as it was."""
    before = told()

    if admin.site.is_registered(model):
        assert client.post(admin_url(model, "add"), FORGED_IN_ADMIN | FORGED | forged).status_code == 403
    else:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/"
        assert client.post(path, FORGED_IN_ADMIN | forged).status_code == 404
    assert told() == before


# -- programs


def api_writes_nothing(client: Client, *paths: str, **sent: Any) -> None:
    """A program with all rights writes to these addresses in every way there is, and writes nothing."""
    before = told()

    for path in paths:
        for method in WRITES:
            answer = getattr(client, method)(path, sent, content_type="application/json")
            assert answer.status_code in (403, 404, 405), (method, path)
    assert told() == before


def sentence_of(answer: Any) -> str:
    """What a refusal says: by itself to a program that asks for JSON or CSV, on a page to everybody else."""
    if answer["Content-Type"] == "application/json":
        return str(answer.json()["detail"])
    if answer.context is None:
        return str(answer.content.decode())
    shown = answer.context["sentence"] if "sentence" in answer.context else answer.context["reason"]
    return str(shown)


# -- the desk


def filled(client: Client, url: str) -> dict[str, Any]:
    """What a correction form says when it is opened, as a browser would send it."""
    context = client.get(url).context
    values = {}
    for form in (context["form"], context["reason"]):
        for bound in form:
            value = bound.value()
            if bound.widget_type == "checkbox":
                values |= {bound.html_name: "on"} if value else {}
            else:
                shown = bound.field.prepare_value(value)
                values[bound.html_name] = getattr(shown, "pk", shown) if shown is not None else ""
    return values


def correct(client: Client, url: str, changes: dict[str, Any]) -> Any:
    """Sends the correction form twice, as one does after its preview; the second answer."""
    data = filled(client, url) | {"why-note": "We misread it."} | changes
    shown = client.post(url, data)
    seen = shown.context["reason"]["seen"].value() if shown.context else ""
    return client.post(url, data | {"why-seen": seen})


def is_told_why(answer: Any) -> bool:
    """Whether the form came back with a sentence."""
    html = answer.content.decode()
    return 'class="error"' in html or 'role="alert"' in html


def correction_of(row: Any) -> str:
    """Where the desk corrects that row."""
    kind = {"commitment": "commitments", "membership": "memberships", "ministry": "ministries"}[row._meta.model_name]
    return reverse("desk:subject_correct", args=[kind, getattr(row, "slug", None) or row.pk])


def promise(**changes: Any) -> dict[str, Any]:
    """The form of a new commitment, filled in."""
    least = {
        "statement": "Publish the report every year.",
        "lead_ministry": f"[{make_ministry().slug}]",
        "made_on": "2023-01-27",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
    }
    return least | changes


def verdict(**changes: Any) -> dict[str, Any]:
    """The form of an assessment, filled in."""
    least = {"status": "in_progress", "effective_from": "2023-02-01", "rationale": "Work has begun.", "do": "submit"}
    return least | changes
