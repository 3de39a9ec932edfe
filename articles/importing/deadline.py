"""One moment by which everything must be over, and calls that know no time limit of their own."""

import threading
import time
from collections.abc import Callable


class Deadline:
    """The moment by which everything must be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Return the seconds left; raise TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def within(deadline: Deadline, call: Callable[[], list[str]]) -> list[str]:
    """Run a call that knows no time limit, such as the resolver, until the deadline."""
    answer: list[list[str]] = []
    fault: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(call())
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller's thread
            fault.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(deadline.remaining())
    if fault:
        raise fault[0]
    if not answer:
        raise TimeoutError
    return answer[0]
