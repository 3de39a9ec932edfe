"""We know that whatever is wrong with an item, it ends as failed with its own sentence, and the others go on."""

import gzip
import io
import struct
import time
import zipfile
from collections import Counter

import pytest

from articles.actions.queueing import queue_import
from articles.actions.running import work_on_batch
from articles.given import Given
from articles.importing.sandbox import Sandbox
from articles.models import Article
from tests.articles.importing.pdfs import make_pdf
from tests.articles.site import HTML, page_of
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOST = "http://a.example.org"


def zipped(name="a.html", body=b"", *, encrypted=False):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    data = bytearray(packed.getvalue())
    if encrypted:
        struct.pack_into("<H", data, 6, 1)
        struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 8, 1)
    return bytes(data)


PDF_WITHOUT_TEXT = make_pdf([[]])
BOMB = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss version='2.0'><channel><title>&b;</title></channel></rss>"
FILES = {
    "broken.rss": b"<rss version='2.0'><channel><title>News</title><item><title>x</tit",
    "bomb.rss": BOMB.encode(),
    "missing-column.csv": b"headline,date\nOne,2023-01-27\n",
    "bad-date.csv": b"headline,text,date\nOne,Some words of it,2023-02-30\n",
    "no-date.csv": b"headline,text,date\nOne,Some words of it,soon\n",
    "bomb.zip": zipped(body=b"\0" * 60_000_000),
    "encrypted.zip": zipped(body=page_of(2).encode(), encrypted=True),
    "outside.zip": zipped("../../etc/passwd.html", page_of(3).encode()),
    "no-text.pdf": PDF_WITHOUT_TEXT,
    "damaged.pdf": PDF_WITHOUT_TEXT[:200],
    "nul.txt": b"A headline\n\nWritten: 2023-01-27\n\nSome wo\x00rds that are long enough to be a paragraph of text.",
    "charset.csv": "headline,text,date\n하나,통일부는 올해 보고서를 발간한다,2023-01-27\n".encode()
    + b"Two,\xff\xfe\x81,2023-01-27\n",
    "stray-bytes.csv": b"headline,text,date\nOne,caf\xff\xfe\x81 opens,2023-01-27\n",
    "cut.html.gz": gzip.compress(page_of(4).encode(), mtime=0)[:-20],
}


PAYWALL = """<html><head><title>Harbour fees are frozen</title></head><body><article><h1>Harbour fees are frozen</h1>
<p>The ministry said on Tuesday that mooring fees for boats under nine metres will not rise before the end of 2026.</p>
<p>Subscribe to continue reading this article.</p></article></body></html>"""
MIXED = page_of(6).encode() + "통일부는 올해 보고서를 ".encode() * 9 + "발간한다고 밝혔다 ".encode("cp949") * 9
# What each must be told, by where it came from.
SENTENCES = {
    f"{HOST}/403": "open it in your browser",
    f"{HOST}/404": "The site answered 404",
    f"{HOST}/410": "410",
    f"{HOST}/429": "429",
    f"{HOST}/500": "500",
    f"{HOST}/503": "503",
    f"{HOST}/loop": "redirect",
    f"{HOST}/image": "image",
    f"{HOST}/empty": "empty",
    f"{HOST}/script": "script",
    f"{HOST}/paywall": "Only the beginning",
    f"{HOST}/gzip": "compress",
    f"{HOST}/charset": "encoding",
    f"{HOST}/nul": "NUL",
    f"{HOST}/huge": "10 MB",
    "https://a.example.org/tls": "No secure connection",
    "ftp://a.example.org/x": "http",
    "http://127.0.0.1/x": "Address not allowed",
    "broken.rss": "XML",
    "bomb.rss": "document type or entities",
    "missing-column.csv": "Line 1",
    "bad-date.csv, row 1": "Line 2, row 1, column “date”",
    "no-date.csv, row 1": "column “date”: “soon” is not a date; expected something like 2023-01-27",
    "bomb.zip, a.html": "unpacks to more",
    "encrypted.zip, a.html": "without a password",
    "outside.zip, ../../etc/passwd.html": "not an acceptable file name",
    "no-text.pdf": "text",
    "damaged.pdf": "The PDF is damaged",
    "nul.txt": "NUL",
    "charset.csv": "Line 3",
    "stray-bytes.csv": "Line 2",
    "cut.html.gz": "damaged",
}


def pages(site):
    """Say what the site answers under each path."""
    for status in (403, 404, 410, 429, 500, 503):
        site.page(f"/{status}", "sorry", status=status)
    site.page("/loop", "", status=302, Location=f"{HOST}/loop2")
    site.page("/loop2", "", status=302, Location=f"{HOST}/loop")
    site.page("/image", b"\x89PNG\r\n\x1a\n" + bytes(500), content_type="image/png")
    site.page("/empty", b"")
    site.page("/script", "<html><body><div id='root'></div><script>render()</script></body></html>")
    site.page("/paywall", PAYWALL)
    site.page("/gzip", gzip.compress(page_of(5).encode(), mtime=0)[:-30], Content_Encoding="gzip")
    site.page("/charset", MIXED, content_type="text/html")
    site.page("/nul", page_of(7).replace("announced", "announ\x00ced"))
    site.page("/huge", b"x", Content_Length="50000000", content_type=HTML)


def test_each_bad_item_ends_with_its_own_sentence_and_the_good_ones_are_in(site):
    pages(site)
    site.page("/good", page_of(1))
    addresses = [source for source in SENTENCES if "://" in source]
    given = [Given(source=url) for url in [*addresses, f"{HOST}/good"]]
    given += [Given.of_bytes(body, name=name) for name, body in FILES.items()]
    given.append(Given.of_bytes(page_of(9).encode(), name="good.html"))
    batch = queue_import(sources=given, by=None, at=NOW)
    began = time.monotonic()

    with Sandbox() as sandbox:
        work_on_batch(batch_id=batch.pk, tools=site.tools(reader=sandbox, is_patient=False))

    batch.refresh_from_db()
    outcomes = Counter(batch.items.exclude(outcome="expanded").values_list("outcome", flat=True))
    assert batch.state == "done"
    assert outcomes == {"created": 2, "failed": len(SENTENCES)}
    assert Article.objects.count() == 2
    reasons = dict(batch.items.filter(outcome="failed").values_list("source", "reason"))
    assert {
        source: reasons.get(source) for source, words in SENTENCES.items() if words not in reasons.get(source, "")
    } == {}
    assert time.monotonic() - began < 60


def test_a_site_that_drips_is_given_up_in_time(site):
    site.answer = lambda request: time.sleep(0.6)
    batch = queue_import(sources=[Given(source=f"{HOST}/slow")], by=None, at=NOW)

    work_on_batch(batch_id=batch.pk, tools=site.tools(gate=site.gate(seconds=0.2), is_patient=False))

    assert batch.items.get().reason_code == "timed_out"


def test_a_site_without_a_good_certificate_is_refused(site):
    batch = queue_import(sources=[Given(source="https://a.example.org/1")], by=None, at=NOW)

    work_on_batch(batch_id=batch.pk, tools=site.tools(is_patient=False))

    item = batch.items.get()
    assert (item.outcome, item.reason_code) == ("failed", "tls_failed")
