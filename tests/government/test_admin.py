"""We know that an admin can work, and cannot get round the record's rules."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from policytracker.government.models import Membership, Ministry
from tests.factories import (
    make_annotation,
    make_assessment,
    make_commitment,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_user,
)

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model.__module__.startswith(("articles", "policytracker"))]


@pytest.fixture
def admin_client() -> Client:
    client = Client()
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))
    return client


def change_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches(model: Any, admin_client: Client) -> None:
    make_assessment()
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")

    assert admin_client.get(url).status_code == 200
    assert admin_client.get(url, {"q": "report"}).status_code == 200


@pytest.mark.parametrize("make", [make_ministry, make_official, make_post, make_initiative, make_commitment])
@pytest.mark.parametrize("recorded", [True, False])
def test_every_page_opens(make: Callable[..., Any], recorded: bool, admin_client: Client) -> None:
    row = make() if recorded else make(recorded_at=None)

    response = admin_client.get(change_url(row))

    assert response.status_code == 200
    assert ('name="_save"' in response.content.decode()) is not recorded


def test_a_ministry_can_be_written_in_both_languages(admin_client: Client) -> None:
    url = reverse("admin:government_ministry_add")
    form = admin_client.get(url).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    for prefix in ("aliases", "names", "identifiers"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    response = admin_client.post(
        url,
        data
        | {"slug": "mou", "name": "Ministry of Unification", "name_ko": "통일부", "country": "KR", "source_urls": "[]"},
    )

    assert response.status_code == 302, response.context["adminform"].form.errors
    ministry = Ministry.objects.get(slug="mou")
    assert ministry.name_ko == "통일부"
    assert ministry.recorded_at is None


def test_two_holders_of_one_post_are_refused_with_a_sentence(admin_client: Client) -> None:
    post = make_post()
    make_membership(post=post, started_on=date(2022, 5, 13))
    url = reverse("admin:government_membership_add")
    data = {
        "official": make_official().pk,
        "post": post.pk,
        "started_on": "2023-01-01",
        "started_precision": "day",
        "source_urls": "[]",
    }

    response = admin_client.post(url, data)

    assert response.status_code == 200
    assert "Somebody else holds this post" in response.content.decode()
    assert 'value="2023-01-01"' in response.content.decode()
    assert Membership.objects.count() == 1


def test_drafts_are_published_together_or_not_at_all(admin_client: Client) -> None:
    url = reverse("admin:government_initiative_changelist")
    secret = make_ministry(name="Secret office", recorded_at=None)
    good, bad = make_initiative(recorded_at=None), make_initiative(recorded_at=None, lead_ministry=secret)

    data = {"action": "publish_selected", "_selected_action": [good.pk, bad.pk]}
    response = admin_client.post(url, data, follow=True)

    good.refresh_from_db()
    assert good.recorded_at is None
    assert "Secret office" in response.content.decode()


def test_history_shows_what_changed_and_who(admin_client: Client) -> None:
    ministry = make_ministry(name="Before", recorded_at=None)
    Ministry.objects.filter(pk=ministry.pk).update(name="After")

    response = admin_client.get(reverse("admin:government_ministry_history", args=[ministry.pk]))

    page = response.content.decode()
    assert "<del>Before</del>" in page
    assert "<ins>After</ins>" in page


def test_a_private_note_is_its_authors_even_from_an_admin(admin_client: Client) -> None:
    note = make_annotation(visibility="private")

    response = admin_client.get(reverse("admin:tracking_annotation_change", args=[note.pk]))

    assert response.status_code == 302
    assert User.objects.get(username="boss").is_superuser


def test_a_conclusion_cannot_be_written_here(admin_client: Client) -> None:
    assert admin_client.get(reverse("admin:tracking_assessment_add")).status_code == 403
    assert admin_client.post(change_url(make_assessment()), {"status": "fulfilled"}).status_code == 403
