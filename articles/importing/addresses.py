"""Which addresses may be fetched: one strict parser, one list of networks. Pure.

Whatever this parser understands is exactly what the gate connects to; there is no second parser
to disagree with it. What two readers could understand differently is refused, not repaired.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import idna

from articles.importing.refusals import FetchRefused, Reason

PORTS = {80, 443}
MAX_LENGTH = 4096

_SPLIT = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*):(?://)([^/?#]*)([^#]*)(?:#.*)?\Z", re.DOTALL)
_SCHEME = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*):")
_LABEL = re.compile(r"\A[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_QUAD = re.compile(r"\A(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})\Z")
_NUMBER = re.compile(r"\A(?:0x[0-9a-f]*|[0-9]+)\Z")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff\u2028\u2029]")

# `ipaddress.is_global` of the oldest Python we support lets some of these through (192.0.0.192,
# 6to4, site-local); 168.63.129.16 is a cloud's inner service on a public number.
_REFUSED_NETWORKS = [
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
]  # fmt: skip
# Global unicast is all that public sites use; everything else of IPv6 (loopback, mapped, translated,
# unique local, link local, site local, multicast) lies outside it.
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart, ready to be sent: host in ASCII, target percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def default_port(self) -> int:
        return 443 if self.scheme == "https" else 80

    @property
    def authority(self) -> str:
        """Return the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == self.default_port else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_address(url: str) -> Address:
    """Return the address taken apart; raise FetchRefused for whatever is not plainly a web address."""
    url = url.strip(" ")
    if len(url) > MAX_LENGTH:
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="too long")
    if _FORBIDDEN.search(url):
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="it contains a backslash or control character")
    scheme = _scheme_of(url)
    match = _SPLIT.match(url)
    if not match:
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="expected https:// and a site name")
    authority, target = match[2], match[3]
    host, port = _split_authority(authority)
    number = _port_number(port) if port else (443 if scheme == "https" else 80)
    if number not in PORTS:
        raise FetchRefused(Reason.PORT_REFUSED, port=number)
    return Address(scheme, _host(host), number, _encode_target(target))


def join_address(base: Address, location: str) -> Address:
    """Return where a redirect leads; as strict as parse_address."""
    if _FORBIDDEN.search(location):
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="it contains a backslash or control character")
    try:
        joined = urljoin(str(base), location.strip(" "))
    except ValueError:
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="the redirect is not an address") from None
    return parse_address(joined)


def is_public(text: str) -> bool:
    """Is this IP address one of the public internet? Anything unreadable is not."""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return False
    if ip.version == 6 and (ip.scope_id or ip not in _GLOBAL_UNICAST):
        return False
    return ip.is_global and not any(ip in network for network in _REFUSED_NETWORKS if network.version == ip.version)


def is_own(host: str, own_hosts: frozenset[str]) -> bool:
    """Is it this very site? A name with a leading dot stands for all below it."""
    host = host.rstrip(".")
    return any(host == own.lstrip(".") or (own.startswith(".") and host.endswith(own)) for own in own_hosts)


def _scheme_of(url: str) -> str:
    match = _SCHEME.match(url)
    if not match:
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="expected https:// and a site name")
    scheme = match[1].lower()
    if scheme not in ("http", "https"):
        raise FetchRefused(Reason.SCHEME_REFUSED, scheme=scheme)
    return scheme


def _split_authority(authority: str) -> tuple[str, str]:
    if "@" in authority:
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="a name or password before the site name")
    if authority.startswith("["):
        host, bracket, rest = authority[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise FetchRefused(Reason.ADDRESS_INVALID, detail="brackets in the site name")
        return f"[{host}]", rest[1:]
    host, _, port = authority.partition(":")
    return host, port


def _port_number(port: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", port):
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="the port is not a number")
    return int(port)


def _host(host: str) -> str:
    """Return the host as it is asked of the resolver: lower case, IDNA, or one plain IP address."""
    if host.startswith("["):
        return _ip_literal(host[1:-1], host)
    name = host.lower() if host.isascii() else _to_ascii(host)
    # One dot at the end is the root and means the same; more than one means nothing.
    labels = name.removesuffix(".").split(".")
    if len(name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="not a site name")
    if _NUMBER.match(labels[-1]):
        # Resolvers read 127.1, 0177.0.0.1, 0x7f000001 and 2130706433 as addresses; only one
        # spelling is accepted.
        if not _QUAD.match(name):
            raise FetchRefused(Reason.ADDRESS_NOT_ALLOWED, host=host)
        return _ip_literal(name, host)
    if len(labels) == 1:
        raise FetchRefused(Reason.ADDRESS_NOT_ALLOWED, host=host)
    return ".".join(labels)


def _ip_literal(text: str, shown: str) -> str:
    if not is_public(text):
        raise FetchRefused(Reason.ADDRESS_NOT_ALLOWED, host=shown)
    return str(ipaddress.ip_address(text))


def _to_ascii(host: str) -> str:
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise FetchRefused(Reason.ADDRESS_INVALID, detail="not a site name") from None


def _encode_target(target: str) -> str:
    if not target.startswith("/"):
        target = f"/{target}"
    # Encodes what may not stand in a request line, leaves what is already encoded alone.
    return quote(target, safe="/?:@!$&'()*+,;=-._~%[]|")
