"""What we owe the sites we ask: their robots.txt, one request at a time, a pause between two."""

from datetime import datetime, timedelta

from django.db.models import Q

from articles.given import host_of_address
from articles.importing.documents import Document, FetchResult
from articles.importing.refusals import FetchRefused, Reason
from articles.importing.robots import Robots, fetch_robots
from articles.models import Host
from articles.tools import Tools

from .leasing import LEASE

DELAY = timedelta(seconds=1)  # between two requests to one host, unless its robots.txt asks for more
ROBOTS_HOLD_FOR = timedelta(days=1)
_PAUSING = {Reason.TOO_MANY_REQUESTS, Reason.SERVER_ERROR}


def fetch_politely(url: str, *, host: str, tools: Tools, etag: str = "", last_modified: str = "") -> FetchResult:
    """Fetch an address as its site wishes; raise FetchRefused with the reason.

    The caller has leased the host (`leasing`); it is free again, after the pause it asks for, when this returns.
    """
    robots = Robots()
    wait = DELAY
    others: set[str] = set()

    def may_follow(target: str) -> None:
        asked = host_of_address(target)
        rules = robots if asked == host else _robots_of(target, asked, tools)
        rules.check(target, user_agent=tools.user_agent)
        others.add(asked)

    try:
        robots = _robots_of(url, host, tools)
        robots.check(url, user_agent=tools.user_agent)
        return tools.gate.fetch(url, etag=etag, last_modified=last_modified, may_follow=may_follow)
    except FetchRefused as refusal:
        if refusal.reason in _PAUSING and refusal.retry_after:
            wait = timedelta(seconds=refusal.retry_after)
            Host.objects.filter(pk=host).update(paused_reason=str(refusal))
        raise
    finally:
        asked = robots.delay(user_agent=tools.user_agent)
        release_host(host, at=tools.clock(), wait=max(wait, timedelta(seconds=asked or 0)))
        _pause_others(others - {host}, at=tools.clock())


def take_host(host: str, *, at: datetime) -> bool:
    """Lease a host for one request outside a batch; return whether it was free."""
    Host.objects.get_or_create(pk=host)
    free = Host.objects.filter(Q(next_request_at=None) | Q(next_request_at__lte=at), pk=host)
    return bool(free.update(next_request_at=at + LEASE))


def release_host(host: str, *, at: datetime, wait: timedelta = DELAY) -> None:
    """Let the next request to a host begin after `wait`."""
    Host.objects.filter(pk=host).update(next_request_at=at + wait)


def _pause_others(hosts: set[str], *, at: datetime) -> None:
    """Leave the hosts alone for a moment that a redirect led to."""
    free = Q(next_request_at=None) | Q(next_request_at__lt=at + DELAY)
    Host.objects.filter(free, pk__in=hosts).update(next_request_at=at + DELAY)


def _robots_of(url: str, host: str, tools: Tools) -> Robots:
    at = tools.clock()
    known, _ = Host.objects.get_or_create(pk=host)
    if known.robots_fetched_at and known.robots_fetched_at > at - ROBOTS_HOLD_FOR:
        return Robots(text=known.robots)
    robots = fetch_robots(tools.gate, url)
    Host.objects.filter(pk=host).update(robots=robots.text.replace("\x00", ""), robots_fetched_at=at, paused_reason="")
    return robots


def as_document(result: FetchResult, *, at: datetime) -> Document:
    """Return what a site answered as a document to read."""
    return result.as_document(fetched_at=at)
