"""The one gate to the internet: nothing else in the project opens a socket.

Names are resolved once, every address of the answer is judged, and the connection goes to the very
address that was judged, so that a name cannot change between the check and the use. One deadline
covers the whole exchange, redirects included. Proxies and certificates named in the environment are
not followed.
"""

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Never

import httpcore2
import httpx2

from articles.importing.addresses import Address, is_own, is_public, join_address, parse_address
from articles.importing.answers import conditions, refusal_of_status
from articles.importing.deadline import Deadline, within
from articles.importing.documents import FetchResult
from articles.importing.refusals import FetchRefused, ImportRefused, Reason
from articles.importing.unpacking import gunzip_stream, shown_size

MAX_REDIRECTS = 5
MAX_BYTES = 10_000_000
SECONDS = 10.0
# What headers and chunk marks may cost on the wire beyond the body.
_OVERHEAD = 500_000

Resolve = Callable[[str, int], list[str]]
MayFollow = Callable[[str], None]
Dial = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Fetches addresses, or refuses them with a reason.

    `resolve` and `dial` are replaced in tests; what they answer is judged all the same.
    """

    user_agent: str
    own_hosts: frozenset[str] = frozenset()
    seconds: float = SECONDS
    max_bytes: int = MAX_BYTES
    resolve: Resolve = field(default_factory=lambda: resolve_name)
    dial: Dial = field(default_factory=lambda: dial_address)
    ssl_context: ssl.SSLContext = field(default_factory=lambda: httpx2.create_ssl_context(trust_env=False))

    def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        max_bytes: int | None = None,
        may_follow: MayFollow | None = None,
    ) -> FetchResult:
        """Return what the site answers, at most `max_bytes` of it; raise FetchRefused with the reason.

        With `etag` or `last_modified` of an earlier answer, the result may be `not_modified`. `may_follow` is asked
        before each redirect and raises FetchRefused where it must not be followed.
        """
        exchange = _Exchange(
            gate=self,
            deadline=Deadline(self.seconds),
            max_bytes=max_bytes or self.max_bytes,
            conditions=conditions(etag, last_modified),
            may_follow=may_follow,
        )
        return exchange.follow(url)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One response, its body still to be read."""

    response: httpcore2.Response
    address: Address
    ip: str

    @property
    def status(self) -> int:
        return self.response.status

    def header(self, name: str) -> str:
        """Return all values of a header, joined as HTTP joins them."""
        wanted = name.lower().encode()
        return ", ".join(_shown(value) for key, value in self.response.headers if key.lower() == wanted)


@dataclass(slots=True)
class _Exchange:
    """One fetch with its redirects, under one deadline."""

    gate: Gate
    deadline: Deadline
    max_bytes: int
    conditions: list[tuple[str, str]]
    may_follow: MayFollow | None = None

    def follow(self, url: str) -> FetchResult:
        address = parse_address(url)
        passed: list[str] = []
        permanent = True
        while True:
            if is_own(address.host, self.gate.own_hosts):
                raise FetchRefused(Reason.OWN_SITE)
            with self._ask(address) as answer:
                if answer.status not in (301, 302, 303, 307, 308):
                    return self._result(answer, url, passed[1:], bool(passed) and permanent)
                permanent = permanent and answer.status in (301, 308)
                passed.append(str(address))
                address = _next_address(answer, passed)
            if self.may_follow:
                self.may_follow(str(address))

    @contextlib.contextmanager
    def _ask(self, address: Address) -> Iterator[_Answer]:
        """Send the request to one address and yield the answer; every fault becomes a FetchRefused."""
        backend = _CheckedBackend(self.gate, self.deadline, self.max_bytes + _OVERHEAD)
        with _faults_as_refusals(self.gate.seconds, address.host):
            connection = httpcore2.HTTPConnection(
                origin=httpcore2.Origin(address.scheme.encode(), address.host.encode(), address.port),
                ssl_context=self.gate.ssl_context,
                http1=True,
                http2=False,
                network_backend=backend,
            )
            try:
                response = connection.handle_request(self._request(address))
                yield _Answer(response, address, backend.connected_to)
            finally:
                connection.close()

    def _request(self, address: Address) -> httpcore2.Request:
        return httpcore2.Request(
            "GET",
            httpcore2.URL(
                scheme=address.scheme.encode(),
                host=address.host.encode(),
                port=address.port,
                target=address.target.encode("ascii"),
            ),
            headers=[
                ("Host", address.authority),
                ("User-Agent", self.gate.user_agent),
                ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
                ("Accept-Encoding", "gzip"),
                ("Connection", "close"),
                *self.conditions,
            ],
        )

    def _result(self, answer: _Answer, url: str, redirects: list[str], permanent: bool) -> FetchResult:
        unchanged = answer.status == 304 and bool(self.conditions)
        if answer.status != 200 and not unchanged:
            raise refusal_of_status(answer.status, retry_after=answer.header("retry-after"), date=answer.header("date"))
        body = b"" if unchanged else self._body(answer)
        if not unchanged and not body:
            raise FetchRefused(Reason.EMPTY_ANSWER)
        return FetchResult(
            url=url,
            final_url=str(answer.address),
            status=answer.status,
            body=body,
            content_type=answer.header("content-type"),
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            not_modified=unchanged,
            redirects=tuple(redirects),
            address=answer.ip,
            moved_permanently=permanent,
            headers=tuple((_shown(key), _shown(value)) for key, value in answer.response.headers),
        )

    def _body(self, answer: _Answer) -> bytes:
        """Read the body under both caps, on the wire and unpacked."""
        encoding = answer.header("content-encoding").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise FetchRefused(Reason.ENCODING_REFUSED, encoding=encoding[:60])
        declared = answer.header("content-length")
        if declared.isdigit() and int(declared[:20]) > self.max_bytes:
            raise FetchRefused(Reason.TOO_LARGE, limit=shown_size(self.max_bytes))
        chunks: Iterable[bytes] = answer.response.iter_stream()
        if encoding.endswith("gzip"):
            chunks = gunzip_stream(chunks, limit=self.max_bytes)
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > self.max_bytes:
                raise FetchRefused(Reason.TOO_LARGE, limit=shown_size(self.max_bytes))
        return bytes(body)


class _CheckedBackend(httpcore2.NetworkBackend):
    """Resolves once, judges every address, connects to one that was judged."""

    def __init__(self, gate: Gate, deadline: Deadline, byte_limit: int) -> None:
        self._gate = gate
        self._deadline = deadline
        self._byte_limit = byte_limit
        self.connected_to = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> "_BoundedStream":
        """Return a stream to a public address of `host`; refuse if any of its addresses is not."""
        addresses = within(self._deadline, lambda: self._gate.resolve(host, port))
        if not addresses:
            raise FetchRefused(Reason.NAME_NOT_FOUND, host=host)
        if not all(is_public(ip) for ip in addresses):
            raise FetchRefused(Reason.ADDRESS_NOT_ALLOWED, host=host)
        fault: OSError | None = None
        for ip in addresses:
            try:
                connected = self._gate.dial(ip, port, self._deadline.remaining())
            except TimeoutError:
                raise
            except OSError as error:
                fault = error
            else:
                self.connected_to = ip
                return _BoundedStream(connected, self._deadline, self._byte_limit)
        raise FetchRefused(Reason.NOT_REACHED, detail=_told(fault))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> Never:
        raise FetchRefused(Reason.ADDRESS_NOT_ALLOWED, host=path)


class _BoundedStream(httpcore2.NetworkStream):
    """A connection whose every step counts against the deadline and the byte limit."""

    def __init__(self, connected: socket.socket, deadline: Deadline, byte_limit: int) -> None:
        self._socket = connected
        self._deadline = deadline
        self._left = byte_limit

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._socket.settimeout(self._deadline.remaining())
        data = self._socket.recv(max_bytes)
        self._left -= len(data)
        if self._left < 0:
            raise FetchRefused(Reason.TOO_LARGE, limit=shown_size(self._left + len(data)))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        view = memoryview(buffer)
        while view:
            self._socket.settimeout(self._deadline.remaining())
            view = view[self._socket.send(view) :]

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_BoundedStream":
        self._socket.settimeout(self._deadline.remaining())
        try:
            secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        except BaseException:
            self.close()
            raise
        return _BoundedStream(secured, self._deadline, self._left)

    def close(self) -> None:
        self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        return self._socket if info == "socket" else None


def resolve_name(host: str, port: int) -> list[str]:
    """Return every address the system's resolver gives for a name; raise FetchRefused if it could not ask just now."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise FetchRefused(Reason.NOT_REACHED, detail="its name could not be looked up") from error
        return []
    except UnicodeError:
        return []
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial_address(ip: str, port: int, seconds: float) -> socket.socket:
    """Return a socket connected to an IP address that has been judged."""
    return socket.create_connection((ip, port), timeout=seconds)


@contextlib.contextmanager
def _faults_as_refusals(seconds: float, host: str) -> Iterator[None]:
    """Tell every fault of the exchange as a FetchRefused."""
    try:
        yield
    except FetchRefused:
        raise
    except ImportRefused as refusal:
        raise FetchRefused(refusal.reason, **refusal.details) from None
    except (TimeoutError, httpcore2.TimeoutException):
        raise FetchRefused(Reason.TIMED_OUT, seconds=round(seconds)) from None
    except ssl.SSLCertVerificationError as error:
        raise FetchRefused(Reason.TLS_FAILED, detail=_told(error)) from None
    except ssl.SSLError as error:
        raise FetchRefused(Reason.TLS_FAILED, detail=_told(error)) from None
    except (httpcore2.ProtocolError, ValueError) as error:
        raise FetchRefused(Reason.ANSWER_BROKEN, detail=_told(error)) from None
    except (OSError, httpcore2.NetworkError) as error:
        raise FetchRefused(Reason.NOT_REACHED, detail=_told(error)) from None


def _next_address(answer: _Answer, passed: list[str]) -> Address:
    location = answer.header("location")
    if not location:
        raise FetchRefused(Reason.REDIRECT_REFUSED, target="", detail="it names no address")
    if len(passed) > MAX_REDIRECTS:
        raise FetchRefused(Reason.TOO_MANY_REDIRECTS, limit=MAX_REDIRECTS)
    try:
        address = join_address(answer.address, location)
    except FetchRefused as refusal:
        raise refusal.at(redirected_from=passed[-1]) from None
    if str(address) in passed:
        raise FetchRefused(Reason.REDIRECT_LOOP)
    return address


def _shown(value: bytes) -> str:
    return value.decode("latin-1")


def _told(error: BaseException | None) -> str:
    """Return what a fault says, in few words and one line."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    text = str(getattr(error, "strerror", "") or error or "no answer")
    return re.sub(r"\s+", " ", text)[:120]
