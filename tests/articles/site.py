"""A web site on this machine's loopback, and tools that reach it under public names. For tests only.

The gate judges every address as always; only what the names resolve to, and where a connection leads in the end, is
replaced. So no setting exists that would let an operator's installation fetch from loopback.
"""

import random
import socket
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from articles.importing.documents import Document, Found
from articles.importing.fetch import Gate
from articles.importing.reading import read
from articles.tools import Tools
from tests.factories import NOW

PUBLIC = "93.184.215.14"
HTML = "text/html; charset=utf-8"


class Clock:
    """A clock that stands still until someone waits."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class InlineReader:
    """Reads in this very process: for documents of our own."""

    def read(self, document: Document, *, mapping: Mapping[str, str] | None = None) -> Iterator[Found]:
        return read(document, mapping=mapping)


class Site:
    """Answers each path as it was told; remembers what it was asked, and when two were asked at once."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.answer(self)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def page(
        self, path: str, body: bytes | str, *, status: int = 200, content_type: str = HTML, **headers: str
    ) -> None:
        """Answer `path` (of any host) with this."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": content_type, **named}, data)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append((request.headers.get("Host", ""), request.path))
            self.headers.append(dict(request.headers))
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        status, headers, body = self.pages.get(request.path, (404, {"Content-Type": HTML}, b"no such page"))
        etag = headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        if "Content-Length" not in headers:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
        with self._lock:
            self._now -= 1

    def paths(self, host: str = "") -> list[str]:
        """Return the paths asked for, robots.txt left out."""
        return [path for asked, path in self.asked if path != "/robots.txt" and (not host or asked == host)]

    def gate(self, **fields) -> Gate:
        """Return a gate for which every name leads here."""
        given = {
            "user_agent": "PolicyTracker/test (+https://tracker.example.org; contact@example.org)",
            "resolve": lambda host, port: [PUBLIC],
            "dial": lambda ip, port, seconds: socket.create_connection(("127.0.0.1", self.port), timeout=seconds),
        }
        return Gate(**given | fields)

    def tools(self, clock: Clock | None = None, **fields) -> Tools:
        """Return tools that reach this site, with a clock that waits by being told to."""
        clock = clock or Clock()
        given = {"gate": self.gate(), "reader": InlineReader(), "clock": clock, "pause": clock.pause}
        return Tools(**given | fields)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


NOUNS = [
    "ministry",
    "report",
    "plan",
    "budget",
    "minister",
    "region",
    "school",
    "harbour",
    "road",
    "hospital",
    "teacher",
    "farmer",
    "law",
    "parliament",
    "committee",
    "river",
    "bridge",
    "treaty",
    "visit",
    "archive",
    "museum",
    "station",
    "market",
    "winter",
    "summer",
    "coast",
    "island",
    "village",
    "factory",
    "company",
    "union",
    "student",
    "forest",
    "border",
    "railway",
    "airport",
    "statute",
    "council",
    "election",
    "survey",
    "census",
    "tax",
    "tariff",
    "loan",
    "grant",
    "award",
    "library",
]
VERBS = [
    "opened",
    "closed",
    "visited",
    "reviewed",
    "repaired",
    "delayed",
    "announced",
    "approved",
    "refused",
    "counted",
    "measured",
    "rebuilt",
    "sold",
    "bought",
    "joined",
    "left",
    "praised",
    "questioned",
    "described",
    "extended",
    "shortened",
    "moved",
    "named",
    "funded",
    "replaced",
    "tested",
    "trained",
    "welcomed",
]


def sentences(number: int, count: int = 12) -> list[str]:
    """Return sentences that only this number has; no two numbers tell one story."""
    chance = random.Random(number)
    pick = chance.choice
    return [
        f"The {pick(NOUNS)} {pick(VERBS)} the {pick(NOUNS)} near the {pick(NOUNS)} after the {pick(NOUNS)} "
        f"{pick(VERBS)} {chance.randint(2, 900)} {pick(NOUNS)}s and the {pick(NOUNS)} {pick(VERBS)} a {pick(NOUNS)}."
        for _ in range(count)
    ]


def page_of(number: int, *, words: str = "", date: str = "2023-01-27T16:14:18+09:00") -> str:
    """Return a news page whose words are its own."""
    told = sentences(number)
    paragraphs = [" ".join(told[start : start + 3]) for start in range(0, len(told), 3)]
    body = "".join(f"<p>{text}</p>" for text in [*paragraphs, words] if text)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Report {number} announced</title>
<meta property="og:title" content="Report {number} announced">
<meta property="article:published_time" content="{date}"></head>
<body><article><h1>Report {number} announced</h1>{body}</article></body></html>"""
