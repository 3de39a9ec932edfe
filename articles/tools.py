"""What work on imports needs from outside: the gate, a reader, a clock. Made once for a worker, replaced in tests."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from articles.importing.documents import Document, Found
from articles.importing.fetch import Gate
from articles.importing.sandbox import Sandbox


class Reader(Protocol):
    """Reads a document into what is found in it; `Sandbox` is one."""

    def read(self, document: Document, *, mapping: Mapping[str, str] | None = None) -> Iterator[Found]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The outside world of one worker."""

    gate: Gate
    reader: Reader
    clock: Callable[[], datetime] = timezone.now
    pause: Callable[[float], None] = time.sleep
    is_patient: bool = True  # a passing fault of a site is tried again later; else it is final
    user_agent: str = field(default_factory=lambda: user_agent())


def make_tools(*, is_patient: bool = True) -> Tools:
    """Return the tools as the settings say."""
    gate = Gate(user_agent=user_agent(), own_hosts=own_hosts())
    return Tools(gate=gate, reader=Sandbox(), is_patient=is_patient)


def user_agent() -> str:
    """Return who we say we are to other sites, and where to complain."""
    return f"PolicyTracker/{settings.RELEASE} (+{settings.SITE_URL}; {settings.CONTACT})"


def own_hosts() -> frozenset[str]:
    """Return the hosts of this very site: importing them would feed the record with itself."""
    named = {host for host in settings.ALLOWED_HOSTS if host != "*"}
    return frozenset(named | {urlsplit(settings.SITE_URL).hostname or ""} - {""})
