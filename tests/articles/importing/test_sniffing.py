import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.documents import Document, Kind
from articles.importing.refusals import DocumentRefused, Reason
from articles.importing.sniffing import sniff
from tests.articles.importing.pages.builder import held_out, stories, tuned
from tests.articles.importing.pdfs import make_pdf


def kind(body, **options):
    return sniff(Document(body=body.encode() if isinstance(body, str) else body, **options))


def office():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<!doctype html><html><body><p>x", Kind.PAGE), ("  \n<!-- x --><HTML>", Kind.PAGE), ("<div><p>fragment</p></div>", Kind.PAGE), ("<?xml version='1.0'?><!DOCTYPE html><html>", Kind.PAGE),
        ("<html><body>hi".encode("utf-16"), Kind.PAGE), ("Some text first\n<p>then</p><p>markup</p><div>x</div>", Kind.PAGE),
        ("<?xml version='1.0'?>\n<rss version='2.0'><channel>", Kind.FEED), ("<feed xmlns='http://www.w3.org/2005/Atom'>", Kind.FEED), ("<rdf:RDF xmlns:rdf='x'>", Kind.FEED),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.FEED), ('{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"}', Kind.FEED),
        ("<urlset xmlns='x'>", Kind.SITEMAP), ("<?xml version='1.0'?><sitemapindex>", Kind.SITEMAP), (gzip.compress(b"<urlset>", mtime=0), Kind.SITEMAP), (gzip.compress(b"<html>", mtime=0), Kind.PAGE),
        ('{"title": "x", "body": "y"}\n{"title": "z"}', Kind.JSON_LINES), ('{"title": ', Kind.JSON_LINES), ('[{"title": "x"}]', Kind.JSON),
        ('{\n  "title": "x"\n}', Kind.JSON), ('{"title": \n{"title": "x"}', Kind.JSON_LINES), ("# mine\n\nhttps://a.example.org/1\n<https://a.example.org/2>\n", Kind.ADDRESSES),
        ("https://a.example.org/1\n\nThe ministry said so on its page.\n\nIt will freeze fees.", Kind.TEXT),
        ("title,body\na,b\n", Kind.CSV), ("제목;본문\n가;나\n".encode("cp949"), Kind.CSV), ("a\tb\tc\n1\t2\t3\n4\t5\t6\n", Kind.CSV), ("sep=;\na;b\n", Kind.CSV), ("url\nhttps://example.com/\n", Kind.CSV),
        (make_pdf([[(11, "x")]]), Kind.PDF), (b"\n\n%PDF-1.4", Kind.PDF), (b"PK\x03\x04....", Kind.ZIP), (b"PK\x05\x06" + bytes(18), Kind.ZIP),
        (b"WARC/1.0\r\n", Kind.WARC), (gzip.compress(b"WARC/1.0\r\n", mtime=0), Kind.WARC),
        ("Fees are frozen\n\nThe ministry said so, twice, on Tuesday.", Kind.TEXT), ("[서울=마루뉴스] 홍길동 기자 = 사용료를 동결한다.", Kind.TEXT), ("BM is a town, and MZ another.", Kind.TEXT), ("{curly} words", Kind.TEXT),
    ],
)  # fmt: skip
def test_a_document_is_told_by_its_content(body, expected):
    assert kind(body) is expected


@pytest.mark.parametrize(
    "body",
    [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(50), b"GIF89a" + bytes(50), b"MZ\x90\x00" + bytes(100), b"\x7fELF" + bytes(50), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50),
     b"Rar!\x1a\x07" + bytes(20), b"7z\xbc\xaf\x27\x1c" + bytes(20), bytes(range(1, 32)) * 20, b"RIFF\x00\x00\x00\x00WEBP" + bytes(20), b"\x00\x00\x00\x20ftypmp42" + bytes(20), office(), b"SQLite format 3\x00"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["articles.csv", "page.html", ""])
def test_row_17_what_is_no_text_is_refused_whatever_it_is_called(body, name):
    with pytest.raises(DocumentRefused) as refused:
        kind(body, name=name, content_type="text/csv")

    assert refused.value.reason is Reason.KIND_UNKNOWN


@pytest.mark.parametrize("name", ["x.csv.html", "../../etc/passwd.html", "x" * 300, "a\x00b.csv", "page.exe"])
def test_row_17_a_name_decides_nothing(name):
    assert kind("<html><body><p>x", name=name) is Kind.PAGE


def test_a_file_called_csv_with_separators_is_told_as_a_broken_table():
    assert kind("some, words\nand more", name="x.csv") is Kind.CSV
    assert kind("some words\nand more", name="x.csv") is Kind.TEXT


def test_every_page_and_story_of_ours_is_recognised():
    assert {sniff(Document(body=sample.body)) for sample in [*tuned(), *held_out()]} == {Kind.PAGE}
    for language in ("en", "ko"):
        for story in stories(language):
            assert kind("\n\n".join([story.headline, *story.paragraphs])) is Kind.TEXT


def test_row_1_nothing_is_refused():
    for body in (b"", b" \n", b"\xef\xbb\xbf"):
        with pytest.raises(DocumentRefused) as refused:
            kind(body)
        assert refused.value.reason is Reason.EMPTY


@given(st.binary(max_size=200))
def test_any_bytes_are_of_a_kind_or_refused(body):
    try:
        assert isinstance(kind(body), Kind)
    except DocumentRefused as refused:
        assert str(refused)
