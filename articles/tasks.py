"""What runs in the background: each task is a few lines that call an action."""

import logging
from datetime import timedelta
from functools import cache

from django.db import close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from articles.actions.feeds import enqueue_due_feeds
from articles.actions.feeds import poll_feed as poll
from articles.actions.queueing import enqueue_lane
from articles.actions.running import Rest, work_on_batch
from articles.actions.tidying import discard_leftovers, resume_imports
from articles.models import Feed
from articles.tools import Tools, make_tools

log = logging.getLogger(__name__)
STRETCH = timedelta(seconds=20)  # after which a lane lets other batches have their turn
AGAIN = RetryStrategy(max_attempts=20, wait=5)  # of a job that the database failed; items keep their own count


@cache
def tools() -> Tools:
    """Return this worker's tools; its reading process is kept warm between jobs."""
    return make_tools()


@app.task(name="articles.run_batch", retry=AGAIN)
def run_batch(*, batch_id: int, lane: int) -> None:
    """Work on an import for a while; come back while something is left."""
    close_old_connections()
    left = work_on_batch(batch_id=batch_id, tools=tools(), until=timezone.now() + STRETCH)
    if left.rest is not Rest.NOTHING:
        enqueue_lane(batch_id, lane, not_before=left.next_at)


@app.task(name="articles.poll_feed", retry=AGAIN)
def poll_feed(*, feed_id: int) -> None:
    """Ask one feed for what is new."""
    close_old_connections()
    feed = Feed.objects.filter(pk=feed_id).first()
    if feed:
        poll(feed=feed, tools=tools())


@app.periodic(cron="* * * * *")
@app.task(name="articles.each_minute", queueing_lock="articles.each_minute")
def each_minute(timestamp: int) -> None:
    """Each minute: poll the feeds that are due, take up imports that nobody works on."""
    close_old_connections()
    enqueue_due_feeds(at=timezone.now())
    resume_imports(at=timezone.now())


@app.periodic(cron="23 3 * * *")
@app.task(name="articles.each_night", queueing_lock="articles.each_night")
def each_night(timestamp: int) -> None:
    """Each night: drop what imports left over."""
    close_old_connections()
    discard_leftovers(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="articles.retry_stalled_jobs", queueing_lock="articles.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Each minute: give the jobs of workers that died to others. Without this they would be "doing" for ever."""
    for job in await app.job_manager.get_stalled_jobs():
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:
            # The same work was enqueued anew meanwhile, and waits: this one is of no use any more.
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        log.warning("job %s (%s) of a dead worker was taken up again", job.id, job.task_name)


@app.periodic(cron="41 3 * * *")
@app.task(name="articles.remove_old_jobs", queueing_lock="articles.remove_old_jobs")
async def remove_old_jobs(timestamp: int) -> None:
    """Each night: forget jobs that ended well a day ago, and the others after a month."""
    await app.job_manager.delete_old_jobs(nb_hours=24)
    await app.job_manager.delete_old_jobs(nb_hours=24 * 30, include_failed=True, include_cancelled=True)
