"""What runs in the background: each task is a few lines that call an action, and names itself to the audit trail."""

import pghistory
from django.db import close_old_connections
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from articles.models import Article
from articles.tools import make_tools
from policytracker.tracking.actions.digests import send_digests
from policytracker.tracking.actions.mails import send_mails
from policytracker.tracking.actions.rereading import (
    READ_FOR_NAMES,
    READ_TEXTS,
    read_articles,
    read_for_name,
    read_what_is_unread,
)
from policytracker.tracking.actions.sources import FOLLOW, check_cited_sources, follow_text
from policytracker.tracking.standing.keeping import keep_standings


@app.periodic(cron="* * * * *")
@app.task(name="tracking.tell_followers", queueing_lock="tracking.tell_followers", pass_context=False)
def tell_followers(timestamp: int) -> None:
    """Each minute: tell followers who are due, and empty the outbox."""
    close_old_connections()
    with pghistory.context(task="tell_followers"):
        send_digests(at=timezone.now())
        send_mails(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="tracking.keep_standings", queueing_lock="tracking.keep_standings", pass_context=False)
def keep_what_stands(timestamp: int) -> None:
    """Each minute: keep where the commitments stand of which something changed."""
    close_old_connections()
    keep_standings()


AGAIN = RetryStrategy(
    max_attempts=5, wait=10
)  # of a job that the database failed; reading twice proposes nothing twice


@app.task(name=READ_TEXTS, retry=AGAIN)
def read_texts(*, article_ids: list[int]) -> None:
    """Read new or changed texts for names and promises."""
    close_old_connections()
    with pghistory.context(task="read_texts"):
        read_articles(article_ids=article_ids, at=timezone.now())


@app.task(name=READ_FOR_NAMES, retry=AGAIN)
def read_texts_for_name(*, name: str, kind: str, after: int) -> None:
    """Read old texts again in which a new name may stand."""
    close_old_connections()
    with pghistory.context(task="read_texts_for_name"):
        read_for_name(name=name, kind=kind, after=after, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="tracking.read_unread", queueing_lock="tracking.read_unread", pass_context=False)
def read_unread(timestamp: int) -> None:
    """Each five minutes: read texts that came in another way."""
    close_old_connections()
    with pghistory.context(task="read_unread"):
        read_what_is_unread(at=timezone.now())


@app.task(name=FOLLOW, retry=AGAIN)
def follow_texts(*, article_ids: list[int]) -> None:
    """Look for the quotes of earlier texts in new ones."""
    close_old_connections()
    with pghistory.context(task="follow_texts"):
        for article in Article.objects.filter(pk__in=article_ids).select_related("current_snapshot"):
            follow_text(article=article, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="tracking.check_sources", queueing_lock="tracking.check_sources", lock="tracking.check_sources")
def check_sources(timestamp: int) -> None:
    """Each ten minutes: look again at the sources of a few cited articles that are due."""
    close_old_connections()
    with pghistory.context(task="check_sources"):
        check_cited_sources(tools=make_tools(), limit=20)
