"""We know that what goes wrong around imports (rows of the list of threats) loses nothing and leaves nothing half done."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, models
from psycopg.errors import DiskFull

from articles.actions import slices
from articles.actions.leasing import LEASE
from articles.actions.queueing import queue_import
from articles.actions.running import work_on_batch
from articles.given import Given
from articles.models import Article, Snapshot
from tests.articles.site import Clock, page_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = page_of(
    1,
    words="<script>alert(1)</script><iframe src='https://evil.example'></iframe><form action='https://evil.example'></form>"
    "<svg onload='alert(2)'></svg><img srcset='https://evil.example/a.png' onerror='alert(3)'><base href='https://evil.example/'>",
)


def queued(*bodies):
    given = [Given.of_bytes(body.encode(), name=f"{number}.html") for number, body in enumerate(bodies)]
    return queue_import(sources=given, by=None, at=NOW)


def test_row_97_a_full_disk_of_the_database_leaves_nothing_half_done_and_work_goes_on_after_it(site, monkeypatch):
    batch = queued(page_of(1), page_of(2))
    clock = Clock()

    def full(**fields):
        store(**fields)
        raise OperationalError(DiskFull("no space left on device"))

    store = slices.store_drafts
    monkeypatch.setattr(slices, "store_drafts", full)
    with pytest.raises(OperationalError):
        work_on_batch(batch_id=batch.pk, tools=site.tools(clock))
    assert not Article.objects.exists()
    monkeypatch.setattr(slices, "store_drafts", store)
    clock.now += LEASE + timedelta(seconds=1)
    work_on_batch(batch_id=batch.pk, tools=site.tools(clock))

    assert set(batch.items.values_list("outcome", flat=True)) == {"created"}
    assert Article.objects.count() == 2


def test_row_98_bytes_lie_in_rows_so_that_neither_is_without_the_other():
    files = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]

    assert files == []


@pytest.mark.parametrize(
    "door", ["/articles/{}/", "/articles/{}/annotations.jsonld", "/articles/{}/?format=json", "/desk/articles/{}/"]
)
def test_rows_18_and_43_a_stored_page_is_never_served_as_a_page(site, client, admin_client, door):
    batch = queued(HOSTILE)
    work_on_batch(batch_id=batch.pk, tools=site.tools())
    Article.objects.update(recorded_at=NOW)
    asking = admin_client if door.startswith("/desk/") else client

    answer = asking.get(door.format(Article.objects.get().pk))

    told = answer.content.decode()
    assert answer.status_code == 200
    assert not [mark for mark in ("alert(", "evil.example", "<iframe", "<base") if mark in told]
    assert b"evil.example" in bytes(Snapshot.objects.get().raw)
