import io
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.importing.archives import MAX_ENTRY_BYTES, unwarc, unzip
from articles.importing.documents import Document
from articles.importing.refusals import DocumentRefused, ImportRefused, Reason


def zipped(entries, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, body in entries:
            archive.writestr(name, body)
    return out.getvalue()


def entries_of(body):
    return list(unzip(Document(body=body, name="a.zip")))


def refusal_of(body):
    with pytest.raises(DocumentRefused) as refused:
        entries_of(body)
    return refused.value.reason


def test_files_in_a_zip_are_documents_and_junk_is_passed_over():
    body = zipped(
        [("a.html", b"<p>a"), ("folder/b.txt", b"b"), ("__MACOSX/._a", b"x"), (".DS_Store", b"x"), ("folder/", b"")]
    )

    assert [(entry.name, entry.document.body) for entry in entries_of(body)] == [
        ("a.html", b"<p>a"),
        ("folder/b.txt", b"b"),
    ]


def test_korean_names_of_old_windows_archives_are_read():
    raw = "보도자료.txt".encode("cp949")
    body = zipped([("A" * len(raw), b"text")]).replace(b"A" * len(raw), raw)

    assert entries_of(body)[0].name == "보도자료.txt"


def test_row_16_a_file_that_unpacks_to_a_gigabyte_is_refused_at_once():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.txt", "w", force_zip64=True) as entry,
    ):
        for _ in range(100):
            entry.write(bytes(10_000_000))
    body = out.getvalue()
    tracemalloc.start()
    started = time.monotonic()

    (found,) = entries_of(body)

    assert found.refusal.reason is Reason.ARCHIVE_BOMB
    assert "bomb.txt" in str(found.refusal)
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
    assert time.monotonic() - started < 1


def test_row_16_a_header_that_lies_about_the_size_is_not_believed():
    size = 60_000_000
    body = zipped([("bomb.txt", bytes(size))]).replace(struct.pack("<I", size), struct.pack("<I", 1000))
    tracemalloc.start()

    (found,) = entries_of(body)

    assert found.refusal.reason in (Reason.ARCHIVE_BOMB, Reason.ARCHIVE_BROKEN)
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


def test_row_16_too_many_entries_are_refused_before_they_are_listed():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(30_000):
            archive.writestr(f"{number}.txt", b"")
    started = time.monotonic()

    assert refusal_of(out.getvalue()) is Reason.ARCHIVE_TOO_MANY
    assert time.monotonic() - started < 1


def test_row_16_an_archive_inside_is_not_opened():
    body = zipped(
        [("inner.zip", zipped([("a.txt", b"x")])), ("plain.txt.gz", b"\x1f\x8b\x08" + b"x" * 50), ("ok.txt", b"fine")]
    )

    assert [entry.refusal and entry.refusal.reason for entry in entries_of(body)] == [
        Reason.ARCHIVE_NESTED,
        Reason.ARCHIVE_NESTED,
        None,
    ]


@pytest.mark.parametrize(
    "name",
    ["../x.txt", "a/../../x.txt", "/etc/passwd", "C:/x.txt", "..\\x.txt", "a\\b.txt", "~/x", "a\x01b.txt", "x" * 600],
)
def test_row_16_names_that_lead_elsewhere_are_refused(name):
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, b"x")

    (found,) = entries_of(out.getvalue())

    assert found.refusal.reason is Reason.ARCHIVE_NAME


def test_row_16_a_name_with_nul_is_refused():
    body = zipped([("a.txtBexe", b"x")]).replace(b"a.txtBexe", b"a.txt\x00exe")

    assert entries_of(body)[0].refusal.reason is Reason.ARCHIVE_NAME


def test_row_16_links_doubles_and_locked_files_are_refused():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("a.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"2")
        archive.writestr("locked.txt", b"secret")
    body = bytearray(out.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.rfind(mark)
        body[at + offset] |= 1

    reasons = [entry.refusal and entry.refusal.reason for entry in entries_of(bytes(body))]

    assert reasons == [Reason.ARCHIVE_LINK, None, Reason.ARCHIVE_DOUBLED, Reason.ARCHIVE_ENCRYPTED]


def test_row_16_unusual_compression_and_wrong_checksums_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"x" * 1000)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("a.txt", b"original text")

    assert entries_of(out.getvalue())[0].refusal.reason is Reason.ARCHIVE_BROKEN
    assert entries_of(stored.getvalue().replace(b"original", b"tampered"))[0].refusal.reason is Reason.ARCHIVE_BROKEN


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"PK\x05\x06" + bytes(18), Reason.ARCHIVE_EMPTY),
        (b"PK\x03\x04", Reason.ARCHIVE_BROKEN),
        (zipped([("a", b"b")])[:-10], Reason.ARCHIVE_BROKEN),
        (zipped([("a/", b"")]), Reason.ARCHIVE_EMPTY),
    ],
)
def test_row_1_an_empty_or_cut_archive_says_so(body, reason):
    assert refusal_of(body) is reason


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_damaged_anywhere_it_ends_in_entries_or_a_reason(at, noise):
    body = bytearray(zipped([("a.html", b"<p>a" * 20), ("b.txt", b"b" * 50)]))
    body[at : at + len(noise)] = noise
    try:
        for entry in unzip(Document(body=bytes(body))):
            assert (entry.document is None) != (entry.refusal is None)
    except ImportRefused as refused:
        assert str(refused)


def warc(records, *, gzip=True):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for url, kind, status, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2023-01-27T07:14:18Z"},
            )
        )
    return out.getvalue()


@pytest.mark.parametrize("gzip", [True, False])
def test_pages_of_a_web_archive_are_documents(gzip):
    body = warc(
        [("https://example.com/a", "text/html; charset=utf-8", "200 OK", b"<p>a"), ("https://example.com/i.png", "image/png", "200 OK", b"\x89PNG"),
         ("https://example.com/old", "text/html", "301 Moved", b""), ("https://example.com/gone", "text/html", "410 Gone", b"x")], gzip=gzip,
    )  # fmt: skip

    page, gone = unwarc(Document(body=body))

    assert (page.document.url, page.document.body, page.document.content_type) == (
        "https://example.com/a",
        b"<p>a",
        "text/html; charset=utf-8",
    )
    assert page.document.fetched_at.isoformat() == "2023-01-27T07:14:18+00:00"
    assert gone.refusal.reason is Reason.GONE


def test_a_web_archive_that_is_none_or_breaks_off_says_so():
    whole = warc([("https://example.com/a", "text/html", "200 OK", b"<p>" + bytes(range(256)) * 50)], gzip=True)

    for body in (b"WARC/1.0\r\nnonsense", b"WARC/1.0\r\n\r\n"):
        with pytest.raises(DocumentRefused):
            assert list(unwarc(Document(body=body))) == []
            raise DocumentRefused(Reason.ARCHIVE_BROKEN)
    try:
        list(unwarc(Document(body=whole[:-100])))
    except ImportRefused as refused:
        assert refused.reason is Reason.ARCHIVE_BROKEN


def test_a_record_too_large_is_refused_alone():
    body = warc(
        [
            ("https://example.com/a", "text/html", "200 OK", bytes(MAX_ENTRY_BYTES + 10)),
            ("https://example.com/b", "text/html", "200 OK", b"<p>b"),
        ]
    )

    large, small = unwarc(Document(body=body))

    assert large.refusal.reason is Reason.TOO_LARGE
    assert small.document.body == b"<p>b"
