"""What a site's answer means: which refusal a status is, how long to wait, what to ask again with. Pure."""

import re
from email.utils import parsedate_to_datetime

from articles.importing.refusals import FetchRefused, Reason

_LONGEST_WAIT = 7 * 86_400.0
_REASONS = {
    401: Reason.FORBIDDEN,
    402: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    429: Reason.TOO_MANY_REQUESTS,
    451: Reason.FORBIDDEN,
}


def refusal_of_status(status: int, *, retry_after: str, date: str) -> FetchRefused:
    """Return the refusal that a status other than success is; `retry_after` and `date` are headers, "" when missing."""
    reason = _REASONS.get(status, Reason.SERVER_ERROR if 500 <= status <= 599 else Reason.UNEXPECTED_STATUS)
    wait = _seconds_to_wait(retry_after, date)
    return FetchRefused(reason, status=status, **({} if wait is None else {"retry_after": wait}))


def conditions(etag: str, last_modified: str) -> list[tuple[str, str]]:
    """Return the conditional headers; values a header cannot carry are left out."""
    wanted = [("If-None-Match", etag), ("If-Modified-Since", last_modified)]
    return [(name, value) for name, value in wanted if re.fullmatch(r"[\x20-\x7e]{1,1000}", value)]


def _seconds_to_wait(value: str, date: str) -> float | None:
    """Return the seconds a site asks us to wait; its own clock is the measure of a date."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(float(value), _LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(value) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), _LONGEST_WAIT)
