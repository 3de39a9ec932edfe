"""A thread of its own for what runs an event loop: in the test's own thread the browser's may be running already."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def in_a_thread(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What the function returns, or raises; its database connections are closed after it."""

    def call() -> Any:
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()
