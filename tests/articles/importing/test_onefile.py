"""We know that a page which a browser saved into one file is read like the page itself."""

import base64
import quopri

import pytest

from articles.importing.documents import Document, Kind
from articles.importing.onefile import page_within, read_one_file
from articles.importing.refusals import DocumentRefused
from articles.importing.sniffing import sniff
from tests.articles.site import page_of

ADDRESS = "https://coast-courier.example.org/harbour/1"


def saved(page, *, encoding="quoted-printable", kind="text/html", charset="", newline="\r\n", head=""):
    """Return a file as browsers save it: headers, the page, a picture."""
    packed = quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    lines = [
        "From: <Saved by a browser>", f"Snapshot-Content-Location: {ADDRESS}", "Subject: =?utf-8?Q?Report=201?=",
        "Date: Fri, 3 Feb 2023 16:30:00 +0900", "MIME-Version: 1.0", "Content-Type: multipart/related;",
        '\ttype="text/html";', '\tboundary="--=_next"', head, "----=_next", f"Content-Type: {kind}{charset}",
        f"Content-Transfer-Encoding: {encoding}", f"Content-Location: {ADDRESS}", "", packed.decode(), "----=_next",
        "Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=", "----=_next--", "",
    ]  # fmt: skip
    return newline.join(lines).encode()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_the_page_in_the_file_is_read_under_its_own_address(encoding, newline):
    document = Document(body=saved(page_of(1).encode(), encoding=encoding, newline=newline))

    draft = read_one_file(document)

    assert sniff(document) is Kind.ONE_FILE
    assert (draft.headline, draft.canonical_url) == ("Report 1 announced", ADDRESS)
    assert draft.published_at is not None
    assert "=" not in draft.text


def test_a_korean_page_keeps_its_letters():
    page = page_of(
        2, words="통일부는 올해 안에 보고서를 발간한다고 밝혔다. 장관은 예산이 마련되었다고 말했다."
    ).replace("utf-8", "euc-kr")
    document = Document(body=saved(page.encode("cp949"), charset='; charset="euc-kr"'))

    assert "통일부는 올해 안에 보고서를 발간한다고" in read_one_file(document).text


def test_a_page_from_a_disk_has_no_address():
    body = saved(page_of(1).encode()).replace(ADDRESS.encode(), b"file:///home/someone/page.html")

    assert page_within(Document(body=body)).url == ""


@pytest.mark.parametrize(
    "body",
    [
        saved(b"<p>x</p>", kind="text/css"),
        saved(b""),
        saved(page_of(1).encode())[:200],
        b"Content-Type: multipart/related; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 5000,
    ],
)
def test_a_file_without_a_page_says_so(body):
    with pytest.raises(DocumentRefused):
        read_one_file(Document(body=body))
