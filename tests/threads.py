"""A thread of its own for what runs an event loop: in the test's own thread the browser's may be running already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

from django.db import connection, connections, transaction


def in_a_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What the function returns, or raises; its database connections are closed after it."""

    def call() -> Any:
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()


def overlapping(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Run `second` in another transaction after `first` has written and before it commits.

    Goes on as soon as the second one waits for the first, or is through without having waited. What either raises is
    raised.
    """
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            other = thread.submit(in_a_transaction, second)
            while not other.done() and not _somebody_waits():
                sleep(0.005)
        other.result()


def in_a_transaction(function: Callable[[], Any]) -> Any:
    """What the function returns; its transaction is ended and its connection closed after it."""
    try:
        with transaction.atomic():
            return function()
    finally:
        connections.close_all()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
