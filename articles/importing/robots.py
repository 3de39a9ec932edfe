"""What a site's robots.txt allows, after RFC 9309."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from articles.importing.addresses import parse_address
from articles.importing.fetch import Gate
from articles.importing.refusals import FetchRefused, Reason

MAX_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site: the text of its robots.txt, or a verdict for all of it."""

    text: str = ""
    forbids_all: bool = False

    def allows(self, url: str, *, user_agent: str) -> bool:
        """May this program fetch this address?"""
        if self.forbids_all:
            return False
        return not self.text or Protego.parse(self.text).can_fetch(url, _product(user_agent))

    def delay(self, *, user_agent: str) -> float | None:
        """Return the seconds to leave between requests, if the site says so, at most a minute."""
        seconds = Protego.parse(self.text).crawl_delay(_product(user_agent)) if self.text else None
        return None if seconds is None else min(max(float(seconds), 0.0), 60.0)

    def check(self, url: str, *, user_agent: str) -> None:
        """Raise FetchRefused if the site asks programs to stay away from this address."""
        if not self.allows(url, user_agent=user_agent):
            raise FetchRefused(Reason.ROBOTS_FORBID, host=urlsplit(url).hostname or "")


def fetch_robots(gate: Gate, url: str) -> Robots:
    """Return the rules of the site of `url`. To be kept for a day, not asked for every page.

    No robots.txt means all is allowed; a site that cannot be asked is left alone for now: its
    fault is raised as FetchRefused.
    """
    address = parse_address(url)
    try:
        result = gate.fetch(f"{address.scheme}://{address.authority}/robots.txt", max_bytes=MAX_BYTES)
    except FetchRefused as refusal:
        return _rules_without_file(refusal)
    return Robots(text=result.body.decode("utf-8", "replace"))


def _rules_without_file(refusal: FetchRefused) -> Robots:
    status = refusal.details.get("status")
    if refusal.reason in (Reason.EMPTY_ANSWER, Reason.TOO_LARGE):
        return Robots()
    if isinstance(status, int) and 400 <= status < 500 and status != 429:
        return Robots()
    raise refusal


def _product(user_agent: str) -> str:
    """Return the name a robots.txt would use for us: "PolicyTracker" of "PolicyTracker/1.0 (…)"."""
    return user_agent.split("/", 1)[0].split(" ", 1)[0] or "*"
