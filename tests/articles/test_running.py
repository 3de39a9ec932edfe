"""We know that every item of an import ends once, with an outcome and a reason a person can act on."""

import io
import json
import zipfile
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.actions.leasing import LEASE, take_items
from articles.actions.queueing import NothingToImport, cancel_import, queue_import, retry_items
from articles.actions.running import Rest, work_on_batch
from articles.given import Given, addresses_in
from articles.models import Article, Host, ImportBatch, ImportItem
from articles.reports import reason_of
from tests.articles.drafts import TEXT
from tests.articles.site import Clock, page_of
from tests.factories import NOW, make_publisher, make_user

pytestmark = pytest.mark.django_db

PLAIN = f"Ministry to seek contact\n\nWritten: 2023-01-27 16:14:18\n\n{TEXT}".encode()


def queue(*sources, **fields):
    given = [Given(source=each) if isinstance(each, str) else each for each in sources]
    return queue_import(**{"sources": given, "by": None, "at": NOW} | fields)


def file(body, name="article.txt", **fields):
    return Given.of_bytes(body if isinstance(body, bytes) else body.encode(), name=name, **fields)


def run(batch, tools):
    left = work_on_batch(batch_id=batch.pk, tools=tools)
    batch.refresh_from_db()
    return left


def outcomes(batch):
    return dict(Counter(batch.items.values_list("outcome", flat=True)))


def test_a_batch_is_written_and_enqueued_together():
    user = make_user()

    batch = queue("https://a.example.org/1", "https://a.example.org/2", by=user)

    assert (batch.state, batch.requested_by, batch.label) == ("queued", user, "a.example.org +1")
    assert outcomes(batch) == {"queued": 2}
    assert ProcrastinateJob.objects.filter(task_name="articles.run_batch", status="todo").count() == 2


def test_an_import_of_nothing_is_refused():
    with pytest.raises(NothingToImport):
        queue()

    assert not ImportBatch.objects.exists()


def test_the_same_key_gives_the_same_batch():
    user = make_user()
    first = queue("https://a.example.org/1", by=user, idempotency_key="k")

    second = queue("https://a.example.org/2", by=user, idempotency_key="k")
    other = queue("https://a.example.org/2", by=make_user(), idempotency_key="k")

    assert second == first
    assert other != first
    assert first.items.count() == 1


def test_pasted_addresses_are_one_a_line_each_once():
    given = addresses_in("https://a.example.org/1\n\n  https://a.example.org/2 \nhttps://a.example.org/1\n")

    assert [each.source for each in given] == ["https://a.example.org/1", "https://a.example.org/2"]


def test_a_fetched_page_becomes_an_article_with_its_source(site):
    site.page("/1", page_of(1))
    batch = queue("http://a.example.org/1")

    left = run(batch, site.tools())

    item = batch.items.get()
    assert left.rest is Rest.NOTHING
    assert (batch.state, item.outcome) == ("done", "created")
    assert item.article.headline == "Report 1 announced"
    assert item.article.published_at.isoformat() == "2023-01-27T07:14:18+00:00"
    assert bytes(item.article.current_snapshot.raw) == page_of(1).encode()
    assert item.article.current_snapshot.url == "http://a.example.org/1"


def test_a_pasted_text_becomes_an_article(site):
    batch = queue(file(PLAIN))

    run(batch, site.tools())

    item = batch.items.get()
    assert (item.outcome, item.article.headline) == ("created", "Ministry to seek contact")
    assert item.payload is None
    assert bytes(item.article.current_snapshot.raw) == PLAIN


def test_a_text_without_a_date_fails_and_can_be_given_one(site):
    batch = queue(file(f"Ministry to seek contact\n\n{TEXT}"))
    run(batch, site.tools())
    assert batch.items.get().reason_code == "no_date"

    from datetime import date

    retried = retry_items(items=batch.items.all(), by=None, at=NOW, published_on=date(2023, 1, 27))
    run(batch, site.tools())

    item = batch.items.get()
    assert (retried, item.outcome, str(item.article.published_on)) == (1, "created", "2023-01-27")


def test_the_publisher_named_with_the_import_is_used_where_the_text_is_silent(site):
    publisher = make_publisher(name="Example Daily")
    batch = queue(file(PLAIN), options={"publisher": publisher.pk})

    run(batch, site.tools())

    assert batch.items.get().article.publisher == publisher


def test_the_same_batch_twice_says_unchanged(site):
    site.page("/1", page_of(1))
    run(queue("http://a.example.org/1", file(PLAIN)), site.tools())

    again = queue("http://a.example.org/1", file(PLAIN))
    run(again, site.tools())

    assert outcomes(again) == {"unchanged": 2}
    assert Article.objects.count() == 2


def test_a_zip_opens_into_its_files(site):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/one.html", page_of(1))
        archive.writestr("a/two.html", page_of(2))
        archive.writestr("three.txt", PLAIN)
        archive.writestr("../four.txt", PLAIN)
        archive.writestr("empty.txt", b"")
    batch = queue(file(packed.getvalue(), "pages.zip"))

    run(batch, site.tools())

    assert outcomes(batch) == {"expanded": 1, "created": 3, "failed": 2}
    assert set(batch.items.filter(outcome="failed").values_list("reason_code", flat=True)) == {"archive_name", "empty"}
    assert batch.items.filter(source="pages.zip, a/one.html", outcome="created").exists()
    assert batch.state == "done"


def test_a_feed_opens_into_its_articles(site):
    site.page("/1", page_of(1))
    site.page("/2", page_of(2))
    items = "".join(f"<item><title>R</title><link>http://a.example.org/{n}</link></item>" for n in (1, 2, 3))
    site.page("/feed", f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>", content_type="text/xml")
    batch = queue("http://a.example.org/feed")

    run(batch, site.tools())

    assert outcomes(batch) == {"expanded": 1, "created": 2, "failed": 1}
    assert batch.items.get(outcome="failed").reason_code == "not_found"


def test_a_torn_page_says_that_some_bytes_were_no_letters(site):
    korean = "통일부는 올해 북한 인권 보고서를 발간한다고 밝혔다. " * 12
    torn = page_of(1, words=korean).encode().replace("밝혔다".encode(), "밝혔다".encode() + b"\xff", 1)
    batch = queue(file(torn, "torn.html"))

    run(batch, site.tools())

    item = batch.items.get()
    assert item.outcome == "created"
    assert "no letters" in item.reason


def test_a_table_becomes_articles_and_each_bad_row_says_why(site):
    site.page("/9", page_of(9))
    rows = [
        "headline,text,date,url",
        f'One,"{TEXT}",2023-01-27,http://a.example.org/1',
        "Two,Some words of the second one,2023-02-30,http://a.example.org/2",
        ",,,http://a.example.org/9",
        "Only a headline,,2023-01-27,",
    ]
    batch = queue(file("\n".join(rows), "list.csv"))

    run(batch, site.tools())

    assert outcomes(batch) == {"expanded": 1, "created": 2, "failed": 2}
    reasons = dict(batch.items.filter(outcome="failed").values_list("source", "reason"))
    assert "line 8, row 2" in reasons["list.csv, row 2"].lower()
    assert "date" in reasons["list.csv, row 2"]


def test_a_missing_column_is_named(site):
    batch = queue(file("headline,date\nOne,2023-01-27\n", "list.csv"))

    run(batch, site.tools())

    item = batch.items.get()
    assert (item.outcome, item.reason_code) == ("failed", "column_missing")
    assert "text" in item.reason


def test_long_json_lines_are_shared_in_pieces_and_lines_keep_their_numbers(site, monkeypatch):
    monkeypatch.setattr("articles.given.PIECE", 2000)
    rows = [{"headline": f"H {n}", "text": f"{TEXT} {n}" * (n % 2 + 1), "date": "2023-01-27"} for n in range(1, 8)]
    lines = [json.dumps(row) for row in rows]
    lines[5] = "{not json"
    batch = queue(file("\n".join(lines), "rows.jsonl"))
    assert batch.items.count() > 2

    run(batch, site.tools())

    failed = batch.items.get(outcome="failed")
    assert failed.source == "rows.jsonl, line 6"
    assert failed.reason.startswith("Line 6")
    assert ImportItem.objects.filter(outcome__in=["created", "duplicate"]).count() == 6


def test_an_opened_file_goes_on_where_a_killed_worker_stopped(site, monkeypatch):
    monkeypatch.setattr("articles.actions.expanding.SLICE", 2)
    lines = [
        json.dumps({"headline": f"H {n}", "text": f"Words of number {n}.", "date": "2023-01-27"}) for n in range(7)
    ]
    batch = queue(file("\n".join(lines), "rows.jsonl"))
    clock = Clock()
    told = []

    class Killed(BaseException):
        pass

    def die(sender, article_ids, **kwargs):
        told.append(article_ids)
        if len(told) == 3:
            raise Killed

    from articles.signals import texts_stored

    texts_stored.connect(die)
    try:
        with pytest.raises(Killed):
            run(batch, site.tools(clock))
        assert Article.objects.count() == 4
        clock.pause(LEASE.total_seconds() + 1)
        run(batch, site.tools(clock))
    finally:
        texts_stored.disconnect(die)

    assert Article.objects.count() == 7
    assert outcomes(batch) == {"expanded": 1, "created": 7}


def test_an_address_is_asked_politely(site):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n", content_type="text/plain")
    site.page("/1", page_of(1))
    site.page("/2", page_of(2))
    batch = queue("http://a.example.org/1", "http://a.example.org/private/2", "http://a.example.org/2")
    clock = Clock()

    run(batch, site.tools(clock))

    assert site.paths() == ["/1", "/2"]
    assert site.headers[0]["User-Agent"].startswith("PolicyTracker/")
    assert batch.items.get(outcome="failed").reason_code == "robots_forbid"
    assert [path for _, path in site.asked].count("/robots.txt") == 1
    assert clock.now - NOW >= timedelta(seconds=14)


def test_a_redirect_leads_only_where_the_other_sites_robots_allow(site):
    site.page("/1", "", status=302, Location="http://b.example.org/private/1")
    site.page("/2", "", status=302, Location="http://b.example.org/open/2")
    site.page("/private/1", page_of(1))
    site.page("/open/2", page_of(2))
    site.page("/robots.txt", "User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    batch = queue("http://a.example.org/1", "http://a.example.org/2")
    clock = Clock()

    work_on_batch(batch_id=batch.pk, tools=site.tools(clock), until=clock.now + timedelta(seconds=3))

    assert site.paths("b.example.org") == ["/open/2"]
    assert dict(batch.items.values_list("source", "reason_code")) == {
        "http://a.example.org/1": "robots_forbid",
        "http://a.example.org/2": "",
    }
    assert Host.objects.get(pk="b.example.org").next_request_at is not None


def test_a_list_of_lists_of_lists_comes_to_an_end_with_its_own_sentence(site):
    listed = "<sitemapindex><sitemap><loc>http://a.example.org/all.xml</loc></sitemap></sitemapindex>"
    site.page("/all.xml", listed, content_type="text/xml")
    batch = queue("http://a.example.org/all.xml")

    run(batch, site.tools())

    assert site.paths() == ["/all.xml"] * 4
    assert "lists" in batch.items.get(outcome="failed").reason


def test_why_an_item_waits_is_told_in_the_readers_language(site):
    site.page("/1", "busy", status=503)
    batch = queue("http://a.example.org/1")
    clock = Clock()
    work_on_batch(batch_id=batch.pk, tools=site.tools(clock), until=clock.now + timedelta(seconds=30))
    item = batch.items.get()

    with translation.override("ko"):
        told = reason_of(item)

    assert "503" in told
    assert "T" not in told.replace("UTC", "")  # no moment as programs write it
    assert "Waiting" not in told
    assert "try again" not in told


def test_two_hosts_do_not_wait_for_each_other(site):
    for path in ("/1", "/2"):
        site.page(path, page_of(int(path[1:])))
    batch = queue("http://a.example.org/1", "http://a.example.org/2", "http://b.example.org/2")
    clock = Clock()

    first = take_items(batch_id=batch.pk, at=clock())
    second = take_items(batch_id=batch.pk, at=clock())
    third = take_items(batch_id=batch.pk, at=clock())

    assert [item.host for item in [*first, *second]] == ["a.example.org", "b.example.org"]
    assert third.next_at is not None


def test_a_busy_site_is_asked_again_later_and_then_given_up(site):
    site.page("/1", "busy", status=503)
    batch = queue("http://a.example.org/1")
    clock = Clock()

    left = work_on_batch(batch_id=batch.pk, tools=site.tools(clock), until=clock.now + timedelta(seconds=30))

    item = batch.items.get()
    assert (left.rest, item.outcome, item.reason_code) == (Rest.LATER, "queued", "waiting")
    assert "503" in item.reason

    run(batch, site.tools(clock))

    item = batch.items.get()
    assert (item.outcome, item.reason_code) == ("failed", "server_error")
    assert site.paths() == ["/1"] * 3


def test_an_empty_answer_ends_at_once_because_asking_again_helps_nobody(site):
    site.page("/1", "")
    batch = queue("http://a.example.org/1")

    run(batch, site.tools(Clock()))

    item = batch.items.get()
    assert (item.outcome, item.reason_code) == ("failed", "empty_answer")
    assert site.paths() == ["/1"]


def test_row_33_retry_after_holds_for_the_whole_host(site):
    site.page("/1", "slow down", status=429, Retry_After="120")
    site.page("/2", page_of(2))
    batch = queue("http://a.example.org/1", "http://a.example.org/2")
    clock = Clock()

    work_on_batch(batch_id=batch.pk, tools=site.tools(clock), until=clock.now + timedelta(seconds=60))

    assert site.paths() == ["/1"]
    assert Host.objects.get().next_request_at > NOW + timedelta(seconds=119)
    run(batch, site.tools(clock))
    assert batch.items.get(source="http://a.example.org/2").outcome == "created"


def test_a_stopped_import_keeps_what_is_in(site):
    site.page("/1", page_of(1))
    batch = queue("http://a.example.org/1", "http://a.example.org/2")
    clock = Clock()
    work_on_batch(batch_id=batch.pk, tools=site.tools(clock), until=clock.now + timedelta(microseconds=3))

    stopped = cancel_import(batch=batch, by=None, at=clock.now)
    run(batch, site.tools(clock))

    assert (stopped, batch.state) == (1, "cancelled")
    assert outcomes(batch) == {"created": 1, "cancelled": 1}


def test_a_result_that_comes_after_the_stop_is_not_stored(site):
    batch = queue(file(PLAIN))
    clock = Clock()
    [item] = take_items(batch_id=batch.pk, at=clock())
    cancel_import(batch=batch, by=None, at=clock.now)

    from articles.actions.items import run_item

    run_item(item=item, tools=site.tools(clock))

    assert outcomes(batch) == {"cancelled": 1}
    assert not Article.objects.exists()


def test_failed_items_are_tried_again_together(site):
    batch = queue("http://a.example.org/1", "http://a.example.org/2")
    run(batch, site.tools())
    assert outcomes(batch) == {"failed": 2}
    site.page("/1", page_of(1))
    site.page("/2", page_of(2))

    retried = retry_items(items=batch.items.all(), by=None, at=NOW)
    run(batch, site.tools())

    assert retried == 2
    assert outcomes(batch) == {"created": 2}
    assert batch.state == "done"


def test_an_item_whose_worker_died_is_taken_up_again_when_its_lease_ran_out(site):
    batch = queue(file(PLAIN))
    clock = Clock()
    take_items(batch_id=batch.pk, at=clock())
    assert take_items(batch_id=batch.pk, at=clock()).next_at is not None

    clock.pause(LEASE.total_seconds() + 1)
    run(batch, site.tools(clock))

    assert outcomes(batch) == {"created": 1}


def test_an_item_that_kills_every_worker_ends_as_failed(site):
    batch = queue(file(PLAIN))
    clock = Clock()
    for _ in range(5):
        take_items(batch_id=batch.pk, at=clock())
        clock.pause(LEASE.total_seconds() + 1)

    run(batch, site.tools(clock))

    item = batch.items.get()
    assert (item.outcome, item.reason_code) == ("failed", "reader_failed")


def test_a_bug_in_a_reader_ends_as_a_reason_and_the_others_go_on(site):
    class Broken:
        def read(self, document, *, mapping=None):
            if b"bad" in document.body:
                raise ZeroDivisionError
            return site.tools().reader.read(document, mapping=mapping)

    batch = queue(file(b"bad\n" + PLAIN, "bad.txt"), file(PLAIN))

    run(batch, site.tools(reader=Broken()))

    assert outcomes(batch) == {"failed": 1, "created": 1}
    assert "ZeroDivisionError" in batch.items.get(outcome="failed").reason


def test_the_neighbours_of_an_item_that_kills_workers_are_not_taken_with_it(site):
    batch = queue(file(PLAIN, "deadly.txt"), *(file(PLAIN, f"{n}.txt") for n in range(4)))
    clock = Clock()
    for _ in range(5):
        take_items(batch_id=batch.pk, at=clock())
        clock.pause(LEASE.total_seconds() + 1)

    run(batch, site.tools(clock))

    assert set(batch.items.exclude(source="deadly.txt").values_list("outcome", flat=True)) <= {"created", "unchanged"}


def test_an_item_that_waited_too_long_for_its_turn_is_left_to_who_has_it_now(site):
    batch = queue(file(PLAIN, "1.txt"), file(PLAIN, "2.txt"))

    class Overtaken(Clock):
        def __call__(self):
            batch.items.filter(source="2.txt", outcome="running").update(started_at=NOW + LEASE)
            return super().__call__()

    clock = Overtaken()
    work_on_batch(batch_id=batch.pk, tools=site.tools(clock), until=clock.now + timedelta(seconds=1))

    assert batch.items.get(source="1.txt").outcome == "created"
    assert batch.items.get(source="2.txt").outcome == "running"
