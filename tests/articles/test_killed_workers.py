"""We know that a worker process can be killed at any moment: every item ends once, none is lost, none is doubled."""

import random
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from articles.actions.leasing import LEASE
from articles.models import Article, ImportItem
from benchmarks.workers import Worker, files_batch
from tests.articles.site import page_of

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 2
COUNT = 40


def let_leases_lapse() -> None:
    """Do as if the time of a lease had gone by."""
    ImportItem.objects.filter(outcome="running").update(started_at=F("started_at") - LEASE - timedelta(seconds=1))


def test_row_94_killed_workers_lose_nothing_and_double_nothing():
    database = connection.settings_dict["NAME"]
    batch = files_batch((f"{number}.html", page_of(number).encode()) for number in range(COUNT))
    rng = random.Random(94)

    for _kill in range(KILLS):
        worker = Worker(database, batch.pk)
        worker.begin()
        time.sleep(rng.uniform(0.02, 0.25))
        worker.kill()
        let_leases_lapse()
    last = Worker(database, batch.pk)
    last.begin()
    last.result()

    batch.refresh_from_db()
    assert batch.state == "done"
    assert set(batch.items.values_list("outcome", flat=True)) == {"created"}
    assert Article.objects.count() == COUNT
    assert Article.objects.values("url").distinct().count() == COUNT
    assert batch.items.values("article").distinct().count() == COUNT
