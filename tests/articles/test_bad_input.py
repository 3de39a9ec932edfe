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


PDF_WITHOUT_TEXT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
BOMB = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss version='2.0'><channel><title>&b;</title></channel></rss>"
FILES = {
    "broken.rss": b"<rss version='2.0'><channel><title>News</title><item><title>x</tit",
    "bomb.rss": BOMB.encode(),
    "missing-column.csv": b"headline,date\nOne,2023-01-27\n",
    "bad-date.csv": b"headline,text,date\nOne,Some words of it,2023-02-30\n",
    "bomb.zip": zipped(body=b"\0" * 60_000_000),
    "encrypted.zip": zipped(body=page_of(2).encode(), encrypted=True),
    "outside.zip": zipped("../../etc/passwd.html", page_of(3).encode()),
    "no-text.pdf": PDF_WITHOUT_TEXT,
    "nul.txt": b"A headline\n\nWritten: 2023-01-27\n\nSome wo\x00rds that are long enough to be a paragraph of text.",
    "charset.csv": "headline,text,date\n하나,통일부는 올해 보고서를 발간한다,2023-01-27\n".encode()
    + b"Two,\xff\xfe\x81,2023-01-27\n",
    "cut.html.gz": gzip.compress(page_of(4).encode(), mtime=0)[:-20],
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
    site.page("/gzip", gzip.compress(page_of(5).encode(), mtime=0)[:-30], Content_Encoding="gzip")
    site.page("/huge", b"x", Content_Length="50000000", content_type=HTML)
    paths = ("403", "404", "410", "429", "500", "503", "loop", "image", "empty", "script", "gzip", "huge")
    return [f"{HOST}/{path}" for path in paths]


def test_each_bad_item_ends_with_its_own_sentence_and_the_good_ones_are_in(site):
    addresses = pages(site)
    site.page("/good", page_of(1))
    given = [Given(source=url) for url in [*addresses, f"{HOST}/good", "ftp://a.example.org/x", "http://127.0.0.1/x"]]
    given += [Given.of_bytes(body, name=name) for name, body in FILES.items()]
    given.append(Given.of_bytes(page_of(9).encode(), name="good.html"))
    batch = queue_import(sources=given, by=None, at=NOW)
    began = time.monotonic()

    with Sandbox() as sandbox:
        work_on_batch(batch_id=batch.pk, tools=site.tools(reader=sandbox, is_patient=False))

    batch.refresh_from_db()
    outcomes = Counter(batch.items.exclude(outcome="expanded").values_list("outcome", flat=True))
    assert batch.state == "done"
    assert outcomes == {"created": 2, "failed": len(addresses) + 2 + len(FILES)}
    assert Article.objects.count() == 2
    reasons = dict(batch.items.filter(outcome="failed").values_list("source", "reason"))
    assert all(len(reason) > 20 for reason in reasons.values()), reasons
    codes = Counter(batch.items.filter(outcome="failed").values_list("reason_code", flat=True))
    assert len(codes) >= 20, codes
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
