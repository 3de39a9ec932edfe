"""We know that feeds are asked on schedule, for what is new only, and that a failing one says why."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.actions.feeds import enqueue_due_feeds, poll_due_feeds, poll_feed
from articles.actions.running import work_on_batch
from articles.models import Article, Feed, Host, ImportBatch, ImportItem
from tests.articles.site import Clock, page_of
from tests.factories import NOW, make_publisher

pytestmark = pytest.mark.django_db
HOST = "http://a.example.org"
MINUTE = timedelta(minutes=1)


def feed_of(*numbers, updated=""):
    stamp = f"<pubDate>{updated}</pubDate>" if updated else ""
    items = "".join(f"<item><title>R {n}</title><link>{HOST}/{n}</link>{stamp}</item>" for n in numbers)
    return f"<rss version='2.0'><channel><title>News</title><link>{HOST}/</link>{items}</channel></rss>"


@pytest.fixture
def feed(site):
    for number in range(1, 6):
        site.page(f"/{number}", page_of(number))
    site.page("/feed", feed_of(1, 2), content_type="application/rss+xml", ETag='"one"')
    return Feed.objects.create(url=f"{HOST}/feed")


def poll(feed, site, clock):
    clock.pause(2)
    polled = poll_feed(feed=feed, tools=site.tools(clock))
    feed.refresh_from_db()
    if polled and polled.batch:
        work_on_batch(batch_id=polled.batch.pk, tools=site.tools(clock))
    return polled


def test_a_poll_queues_what_is_new_and_enqueues_its_work(site, feed):
    polled = poll_feed(feed=feed, tools=site.tools())

    assert polled.count == 2
    assert polled.batch.feed == feed
    assert set(polled.batch.items.values_list("source", flat=True)) == {f"{HOST}/1", f"{HOST}/2"}
    assert ProcrastinateJob.objects.filter(task_name="articles.run_batch").exists()
    feed.refresh_from_db()
    assert (feed.etag, feed.failures, feed.last_error) == ('"one"', 0, "")
    assert feed.succeeded_at is not None


def test_an_unchanged_feed_is_not_sent_again(site, feed):
    clock = Clock()
    poll(feed, site, clock)
    clock.pause(3600)

    again = poll(feed, site, clock)

    assert again.batch is None
    assert site.headers[-1]["If-None-Match"] == '"one"'
    assert ImportBatch.objects.count() == 1


def test_only_new_entries_are_fetched(site, feed):
    clock = Clock()
    poll(feed, site, clock)
    site.page("/feed", feed_of(3, 2, 1), ETag='"two"')
    clock.pause(3600)

    again = poll(feed, site, clock)

    assert list(again.batch.items.values_list("source", flat=True)) == [f"{HOST}/3"]
    assert Article.objects.count() == 3


def test_an_entry_that_failed_is_not_tried_at_every_poll(site, feed):
    clock = Clock()
    site.page("/feed", feed_of(99))
    poll(feed, site, clock)
    assert ImportItem.objects.get().outcome == "failed"
    clock.pause(3600)

    again = poll(feed, site, clock)

    assert again.batch is None


def test_a_feed_that_is_not_due_is_left_alone(site, feed):
    clock = Clock()
    poll(feed, site, clock)

    assert poll(feed, site, clock) is None
    assert poll_due_feeds(tools=site.tools(clock)) == []


def test_a_failing_feed_is_asked_less_and_less(site, feed):
    site.page("/feed", "out of order", status=500)
    clock = Clock()
    waits = []
    for _ in range(4):
        polled = poll(feed, site, clock)
        assert "500" in polled.reason
        waits.append(feed.next_poll_at - clock.now)
        clock.now = feed.next_poll_at

    assert feed.failures == 4
    assert "500" in feed.last_error
    assert feed.is_active
    for wait, hours in zip(waits, (2, 4, 8, 16), strict=True):
        assert 0.89 < wait / timedelta(hours=hours) < 1.11

    site.page("/feed", feed_of(1))
    poll(feed, site, clock)
    assert (feed.failures, feed.last_error) == (0, "")


def test_retry_after_is_kept(site, feed):
    site.page("/feed", "slow down", status=429, Retry_After="86400")
    clock = Clock()

    poll(feed, site, clock)

    assert feed.next_poll_at >= clock.now + timedelta(hours=23, minutes=59)


def test_a_feed_asked_by_hand_waits_as_long_as_its_site_wants(site, feed):
    free_at = NOW + timedelta(hours=2)
    Host.objects.create(pk="a.example.org", next_request_at=free_at)

    polled = poll_feed(feed=feed, tools=site.tools())

    feed.refresh_from_db()
    assert (polled, site.asked, feed.next_poll_at) == (None, [], free_at)


def test_a_feed_that_is_gone_is_switched_off(site, feed):
    site.page("/feed", "gone", status=410)

    poll(feed, site, Clock())

    assert not feed.is_active
    assert "410" in feed.last_error


def test_a_moved_feed_is_asked_at_its_new_address(site, feed):
    site.page("/feed", "", status=301, Location=f"{HOST}/new-feed")
    site.page("/new-feed", feed_of(1))

    polled = poll(feed, site, Clock())

    assert polled.count == 1
    assert feed.url == f"{HOST}/new-feed"


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (page_of(1), "text/html", "page"),
        ("<rss version='2.0'><channel><title>News</title><item><title>x", "text/xml", "feed"),
        (
            "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>",
            "text/xml",
            "",
        ),
    ],
)
def test_what_is_no_good_feed_says_so(site, feed, body, content_type, words):
    site.page("/feed", body, content_type=content_type)

    polled = poll(feed, site, Clock())

    assert polled.reason
    assert words in polled.reason.lower()
    assert polled.batch is None


def test_a_feeds_publisher_is_that_of_its_articles(site, feed):
    feed.publisher = make_publisher(name="Example Daily")
    feed.save()

    poll(feed, site, Clock())

    assert {article.publisher for article in Article.objects.all()} == {feed.publisher}


def test_a_sitemap_index_brings_only_what_we_do_not_have(site):
    for number in range(1, 4):
        site.page(f"/{number}", page_of(number))
    entries = "".join(f"<url><loc>{HOST}/{n}</loc></url>" for n in (1, 2))
    site.page("/map.xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>")
    index = f"<sitemapindex><sitemap><loc>{HOST}/map.xml</loc></sitemap></sitemapindex>"
    site.page("/index.xml", index, content_type="application/xml")
    feed = Feed.objects.create(url=f"{HOST}/index.xml", kind="sitemap")
    clock = Clock()
    poll(feed, site, clock)
    assert Article.objects.count() == 2

    entries += f"<url><loc>{HOST}/3</loc></url>"
    site.page("/map.xml", f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>")
    clock.pause(3600)
    again = poll(feed, site, clock)

    assert list(again.batch.items.exclude(article=None).values_list("source", flat=True)) == [f"{HOST}/3"]
    assert site.paths().count("/1") == 1


def test_due_feeds_are_enqueued_once(site, feed):
    Feed.objects.create(url=f"{HOST}/later", next_poll_at=NOW + MINUTE)
    Feed.objects.create(url=f"{HOST}/off", is_active=False)

    assert enqueue_due_feeds(at=NOW) == 1
    assert enqueue_due_feeds(at=NOW) == 0
    assert ProcrastinateJob.objects.get().args == {"feed_id": feed.pk}
