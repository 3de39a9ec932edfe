"""Sites that exist only on this machine's loopback: a fake resolver, a fake dial, scripted answers."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from articles.importing.fetch import Gate

PUBLIC = "93.184.216.34"
Script = Callable[[str], Iterable[bytes]]


@dataclass
class Site:
    """A scripted site: what it was asked, which addresses were dialled, how to reach it."""

    port: int
    requests: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    def gate(self, *, resolve: Callable[[str, int], list[str]] | None = None, **options: object) -> Gate:
        """Return a gate whose every connection ends at this site."""

        def dial(ip: str, port: int, seconds: float) -> socket.socket:
            self.dialled.append(ip)
            return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

        def found(host: str, port: int) -> list[str]:
            self.resolved.append(host)
            return resolve(host, port) if resolve else [PUBLIC]

        return Gate(user_agent="PolicyTracker/test (+mail@example.org)", resolve=found, dial=dial, **options)


def answer(body: bytes = b"hello", *, status: str = "200 OK", headers: dict[str, str] | None = None) -> bytes:
    """Return a whole response."""
    lines = {"Content-Length": str(len(body)), "Content-Type": "text/html; charset=utf-8", **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return answer(b"", status=status, headers={"Location": location})


def dripping(data: bytes, *, pause: float) -> Iterator[bytes]:
    """Send one byte at a time."""
    for byte in data:
        yield bytes([byte])
        time.sleep(pause)


@contextmanager
def site(script: Script | dict[str, bytes], *, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site that answers each request line's path by `script`."""
    listener = socket.create_server(("127.0.0.1", 0))
    found = Site(listener.getsockname()[1])
    respond: Script = script if callable(script) else lambda path: [script[path]]
    stopping = threading.Event()

    def serve(connection: socket.socket) -> None:
        try:
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                chunk = connection.recv(65_536)
                if not chunk:
                    return
                request += chunk
            found.requests.append(request.decode("latin-1"))
            for piece in respond(request.split(b" ")[1].decode()):
                if stopping.is_set():
                    return
                connection.sendall(piece)
        except OSError:
            pass
        finally:
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield found
    finally:
        stopping.set()
        # Closing a socket does not wake a thread that waits on it everywhere; shutting it down does.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
