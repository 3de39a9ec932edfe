import gzip
import io
import zipfile

from articles.importing.documents import Document, Kind
from articles.importing.moments import SEOUL
from articles.importing.reading import read
from articles.importing.refusals import Reason
from tests.articles.importing.pages.builder import tuned

TEXT = b"Fees for small boats are frozen\n2023-01-27 16:14\n\nThe harbour ministry said on Tuesday that the fees will not rise.\n"


def found_in(body, **options):
    return list(read(Document(body=body, name="given"), **options))


def test_a_text_is_one_article_with_its_source():
    (found,) = found_in(TEXT, zone=SEOUL)

    assert found.draft.headline == "Fees for small boats are frozen"
    assert found.draft.published_at.hour == 16
    assert found.source.body == TEXT
    assert found.position == ""


def test_what_is_inside_an_archive_keeps_its_place():
    page = tuned()[0]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("march/page.html", page.body)
        archive.writestr("rows.csv", "title,body\nFees,Frozen.\nFees\n")
        archive.writestr("bad.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("feed.xml", "<rss><channel><item><link>https://example.com/a</link></item></channel></rss>")

    found = {item.position: item for item in found_in(out.getvalue())}

    assert found["march/page.html"].draft.headline == page.gold.headline
    assert found["march/page.html"].source.body == page.body
    assert found["rows.csv, row 1"].draft.headline == "Fees"
    assert found["rows.csv, row 2"].refusal.reason is Reason.COLUMN_COUNT
    assert found["bad.png"].refusal.reason is Reason.KIND_UNKNOWN
    assert found["feed.xml, https://example.com/a"].entry.url == "https://example.com/a"


def test_a_compressed_document_is_unpacked_within_bounds():
    assert found_in(gzip.compress(TEXT, mtime=0))[0].draft.headline == "Fees for small boats are frozen"
    assert found_in(gzip.compress(b"x" * 60_000_000, mtime=0))[0].refusal.reason is Reason.TOO_LARGE


def test_the_reader_can_run_elsewhere():
    asked = []

    def run(kind, document, zone):
        from articles.importing.reading import run_reader

        asked.append(kind)
        return run_reader(kind, document, zone)

    found_in(TEXT, run=run)
    found_in(b"title,body\nFees,Frozen.\n", run=run)

    assert asked == [Kind.TEXT]
