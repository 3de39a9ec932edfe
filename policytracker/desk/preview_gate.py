"""Fetches a few pages while somebody waits for a preview: within seconds in all, each address once in a while."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import caches

from articles.importing.documents import FetchResult
from articles.importing.fetch import Gate
from articles.importing.refusals import FetchRefused, Reason
from articles.models import Host
from articles.tools import Tools

SECONDS = 8.0  # for all addresses of one page
EACH = 4.0  # for one address with its redirects
KEPT_FOR = 600  # seconds; showing the page again asks no site again
_LARGEST_KEPT = 500_000


class OutOfTime(Exception):
    """There is no time left to fetch this for a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewGate(Gate):
    """The gate, for somebody who waits: it remembers answers and gives up in time."""

    tools: Tools
    until: datetime
    owed: list[float] = field(default_factory=list)  # pauses to make before a site is really asked again

    def fetch(self, url: str, **conditions: Any) -> FetchResult:
        """Return what the site answers, or answered lately; raise FetchRefused, or OutOfTime."""
        key = f"preview:{sha256(url.encode()).hexdigest()}"
        known = caches["pages"].get(key)
        answer = known or self._asked(url, conditions)
        if known is None and (isinstance(answer, FetchRefused) or len(answer.body) <= _LARGEST_KEPT):
            caches["pages"].set(key, answer, KEPT_FOR)
        if isinstance(answer, FetchRefused):
            raise answer
        return answer

    def _asked(self, url: str, conditions: dict[str, Any]) -> FetchResult | FetchRefused:
        wait = sum(self.owed)
        left = (self.until - self.tools.clock()).total_seconds() - wait
        if left <= 0:
            raise OutOfTime
        if wait:
            self.tools.pause(wait)
            self.owed.clear()
        try:
            return replace(self.tools.gate, seconds=min(self.tools.gate.seconds, EACH, left)).fetch(url, **conditions)
        except FetchRefused as refusal:
            # The import itself is more patient than this.
            if refusal.reason is Reason.TIMED_OUT:
                raise OutOfTime from None
            return refusal


def in_a_hurry(tools: Tools) -> Tools:
    """Return tools for one preview: all it fetches must come within SECONDS from now."""
    given = {each.name: getattr(tools.gate, each.name) for each in fields(Gate)}
    gate = PreviewGate(**given, tools=tools, until=tools.clock() + timedelta(seconds=SECONDS))
    return replace(tools, gate=gate, pause=gate.owed.append)


def is_busy(host: str, *, at: datetime) -> bool:
    """Is a worker asking this host right now, or has the host asked for a pause?"""
    return Host.objects.filter(pk=host, next_request_at__gt=at).exists()
