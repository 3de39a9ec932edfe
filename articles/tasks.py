"""What runs in the background: each task is a few lines that call an action."""

from datetime import timedelta
from functools import cache

from django.db import close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from articles.actions.queueing import enqueue_lane
from articles.actions.running import Rest, work_on_batch
from articles.tools import Tools, make_tools

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
