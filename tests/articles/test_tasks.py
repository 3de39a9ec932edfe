"""We know that workers do the jobs, as many as there are, and that a dead worker's jobs are done by others."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import tasks
from articles.actions.queueing import queue_import
from articles.given import Given
from articles.models import Feed, ImportBatch
from tests.articles.site import Clock, page_of
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


class RealClock(Clock):
    """The queue goes by the database's clock, so the tools must go by a real one."""

    def __call__(self):
        return timezone.now()


@pytest.fixture(autouse=True)
def empty_queue(transactional_db):
    """The queue's tables are not Django's to empty between tests."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture(autouse=True)
def tools(site, monkeypatch):
    monkeypatch.setattr(tasks, "tools", lambda: site.tools(RealClock()))


def work():
    """Run a worker until the queue is empty."""
    with app.replace_connector(app.connector.get_worker_connector()):
        in_a_thread(app.run_worker, wait=False, install_signal_handlers=False, listen_notify=False)


def queue(*names):
    given = [Given.of_bytes(page_of(int(name)).encode(), name=f"{name}.html") for name in names]
    return queue_import(sources=given, by=None, at=timezone.now())


def test_a_worker_does_what_was_queued():
    batch = queue("1", "2", "3")

    work()

    batch.refresh_from_db()
    assert batch.state == "done"
    assert set(batch.items.values_list("outcome", flat=True)) == {"created"}
    assert not ProcrastinateJob.objects.filter(status="todo").exists()


def test_a_batch_that_was_not_committed_has_no_job():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue("1")
        raise ZeroDivisionError

    assert not ProcrastinateJob.objects.exists()


def test_a_poll_and_its_articles_are_two_jobs(site):
    site.page("/feed", "<rss version='2.0'><channel><item><link>http://a.example.org/1</link></item></channel></rss>")
    Feed.objects.create(url="http://b.example.org/feed")
    site.page("/1", page_of(1))

    tasks.each_minute(timestamp=0)
    work()

    assert ImportBatch.objects.get().items.get().outcome == "created"


def test_a_dead_workers_job_is_done_by_another():
    batch = queue("1")
    ProcrastinateJob.objects.filter(task_name="articles.run_batch").update(status="doing", worker_id=None)

    tasks.retry_stalled_jobs.defer(timestamp=0)
    work()

    assert batch.items.get().outcome == "created"


def test_a_dead_workers_job_that_was_enqueued_anew_ends():
    batch = queue("1")
    ProcrastinateJob.objects.filter(task_name="articles.run_batch").update(status="doing", worker_id=None)
    tasks.enqueue_lane(batch.pk, 0, not_before=timezone.now() + timedelta(hours=1))

    tasks.retry_stalled_jobs.defer(timestamp=0)
    work()

    jobs = ProcrastinateJob.objects.filter(task_name="articles.run_batch")
    assert sorted(jobs.values_list("status", flat=True)) == ["failed", "todo"]


def test_the_same_batch_given_to_two_workers_makes_each_article_once():
    batch = queue(*(str(n) for n in range(1, 13)))
    assert ProcrastinateJob.objects.filter(task_name="articles.run_batch", status="todo").count() > 1

    with app.replace_connector(app.connector.get_worker_connector()):
        in_a_thread(app.run_worker, wait=False, install_signal_handlers=False, listen_notify=False, concurrency=2)

    assert list(batch.items.values_list("outcome", flat=True)) == ["created"] * 12


def test_nightly_tidying_forgets_old_jobs():
    queue("1")
    work()
    long_ago = timezone.now() - timedelta(days=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = %s", [long_ago])

    tasks.remove_old_jobs.defer(timestamp=0)
    work()

    assert not ProcrastinateJob.objects.filter(task_name="articles.run_batch").exists()
