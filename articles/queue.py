"""Puts jobs into the queue, in the transaction of whoever asks: a job exists if and only if its rows do.

Tasks are named, not imported, so that an action can enqueue what a task will call.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task


def enqueue(task: str, *, once: str = "", not_before: datetime | None = None, **arguments: Any) -> bool:
    """Enqueue a task by its name; return whether a job was added.

    With `once`, nothing is added while a job with the same words still waits. Inside a worker, too, the job goes
    through Django's connection: the worker's own would know nothing of the transaction.
    """
    job = configure_task(
        name=task,
        job_manager=JobManager(DjangoConnector()),
        queueing_lock=once or None,
        schedule_at=not_before,
    )
    if not once:
        job.defer(**arguments)
        return True
    try:
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True
