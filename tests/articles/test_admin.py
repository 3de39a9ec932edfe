"""We know that an admin can find, read and correct what was imported, and change no stored copy."""

import pytest
from django.urls import reverse

from articles.actions import store_article
from articles.models import Article
from tests.articles.drafts import make_draft
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def article():
    return store_article(draft=make_draft(section="Politics"), raw=b"raw", at=NOW).article


@pytest.mark.parametrize("name", ["article", "snapshot", "publisher", "feed", "host", "importbatch", "importitem"])
def test_every_list_answers_and_searches(admin_client, article, name):
    assert admin_client.get(reverse(f"admin:articles_{name}_changelist"), {"q": "contact"}).status_code == 200


def test_a_corrected_field_survives_the_next_import(admin_client, article):
    address = reverse("admin:articles_article_change", args=[article.pk])
    form = admin_client.get(address).context["adminform"].form
    data = {name: "" if value is None else value for name, value in form.initial.items()}
    data |= {
        "section": "Unification",
        "published_at_0": "",
        "published_at_1": "",
        "updated_at_0": "",
        "updated_at_1": "",
    }
    data["published_at_0"], data["published_at_1"] = "2023-01-27", "16:14:18"
    for prefix in ("snapshots", "addresses"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    response = admin_client.post(address, data)

    assert response.status_code == 302, response.context["adminform"].form.errors
    saved = Article.objects.get()
    assert saved.section == "Unification"
    assert "section" in saved.edited_fields
    assert "headline" not in saved.edited_fields
    again = store_article(draft=make_draft(section="World"), raw=b"raw", at=NOW)
    assert again.detail["kept"][0]["ours"] == "Unification"


def test_a_stored_copy_can_be_read_and_not_changed(admin_client, article):
    address = reverse("admin:articles_snapshot_change", args=[article.current_snapshot_id])

    assert "separated families" in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"text": "x"}).status_code == 403


def test_articles_are_not_made_or_deleted_by_hand(admin_client, article):
    assert admin_client.get(reverse("admin:articles_article_add")).status_code == 403
    assert admin_client.post(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
