import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.addresses import is_own, is_public, join_address, parse_address
from articles.importing.refusals import FetchRefused, Reason

# Rows 23 and 27 of the threats: whatever a resolver or another parser might read as an inner address.
INNER = re.split(
    r"\s+",
    """
127.0.0.1 127.1 127.0.1 0 0.0.0.0 0177.0.0.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 127.0.0.1. 127.000.000.001
10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1
198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16
[::] [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::1] [100::1] [2001::1]
[2001:db8::1] [2002:7f00:1::] [2002:a9fe:a9fe::] [3fff::1] [5f00::1] [fc00::1] [fd00:ec2::254] [fe80::1] [fe80::1%25eth0]
[fec0::1] [ff02::1] localhost printer 127。0。0。1 １２７.0.0.1 ①②⑦.⓪.⓪.① ０x7f000001
""".strip(),
)


@pytest.mark.parametrize("host", INNER)
def test_row_23_an_inner_address_is_refused_however_it_is_spelt(host):
    with pytest.raises(FetchRefused) as refused:
        parse_address(f"http://{host}/")

    assert refused.value.reason in (Reason.ADDRESS_NOT_ALLOWED, Reason.ADDRESS_INVALID)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "[::ffff:7f00:1]", "169.254.169.254", "①②⑦.0.0.1"])
def test_row_23_the_sentence_says_address_not_allowed(host):
    with pytest.raises(FetchRefused, match="Address not allowed"):
        parse_address(f"http://{host}/latest/meta-data/")


@pytest.mark.parametrize(
    "url",
    [
        "http://good.example.org@127.0.0.1/", "http://user:pass@example.org/", "http://127.0.0.1\\@good.example.org/",
        "http://good.example.org\\@127.0.0.1/", "http://exa\tmple.org/", "http://example.org/\r\nHost: x", "http://exa mple.org/",
        "http://example.org%2e/", "http://example%2eorg/", "http://[::1/", "http://::1/", "http:///path", "http://", "http:example.org",
        "//example.org/", "example.org", "", "http://example.org:80:80/", "http://example.org:+80/", "http://example.org:８０/",
        "http://-example.org/", "http://example..org/", "http://" + "a" * 300 + ".org/", "http://example.org/" + "a" * 5000,
        "http://example.org/\x00", "http://example.org/\ud800", "http://example.org/\u2028x", "http://[127.0.0.1]/", "http://1.2.3/",
    ],
)  # fmt: skip
def test_row_27_what_two_parsers_could_read_differently_is_refused(url):
    with pytest.raises(FetchRefused):
        parse_address(url)


def test_row_27_what_follows_a_hash_is_never_the_host():
    assert parse_address("http://good.example.org#@127.0.0.1/").host == "good.example.org"


@pytest.mark.parametrize("port", [0, 22, 25, 81, 5432, 6379, 8080, 65536, 99999])
def test_row_28_only_web_ports_are_used(port):
    with pytest.raises(FetchRefused) as refused:
        parse_address(f"http://example.org:{port}/")

    assert refused.value.reason is Reason.PORT_REFUSED


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "dict://example.org/", "data:text/html,x",
     "javascript:alert(1)", "unix:/run/x", "jar:http://example.org/!/", "FILE:///x"],
)  # fmt: skip
def test_row_28_only_web_schemes_are_used(url):
    with pytest.raises(FetchRefused) as refused:
        parse_address(url)

    assert refused.value.reason is Reason.SCHEME_REFUSED


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org.:80/a b?q=ü#frag", "http://example.org/a%20b?q=%C3%BC"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://한국.kr/뉴스", "https://xn--3e0b707e.kr/%EB%89%B4%EC%8A%A4"),
        ("http://8.8.8.8/x", "http://8.8.8.8/x"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://example.org?x=1", "http://example.org/?x=1"),
    ],
)
def test_plain_addresses_are_taken_apart(url, shown):
    assert str(parse_address(url)) == shown


def test_a_redirect_is_judged_like_an_address():
    base = parse_address("https://example.org/a/b")

    assert str(join_address(base, "../c")) == "https://example.org/c"
    assert str(join_address(base, "//other.example.org/x")) == "https://other.example.org/x"
    for location in ("//127.0.0.1/", "file:///etc/passwd", "http://example.org:22/", "\\\\evil", "http://[::1", "/\tx"):
        with pytest.raises(FetchRefused):
            join_address(base, location)


@given(st.ip_addresses())
def test_no_address_is_public_that_the_library_calls_private(ip):
    if is_public(str(ip)):
        assert ip.is_global
        assert not (ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved)


@given(st.text(max_size=60))
def test_any_text_is_either_an_address_or_refused(text):
    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            address = parse_address(url)
        except FetchRefused:
            continue
        assert str(parse_address(str(address))) == str(address)


def test_row_44_the_own_site_is_known_by_every_name():
    own = frozenset({"tracker.example.org", ".wild.example.org"})

    assert is_own("tracker.example.org", own)
    assert is_own("wild.example.org", own)
    assert is_own("a.b.wild.example.org", own)
    assert not is_own("example.org", own)
    assert not is_own("nottracker.example.org", own)
