"""We know that a list of addresses is read as people write such lists."""

import pytest

from articles.importing.address_list import addresses_of, is_address_list, read_address_list
from articles.importing.documents import Document
from articles.importing.refusals import Reason


@pytest.mark.parametrize(
    ("line", "addresses"),
    [
        ("https://a.example.org/1  ", ["https://a.example.org/1"]), ("<https://a.example.org/1>", ["https://a.example.org/1"]), ('"https://a.example.org/1"', ["https://a.example.org/1"]),
        ("", []), ("# of today", []), ("#", []), ("// later", []), ("https://a.example.org/#/1", ["https://a.example.org/#/1"]),
        ("https://a.example.org/1 https://b.example.org/2", ["https://a.example.org/1", "https://b.example.org/2"]),
        ("https://a.example.org/1,2, https://b.example.org/2", ["https://a.example.org/1,2", "https://b.example.org/2"]),
        ("www.example.org/1", ["https://www.example.org/1"]), ("통일부.한국/뉴스", ["https://통일부.한국/뉴스"]), ("no address", ["no address"]), ("ftp://a.example.org/x", ["ftp://a.example.org/x"]),
        ("\ufeffhttps://a.example.org/1", ["https://a.example.org/1"]),
    ],
)  # fmt: skip
def test_a_line_gives_its_addresses(line, addresses):
    assert [address for _, address in addresses_of(line)] == addresses


def test_an_address_that_stands_there_twice_is_taken_once():
    text = "https://a.example.org/1\n\nhttps://a.example.org/2\n https://a.example.org/1\n"

    assert list(addresses_of(text)) == [(1, "https://a.example.org/1"), (3, "https://a.example.org/2")]


def test_a_file_of_addresses_gives_entries_and_names_the_line_of_what_is_none():
    body = "# mine\r\nhttps://a.example.org/1\r\n\r\nno address\r\nhttp://통일부.한국/뉴스\r\n".encode("cp949")

    first, bad, last = read_address_list(Document(body=body))

    assert first.entry.url == "https://a.example.org/1"
    assert (bad.refusal.reason, bad.refusal.details["line"]) == (Reason.ADDRESS_INVALID, 4)
    assert last.entry.url.startswith("http://xn--")


def test_a_text_that_begins_with_an_address_is_no_list():
    assert not is_address_list("https://a.example.org/1\n\nThe ministry said so.\n\nFees are frozen.")
    assert not is_address_list("")
    assert is_address_list("https://a.example.org/1")
