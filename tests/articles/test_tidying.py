"""We know that nothing stays lying in the queue: neither work that nobody does nor files that nobody needs."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.actions.leasing import take_items
from articles.actions.queueing import queue_import
from articles.actions.running import work_on_batch
from articles.actions.tidying import discard_leftovers, resume_imports
from articles.given import Given
from articles.models import ImportBatch, ImportItem
from tests.articles.site import Clock
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LONG = timedelta(minutes=10)


def queue(**fields):
    given = [Given.of_bytes(b"Nothing dated\n\nHere are a few words.", name="a.txt")]
    return queue_import(**{"sources": given, "by": None, "at": NOW, "by_workers": False} | fields)


def jobs():
    return ProcrastinateJob.objects.filter(task_name="articles.run_batch", status="todo").count()


def test_what_a_killed_command_left_is_taken_up_by_workers():
    queue()

    assert resume_imports(at=NOW + LONG) == 1
    assert jobs() == 1


def test_a_batch_that_is_being_worked_on_is_left_alone():
    batch = queue()
    take_items(batch_id=batch.pk, at=NOW + LONG)

    assert resume_imports(at=NOW + LONG) == 0
    assert jobs() == 0


def test_a_batch_with_nothing_left_is_marked_done():
    batch = queue()
    batch.items.update(outcome="cancelled")

    resume_imports(at=NOW + LONG)

    batch.refresh_from_db()
    assert batch.state == "done"


def test_drafts_and_files_of_old_failures_are_dropped(site):
    draft = queue(start=False)
    failed = queue()
    work_on_batch(batch_id=failed.pk, tools=site.tools(Clock()))
    assert failed.items.get().payload is not None

    discard_leftovers(at=NOW + timedelta(days=2))
    assert not ImportBatch.objects.filter(pk=draft.pk).exists()
    assert failed.items.get().payload is not None

    discard_leftovers(at=NOW + timedelta(days=31))
    item = ImportItem.objects.get()
    assert (item.payload, item.outcome) == (None, "failed")
