import gzip
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib

import pytest

from articles.importing.fetch import Gate, dial_address, resolve_name
from articles.importing.refusals import FetchRefused, Reason
from tests.articles.importing.sites import PUBLIC, answer, dripping, redirect, site


def refusal_of(gate, url="http://example.org/", **options):
    with pytest.raises(FetchRefused) as refused:
        gate.fetch(url, **options)
    return refused.value


def test_a_page_comes_with_what_the_site_said_about_it():
    page = answer(b"<p>x</p>", headers={"ETag": '"1"', "Last-Modified": "Fri, 27 Jan 2023 07:00:00 GMT"})

    with site({"/a": page}) as shop:
        result = shop.gate().fetch("http://example.org/a")

    assert (result.status, result.body, result.etag) == (200, b"<p>x</p>", '"1"')
    assert result.content_type == "text/html; charset=utf-8"
    assert result.address == PUBLIC
    assert result.as_document().url == "http://example.org/a"
    assert "User-Agent: PolicyTracker/test (+mail@example.org)" in shop.requests[0]


@pytest.mark.parametrize(
    "records",
    [["127.0.0.1"], ["::1"], ["169.254.169.254"], ["100.64.0.1"], ["192.0.0.192"], ["fd00:ec2::254"], ["::ffff:10.0.0.1"],
     ["64:ff9b::a00:1"], ["2002:a00:1::"], ["fec0::1"], [PUBLIC, "10.0.0.1"], ["2606:4700::1111", "fe80::1%eth0"], ["nonsense"]],
)  # fmt: skip
def test_row_24_a_name_is_refused_if_any_of_its_addresses_is_not_public(records):
    with site({"/": answer()}) as shop:
        refusal = refusal_of(shop.gate(resolve=lambda host, port: records))

    assert refusal.reason is Reason.ADDRESS_NOT_ALLOWED
    assert shop.dialled == []


def test_row_24_a_name_nobody_knows_says_so():
    with site({}) as shop:
        assert refusal_of(shop.gate(resolve=lambda host, port: [])).reason is Reason.NAME_NOT_FOUND


@pytest.mark.parametrize(
    ("number", "reason", "is_passing"),
    [(socket.EAI_NONAME, Reason.NAME_NOT_FOUND, False), (socket.EAI_AGAIN, Reason.NOT_REACHED, True)],
)
def test_only_a_name_that_could_not_be_looked_up_is_tried_again(monkeypatch, number, reason, is_passing):
    def getaddrinfo(*_args, **_options):
        raise socket.gaierror(number, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    refusal = refusal_of(Gate(user_agent="x"))

    assert (refusal.reason, refusal.is_passing) == (reason, is_passing)


def test_row_25_the_connection_goes_to_the_address_that_was_judged():
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])

    with site({"/": answer()}) as shop:
        shop.gate(resolve=lambda host, port: next(answers)).fetch("http://example.org/")

    assert shop.resolved == ["example.org"]
    assert shop.dialled == [PUBLIC]


def test_row_25_a_name_that_changes_between_redirects_is_judged_again():
    answers = iter([[PUBLIC], ["10.0.0.1"]])

    with site({"/": redirect("/next"), "/next": answer()}) as shop:
        refusal = refusal_of(shop.gate(resolve=lambda host, port: next(answers)))

    assert refusal.reason is Reason.ADDRESS_NOT_ALLOWED
    assert shop.dialled == [PUBLIC]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", Reason.ADDRESS_NOT_ALLOWED),
        ("http://2130706433/", Reason.ADDRESS_NOT_ALLOWED),
        ("//[::1]/", Reason.ADDRESS_NOT_ALLOWED),
        ("file:///etc/passwd", Reason.SCHEME_REFUSED),
        ("gopher://example.org/", Reason.SCHEME_REFUSED),
        ("http://example.org:6379/", Reason.PORT_REFUSED),
        ("http://user@example.org/", Reason.ADDRESS_INVALID),
        ("", Reason.REDIRECT_REFUSED),
    ],
)
def test_row_26_every_hop_is_judged(location, reason):
    with site({"/": redirect(location)}) as shop:
        refusal = refusal_of(shop.gate())

    assert refusal.reason is reason
    assert len(shop.dialled) == 1


def test_row_26_two_hops_to_an_inner_address_are_refused_at_the_second():
    with site({"/": redirect("/b"), "/b": redirect("http://169.254.169.254/")}) as shop:
        refusal = refusal_of(shop.gate())

    assert refusal.reason is Reason.ADDRESS_NOT_ALLOWED
    assert refusal.details["redirected_from"] == "http://example.org/b"


def test_row_26_a_circle_and_a_long_chain_end():
    with site({"/": redirect("/b"), "/b": redirect("/")}) as shop:
        assert refusal_of(shop.gate()).reason is Reason.REDIRECT_LOOP
    with site(lambda path: [redirect(f"/{len(path)}{'x' * len(path)}")]) as shop:
        assert refusal_of(shop.gate()).reason is Reason.TOO_MANY_REDIRECTS
        assert len(shop.requests) == 6


def test_redirects_are_followed_by_hand_and_remembered():
    pages = {
        "/": redirect("/b", "301 Moved"),
        "/b": redirect("https://example.org:443/c", "308 Moved"),
        "/c": answer(b"end"),
    }
    pages["/b"] = redirect("http://www.example.org/c", "308 Moved")

    with site(pages) as shop:
        result = shop.gate().fetch("http://example.org/")

    assert (result.final_url, result.redirects) == ("http://www.example.org/c", ("http://example.org/b",))
    assert result.moved_permanently


def test_row_28_a_proxy_in_the_environment_is_not_followed(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    with site({"/": answer()}) as shop:
        assert shop.gate().fetch("http://example.org/").status == 200


def gzip_bomb():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()


def test_row_29_a_bomb_is_stopped_at_the_limit():
    bomb = answer(gzip_bomb(), headers={"Content-Encoding": "gzip"})

    with site({"/": bomb}) as shop:
        gate = shop.gate()
        tracemalloc.start()
        started = time.monotonic()
        refusal = refusal_of(gate)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert refusal.reason is Reason.TOO_LARGE
    assert peak < 32_000_000
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate", "compress", "x-unknown"])
def test_row_29_only_gzip_is_accepted(encoding):
    with site({"/": answer(b"x", headers={"Content-Encoding": encoding})}) as shop:
        assert refusal_of(shop.gate()).reason is Reason.ENCODING_REFUSED


def test_gzip_is_unpacked_and_damage_is_told():
    packed = gzip.compress(b"hello" * 1000, mtime=0)
    pages = {
        "/": answer(packed, headers={"Content-Encoding": "gzip"}),
        "/cut": answer(packed[:-10], headers={"Content-Encoding": "gzip"}),
        "/no": answer(b"plain", headers={"Content-Encoding": "gzip"}),
    }

    with site(pages) as shop:
        assert shop.gate().fetch("http://example.org/").body == b"hello" * 1000
        assert refusal_of(shop.gate(), "http://example.org/cut").reason is Reason.BROKEN_GZIP
        assert refusal_of(shop.gate(), "http://example.org/no").reason is Reason.BROKEN_GZIP


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"]
)
def test_row_30_a_dripping_site_ends_at_the_deadline(start):
    with site(lambda path: _slow(start)) as shop:
        started = time.monotonic()
        refusal = refusal_of(shop.gate(seconds=0.6))

    assert refusal.reason is Reason.TIMED_OUT
    assert time.monotonic() - started < 2


def _slow(start):
    if start:
        yield start
    yield from dripping(b"x" * 500, pause=0.05)


def test_row_30_a_silent_site_a_slow_resolver_and_slow_redirects_share_one_deadline():
    def silent(path):
        time.sleep(1.5)
        return [answer()]

    def slow_redirect(path):
        time.sleep(0.25)
        return [redirect(f"{path}x")]

    def slow_resolver(host, port):
        time.sleep(1.5)
        return [PUBLIC]

    with site(silent) as shop:
        assert refusal_of(shop.gate(seconds=0.4)).reason is Reason.TIMED_OUT
    with site(slow_redirect) as shop:
        assert refusal_of(shop.gate(seconds=0.6)).reason is Reason.TIMED_OUT
    with site({"/": answer()}) as shop:
        assert refusal_of(shop.gate(seconds=0.3, resolve=slow_resolver)).reason is Reason.TIMED_OUT


def endless(path):
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"x" * 65_536


def endless_headers(path):
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-Pad: " + b"x" * 1000 + b"\r\n"


def test_row_31_endless_bodies_and_headers_end():
    with site(endless) as shop:
        assert refusal_of(shop.gate(max_bytes=300_000)).reason is Reason.TOO_LARGE
    with site(endless_headers) as shop:
        assert refusal_of(shop.gate()).reason is Reason.ANSWER_BROKEN
    with site(lambda path: [b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000]) as shop:
        assert refusal_of(shop.gate(max_bytes=100_000)).reason in (Reason.TOO_LARGE, Reason.ANSWER_BROKEN)


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (answer(b""), Reason.EMPTY_ANSWER),
        (answer(b"part", status="206 Partial Content"), Reason.UNEXPECTED_STATUS),
        (answer(b"", status="304 Not Modified"), Reason.UNEXPECTED_STATUS),
        (answer(b"", status="204 No Content"), Reason.UNEXPECTED_STATUS),
        (answer(b"x", headers={"Content-Length": "99999999999"}), Reason.TOO_LARGE),
        (answer(b"x", headers={"Content-Length": "500"}), Reason.ANSWER_BROKEN),
        (b"SSH-2.0-OpenSSH\r\n", Reason.ANSWER_BROKEN),
        (b"", Reason.ANSWER_BROKEN),
        (answer(b"x", status="404 Not Found"), Reason.NOT_FOUND),
        (answer(b"x", status="410 Gone"), Reason.GONE),
        (answer(b"x", status="403 Forbidden"), Reason.FORBIDDEN),
        (answer(b"x", status="401 Unauthorized"), Reason.FORBIDDEN),
        (answer(b"x", status="500 Oops"), Reason.SERVER_ERROR),
        (answer(b"x", status="299 Odd"), Reason.UNEXPECTED_STATUS),
    ],
)
def test_row_31_every_other_answer_has_its_reason(response, reason):
    with site({"/": response}) as shop:
        assert refusal_of(shop.gate()).reason is reason


def test_the_sentence_tells_a_person_what_to_do():
    with site({"/": answer(b"x", status="403 Forbidden")}) as shop:
        refusal = refusal_of(shop.gate())

    assert str(refusal) == "The site answered 403: open it in your browser and import the saved page."


def test_row_33_the_wait_a_site_asks_for_is_passed_on():
    date = {"Date": "Fri, 27 Jan 2023 07:00:00 GMT"}
    pages = {
        "/seconds": answer(b"x", status="429 Slow", headers={"Retry-After": "120"}),
        "/date": answer(b"x", status="503 Down", headers={"Retry-After": "Fri, 27 Jan 2023 07:05:00 GMT", **date}),
        "/odd": answer(b"x", status="503 Down", headers={"Retry-After": "soon"}),
        "/ever": answer(b"x", status="503 Down", headers={"Retry-After": "999999999"}),
    }

    with site(pages) as shop:
        waits = {path: refusal_of(shop.gate(), f"http://example.org{path}").retry_after for path in pages}

    assert waits == {"/seconds": 120.0, "/date": 300.0, "/odd": None, "/ever": 7 * 86_400.0}


def test_an_unchanged_page_is_not_sent_again():
    with site({"/": answer(b"", status="304 Not Modified")}) as shop:
        result = shop.gate().fetch("http://example.org/", etag='"1"', last_modified="Fri, 27 Jan 2023 07:00:00 GMT")

    assert result.not_modified
    assert 'If-None-Match: "1"' in shop.requests[0]
    assert "If-Modified-Since: Fri" in shop.requests[0]


def test_a_stored_etag_cannot_add_a_header():
    with site({"/": answer()}) as shop:
        shop.gate().fetch("http://example.org/", etag='"1"\r\nX-Evil: 1')

    assert "X-Evil" not in shop.requests[0]


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory):
    """Return a server context with a certificate for example.org that nobody vouches for, and its file."""
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=example.org",
               "-addext", "subjectAltName=DNS:example.org", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context, folder / "cert.pem"


def test_row_32_a_certificate_nobody_vouches_for_is_refused(self_signed):
    context, _certificate = self_signed

    with site({"/": answer()}, tls=context) as shop:
        assert refusal_of(shop.gate(), "https://example.org/").reason is Reason.TLS_FAILED


def test_row_32_the_certificate_must_name_the_site(self_signed):
    context, certificate = self_signed
    trusting = ssl.create_default_context(cafile=str(certificate))

    with site({"/": answer(b"secret")}, tls=context) as shop:
        assert shop.gate(ssl_context=trusting).fetch("https://example.org/").body == b"secret"
        assert refusal_of(shop.gate(ssl_context=trusting), "https://other.example.net/").reason is Reason.TLS_FAILED


def test_row_44_the_own_site_is_refused_also_after_a_redirect():
    own = frozenset({"tracker.example.org"})

    with site({"/": redirect("http://tracker.example.org/feed.atom")}) as shop:
        assert refusal_of(shop.gate(own_hosts=own)).reason is Reason.OWN_SITE
        assert refusal_of(shop.gate(own_hosts=own), "http://TRACKER.example.org./").reason is Reason.OWN_SITE

    assert len(shop.dialled) == 1


def test_a_site_that_refuses_the_connection_says_so():
    def dial(ip, port, seconds):
        raise ConnectionRefusedError(111, "Connection refused")

    gate = Gate(user_agent="x", resolve=lambda host, port: [PUBLIC], dial=dial)

    assert refusal_of(gate).reason is Reason.NOT_REACHED


def test_the_second_address_is_tried_when_the_first_is_down():
    with site({"/": answer()}) as shop:
        working = shop.gate().dial

        def dial(ip, port, seconds):
            if ip == PUBLIC:
                raise ConnectionRefusedError(111, "Connection refused")
            return working(ip, port, seconds)

        gate = Gate(user_agent="x", resolve=lambda host, port: [PUBLIC, "8.8.8.8"], dial=dial)

        assert gate.fetch("http://example.org/").address == "8.8.8.8"


def test_the_real_resolver_and_dial_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connected = dial_address("127.0.0.1", listener.getsockname()[1], 1.0)
        connected.close()

    assert "127.0.0.1" in resolve_name("localhost", 80)
    assert resolve_name("a" * 70 + ".org", 80) == []
