"""What runs in the background: each task is a few lines that call an action."""

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from policytracker.tracking.actions.digests import send_digests
from policytracker.tracking.actions.mails import send_mails


@app.periodic(cron="* * * * *")
@app.task(name="tracking.tell_followers", queueing_lock="tracking.tell_followers", pass_context=False)
def tell_followers(timestamp: int) -> None:
    """Each minute: tell followers who are due, and empty the outbox."""
    close_old_connections()
    send_digests(at=timezone.now())
    send_mails(at=timezone.now())
