"""We know that programs can ask for imports with a token, once for each key."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from articles.actions.running import work_on_batch
from articles.models import Article, ImportBatch
from policytracker.tracking.actions.tokens import issue_token, revoke_token
from policytracker.tracking.models import ApiToken
from tests.articles.drafts import TEXT
from tests.articles.site import Site
from tests.factories import NOW, make_publisher, make_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/imports/"
ARTICLE = {"headline": "One", "text": TEXT, "published": "2023-01-27", "url": "https://news.example.org/1"}


@pytest.fixture
def editor():
    return make_user(groups=("editor",))


@pytest.fixture
def token(editor):
    return issue_token(name="script", by=editor, at=NOW)


@pytest.fixture
def api(token):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token[1]}")
    return client


def post(api, body, **headers):
    return api.post(URL, body, format="json", headers=headers)


def test_an_import_is_queued_and_can_be_watched(api, editor):
    response = post(api, {"sources": ["https://a.example.org/1", "https://a.example.org/1"], "articles": [ARTICLE]})

    assert response.status_code == 202
    batch = ImportBatch.objects.get()
    assert batch.requested_by == editor
    assert response["Location"] == response.json()["url"] == f"{URL}{batch.pk}/"
    assert response.json()["counts"]["waiting"] == 2

    site = Site()
    site.page("/robots.txt", "User-agent: *\nDisallow: /", content_type="text/plain")
    work_on_batch(batch_id=batch.pk, tools=site.tools(is_patient=False))
    site.close()
    answer = api.get(f"{URL}{batch.pk}/").json()

    assert answer["state"] == "done"
    assert (answer["counts"]["created"], answer["counts"]["failed"], answer["next"]) == (1, 1, None)
    assert {item["outcome"] for item in answer["items"]} == {"created", "failed"}
    assert all(item["reason"] for item in answer["items"] if item["outcome"] == "failed")


def test_row_87_posting_twice_with_one_key_makes_one_import(api):
    first = post(api, {"articles": [ARTICLE]}, **{"Idempotency-Key": "k1"})
    second = post(api, {"articles": [ARTICLE]}, **{"Idempotency-Key": "k1"})
    other = post(api, {"articles": [{**ARTICLE, "headline": "Two"}]}, **{"Idempotency-Key": "k1"})

    assert first.json()["id"] == second.json()["id"]
    assert ImportBatch.objects.count() == 1
    assert other.status_code == 409


def test_another_list_of_addresses_in_a_form_is_another_request(api):
    one = {"sources": ["https://a.example.org/1", "https://a.example.org/3"]}
    other = {"sources": ["https://a.example.org/2", "https://a.example.org/3"]}

    first = api.post("/api/v1/imports/", one, headers={"Idempotency-Key": "k2"})
    again = api.post("/api/v1/imports/", one, headers={"Idempotency-Key": "k2"})
    second = api.post("/api/v1/imports/", other, headers={"Idempotency-Key": "k2"})

    assert (first.status_code, again.json()["id"], second.status_code) == (202, first.json()["id"], 409)


def test_files_are_taken_too(api):
    file = SimpleUploadedFile("rows.jsonl", json.dumps(ARTICLE).encode())

    response = api.post(URL, {"file": file, "label": "rows"}, format="multipart")

    assert response.status_code == 202
    batch = ImportBatch.objects.get()
    assert (batch.label, batch.items.get().source) == ("rows", "rows.jsonl")
    site = Site()
    work_on_batch(batch_id=batch.pk, tools=site.tools())
    site.close()
    assert Article.objects.get().headline == "One"


def test_the_publisher_is_named_by_its_slug(api):
    publisher = make_publisher(slug="daily")

    post(api, {"articles": [ARTICLE], "publisher": "daily"})

    assert ImportBatch.objects.get().options["publisher"] == publisher.pk


@pytest.mark.parametrize("groups", [(), ("analyst",)])
def test_only_who_may_import_at_the_desk_may_import_here(groups):
    _, secret = issue_token(name="x", by=make_user(groups=groups), at=NOW)

    response = APIClient().post(URL, {"articles": [ARTICLE]}, format="json", HTTP_AUTHORIZATION=f"Bearer {secret}")

    assert response.status_code == 403
    assert not ImportBatch.objects.exists()


def test_without_a_token_nothing_is_taken():
    response = APIClient().post(URL, {"articles": [ARTICLE]}, format="json")

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Bearer a b", "Bearer \xff"])
def test_a_token_that_is_none_is_refused(header):
    assert APIClient().get(f"{URL}1/", HTTP_AUTHORIZATION=header).status_code == 401


def test_a_revoked_token_and_one_of_a_disabled_user_open_nothing(api, token, editor):
    revoke_token(token=token[0], by=editor, at=NOW)
    assert post(api, {"articles": [ARTICLE]}).status_code == 401

    ApiToken.objects.update(revoked_at=None)
    editor.is_active = False
    editor.save()
    assert post(api, {"articles": [ARTICLE]}).status_code == 401


def test_the_secret_is_stored_nowhere(token):
    stored, secret = token

    assert secret not in str(ApiToken.objects.values().get())
    assert secret.startswith(stored.hint)


def test_a_token_in_the_address_is_not_looked_for(token):
    assert APIClient().get(f"{URL}1/?token={token[1]}").status_code == 401


def test_a_session_without_a_csrf_token_imports_nothing(editor):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(URL, {"articles": [ARTICLE]}, format="json").status_code == 403


def test_an_import_of_someone_else_does_not_exist(api):
    batch = ImportBatch.objects.create(requested_by=make_user(), requested_at=NOW)

    assert api.get(f"{URL}{batch.pk}/").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sources": "https://a.example.org"},
        {"sources": [1, {}]},
        {"sources": ["x" * 5000]},
        {"articles": ["no object"]},
        {"articles": [ARTICLE], "publisher": "nobody"},
        {"articles": [ARTICLE], "published_on": "2023-02-30"},
        [],
        "text",
    ],
)
def test_a_request_that_makes_no_sense_is_answered_with_a_sentence(api, body):
    response = post(api, body)

    assert response.status_code == 400
    assert response.content
    assert not ImportBatch.objects.exists()


def test_hostile_characters_end_as_a_reason(api):
    body = json.dumps({"sources": ["https://a\u0000b.example.org/", "https://a.example.org/\ud800"], "label": "a"})

    response = api.post(URL, body, content_type="application/json")

    assert response.status_code in (202, 400)


@pytest.mark.parametrize("query", ["after=x", "after=99999999999999999999", "after=-1"])
def test_nonsense_in_the_address_is_refused(api, editor, query):
    batch = ImportBatch.objects.create(requested_by=editor, requested_at=NOW)

    assert api.get(f"{URL}{batch.pk}/?{query}").status_code == 400


def test_the_api_is_described(client):
    schema = client.get("/api/v1/schema/")
    page = client.get("/api/v1/docs/")

    assert schema.status_code == page.status_code == 200
    assert b"/api/v1/imports/" in schema.content
    assert "POST /api/v1/imports/" in page.content.decode()


def test_a_token_is_made_shown_once_and_revoked_at_the_desk(client, editor):
    client.force_login(editor)

    made = client.post(reverse("desk:token_list"), {"name": "My script"}).content.decode()
    secret = made.split("<code>pt_")[1].split("</code>")[0]
    later = client.get(reverse("desk:token_list")).content.decode()

    assert f"pt_{secret}" in made
    assert secret not in later
    assert "My script" in later
    client.post(reverse("desk:token_revoke", args=[ApiToken.objects.get().pk]))
    assert ApiToken.objects.get().revoked_at is not None


def test_a_token_of_someone_else_cannot_be_revoked(client, token):
    client.force_login(make_user(groups=("editor",)))

    assert client.post(reverse("desk:token_revoke", args=[token[0].pk])).status_code == 404
