"""The whole demo record, in one transaction."""

from django.db import connection, transaction

from .accounts import ensure_users
from .conclusions import load_conclusions
from .government import load_government
from .reporting import load_articles
from .tally import Tally


def load_demo(*, may_sign_in: bool) -> Tally:
    """Store what is missing of the demo record; rows that are there stay as they are. Says what it did."""
    tally = Tally()
    with transaction.atomic():
        users = ensure_users(may_sign_in=may_sign_in)
        load_government(tally)
        articles = load_articles(tally)
        load_conclusions(tally, articles, author=users["analyst"], reviewer=users["reviewer"])
        if tally.created:
            _tell_the_planner()
    return tally


def _tell_the_planner() -> None:
    """Let the database count its rows now: until it does so by itself it plans as for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
