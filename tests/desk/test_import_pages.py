"""We know that at the desk nothing is stored before it was shown, and that every item's end can be read and retried."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from articles.actions.queueing import queue_import, start_import
from articles.actions.running import work_on_batch
from articles.given import Given
from articles.models import Article, Feed, Host, ImportBatch, ImportItem
from policytracker.desk import import_preview
from tests.articles.drafts import TEXT
from tests.articles.site import Site, page_of
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
PLAIN = f"Ministry to seek contact\n\nWritten: 2023-01-27 16:14:18\n\n{TEXT}".encode()
CSV = "Title,Body,When\nOne," + "some words of the first,2023-01-27\nTwo,other words entirely,2023-02-30\n"


@pytest.fixture
def site(monkeypatch):
    site = Site()
    monkeypatch.setattr(import_preview, "tools", lambda: site.tools())
    yield site
    site.close()


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["pages"].clear()


@pytest.fixture
def editor(client):
    user = make_user(groups=("editor",))
    client.force_login(user)
    return user


def upload(body, name="article.txt"):
    return SimpleUploadedFile(name, body if isinstance(body, bytes) else body.encode())


def begin(client, *files, **fields):
    sent = {"documents": list(files), "addresses": "", "key": str(uuid4())} | fields
    return client.post(reverse("desk:import_new"), sent)


def batch_of(response):
    return ImportBatch.objects.get(pk=int(response.url.rstrip("/").rsplit("/", 1)[-1]))


def run(batch, site):
    work_on_batch(batch_id=batch.pk, tools=site.tools())
    batch.refresh_from_db()


@pytest.mark.parametrize("groups", [(), ("analyst",)])
def test_only_editors_may_import(client, groups):
    client.force_login(make_user(groups=groups))

    assert client.get(reverse("desk:import_list")).status_code == 403
    assert begin(client, upload(PLAIN)).status_code == 403
    assert not ImportBatch.objects.exists()


def test_strangers_are_sent_to_sign_in(client):
    assert client.get(reverse("desk:import_list")).status_code == 302


def test_an_upload_is_shown_before_anything_is_stored(client, editor, site):
    response = begin(client, upload(PLAIN))
    page = client.get(response.url).content.decode()

    assert "Ministry to seek contact" in page
    assert "Nothing is stored yet" in page
    assert not Article.objects.exists()
    assert batch_of(response).state == "draft"


def test_pasted_addresses_are_fetched_and_shown_before_anything_is_stored(client, editor, site):
    site.page("/1", page_of(1))
    response = begin(client, addresses="http://a.example.org/1\nhttp://a.example.org/2")

    page = client.get(response.url).content.decode()

    assert "Report 1 announced" in page
    assert "The site answered 404" in page
    assert not Article.objects.exists()
    client.get(response.url)
    assert site.paths() == ["/1", "/2"]  # shown again, nobody is asked again


def test_a_feed_is_shown_by_its_first_articles(client, editor, site):
    items = "".join(f"<item><title>R</title><link>http://a.example.org/{n}</link></item>" for n in range(20))
    site.page("/feed", f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>", content_type="text/xml")
    for number in range(20):
        site.page(f"/{number}", page_of(number))

    page = client.get(begin(client, addresses="http://a.example.org/feed").url).content.decode()

    assert "Report 0 announced" in page
    assert "Report 4 announced" in page
    assert len(site.paths()) == 6


def test_a_preview_waits_for_no_slow_or_distant_site(client, editor, site):
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 30\n", content_type="text/plain")
    site.page("/1", page_of(1))
    site.page("/2", page_of(2))

    page = client.get(begin(client, addresses="http://a.example.org/1\nhttp://a.example.org/2").url).content.decode()

    assert "Report 1 announced" in page
    assert page.count("It will be fetched when the import starts.") == 1
    assert site.paths() == ["/1"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "http://[::1]/", "http://169.254.169.254/latest/", "file:///etc/passwd"]
)
def test_a_preview_asks_no_address_that_the_gate_refuses(client, editor, site, url):
    page = client.get(begin(client, addresses=url).url).content.decode()

    assert "failed" in page.lower()
    assert site.asked == []


def test_a_host_that_a_worker_asks_now_is_left_alone(client, editor, site):
    site.page("/1", page_of(1))
    Host.objects.create(pk="a.example.org", next_request_at=NOW + timedelta(hours=1))

    page = client.get(begin(client, addresses="http://a.example.org/1").url).content.decode()

    assert "It will be fetched when the import starts." in page
    assert site.asked == []


def test_a_started_import_is_worked_on_and_told(client, editor, site):
    site.page("/1", page_of(1))
    batch = batch_of(begin(client, upload(PLAIN), addresses="http://a.example.org/1\nhttp://a.example.org/2"))
    started = client.post(reverse("desk:import_start", args=[batch.pk]))
    assert started.status_code == 302
    waiting = client.get(started.url).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "0 of 3 items" in waiting

    run(batch, site)
    page = client.get(started.url).content.decode()

    assert "3 of 3 items" in page
    assert "hx-trigger" not in page
    assert "The site answered 404" in page
    assert "Done, 1 failed" in page
    assert Article.objects.count() == 2


def test_progress_alone_is_answered_to_htmx(client, editor, site):
    batch = batch_of(begin(client, upload(PLAIN)))
    client.post(reverse("desk:import_start", args=[batch.pk]))

    fragment = client.get(
        reverse("desk:import_detail", args=[batch.pk]), headers={"HX-Request": "true"}
    ).content.decode()

    assert fragment.lstrip().startswith('<div id="progress"')
    assert "<html" not in fragment


def test_items_of_a_worker_that_tells_nothing_are_named_on_the_page(client, editor, site):
    batch = batch_of(begin(client, upload(PLAIN), upload(PLAIN, name="other.txt")))
    start_import(batch=batch, at=timezone.now())
    taken = timezone.now() - timedelta(seconds=50)
    ImportItem.objects.filter(pk=batch.items.first().pk).update(outcome="running", started_at=taken)

    told = client.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()

    assert "1 item is with a worker that has told nothing" in told
    assert f"{taken + timedelta(seconds=60):%M:%S}" in told


def test_a_folder_of_many_files_is_taken_in_one_form(client, editor, site):
    files = [upload(f"Report {number}\n\nWritten: 2023-01-27\n\n{TEXT}", f"{number}.txt") for number in range(150)]

    batch = batch_of(begin(client, *files))

    assert batch.items.count() == 150


def test_row_87_a_form_sent_twice_makes_one_import(client, editor, site):
    key = str(uuid4())

    first = begin(client, upload(PLAIN), key=key)
    second = begin(client, upload(PLAIN), key=key)

    assert first.url == second.url
    assert ImportBatch.objects.count() == 1


def test_an_empty_form_says_what_is_missing(client, editor, site):
    response = begin(client)

    assert response.status_code == 422
    assert "nothing to import yet" in response.content.decode()


def test_a_draft_can_be_thrown_away(client, editor, site):
    batch = batch_of(begin(client, upload(PLAIN)))

    client.post(reverse("desk:import_start", args=[batch.pk]), {"discard": "1"})

    assert not ImportBatch.objects.exists()


def test_columns_are_shown_chosen_and_remembered(client, editor, site):
    batch = batch_of(begin(client, upload(CSV, "list.csv")))
    page = client.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()
    assert "Which column is which" in page

    chosen = {"headline": "Title", "text": "Body", "published": "When"}
    client.post(reverse("desk:import_start", args=[batch.pk]), chosen)
    run(batch, site)

    assert batch.options["mapping"] == chosen
    assert sorted(batch.items.values_list("outcome", flat=True)) == ["created", "expanded", "failed"]
    again = batch_of(begin(client, upload(CSV, "list.csv")))
    page = client.get(reverse("desk:import_detail", args=[again.pk])).content.decode()
    assert '<option value="When" selected>' in page


def test_the_table_whose_columns_are_asked_for_is_named_and_others_are_read_by_their_own(client, editor, site):
    other = f"제목,본문,날짜\n사용료 동결,{TEXT.split(chr(10))[0].replace(',', '')},2023-01-28\n"
    batch = batch_of(begin(client, upload(CSV, "one.csv"), upload(other, "other.csv")))

    page = client.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()
    chosen = {"headline": "Title", "text": "Body", "published": "When"}
    client.post(reverse("desk:import_start", args=[batch.pk]), chosen)
    run(batch, site)

    assert "<bdi>one.csv</bdi> ·" in page
    assert Article.objects.filter(headline="사용료 동결").exists()


def test_failed_items_are_tried_again_one_or_all(client, editor, site):
    batch = batch_of(begin(client, addresses="http://a.example.org/1\nhttp://a.example.org/2"))
    client.post(reverse("desk:import_start", args=[batch.pk]))
    run(batch, site)
    site.page("/1", page_of(1))
    site.page("/2", page_of(2))
    one = batch.items.first()

    client.post(reverse("desk:import_retry", args=[batch.pk]), {"item": one.pk})
    run(batch, site)
    assert sorted(batch.items.values_list("outcome", flat=True)) == ["created", "failed"]

    client.post(reverse("desk:import_retry", args=[batch.pk]))
    run(batch, site)
    assert set(batch.items.values_list("outcome", flat=True)) == {"created"}


def test_a_missing_date_can_be_set_from_the_page(client, editor, site):
    batch = batch_of(begin(client, upload(f"Ministry to seek contact\n\n{TEXT}")))
    client.post(reverse("desk:import_start", args=[batch.pk]))
    run(batch, site)
    page = client.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()
    assert "Set date" in page

    item = batch.items.get()
    client.post(reverse("desk:import_retry", args=[batch.pk]), {"item": item.pk, "published_on": "2023-01-27"})
    run(batch, site)

    assert str(Article.objects.get().published_on) == "2023-01-27"


def test_an_import_can_be_stopped(client, editor, site):
    batch = batch_of(begin(client, addresses="http://a.example.org/1"))
    client.post(reverse("desk:import_start", args=[batch.pk]))

    client.post(reverse("desk:import_cancel", args=[batch.pk]))

    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert batch.items.get().outcome == "cancelled"
    assert "<dt>Cancelled</dt><dd>1</dd>" in client.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()


def test_a_changed_page_shows_what_changed(client, editor, site):
    site.page("/1", page_of(1))
    for words in ("", " It ends with a short note.</p><p>"):
        site.page("/1", page_of(1).replace("</p><p>", words or "</p><p>", 1))
        batch = batch_of(begin(client, addresses="http://a.example.org/1"))
        client.post(reverse("desk:import_start", args=[batch.pk]))
        run(batch, site)
    item = batch.items.get()
    assert item.outcome == "updated"

    page = client.get(reverse("desk:import_difference", args=[batch.pk, item.pk])).content.decode()

    assert "<ins>" in page
    assert "short note" in page


def test_the_report_is_safe_in_a_spreadsheet(client, editor, site):
    batch = batch_of(begin(client, upload(PLAIN), upload(b"", "=HYPERLINK(1).txt")))
    client.post(reverse("desk:import_start", args=[batch.pk]))
    run(batch, site)

    response = client.get(reverse("desk:import_report", args=[batch.pk]))
    text = b"".join(response.streaming_content).decode()

    assert response["Content-Type"].startswith("text/csv")
    assert "Ministry to seek contact" in text
    assert "'=HYPERLINK(1).txt" in text


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_asks_the_database_as_often_for_twenty_items_as_for_one(
    client, editor, site, count, django_assert_max_num_queries
):
    batch = batch_of(begin(client, addresses="\n".join(f"http://a.example.org/{n}" for n in range(count))))
    client.post(reverse("desk:import_start", args=[batch.pk]))
    run(batch, site)

    with django_assert_max_num_queries(8):
        client.get(reverse("desk:import_detail", args=[batch.pk]))
    with django_assert_max_num_queries(8):
        client.get(reverse("desk:import_list"))


@pytest.mark.parametrize("query", ["before=9999999999999999999999", "before=x", "show=nonsense", "show=all"])
def test_nonsense_in_the_address_is_no_error(client, editor, site, query):
    batch = batch_of(begin(client, upload(PLAIN)))
    client.post(reverse("desk:import_start", args=[batch.pk]))

    assert client.get(f"{reverse('desk:import_detail', args=[batch.pk])}?{query}").status_code == 200


def test_a_name_with_markup_is_shown_as_text(client, editor, site):
    batch = batch_of(begin(client, upload(PLAIN, "<script>alert(1)</script>.txt")))

    page = client.get(reverse("desk:import_detail", args=[batch.pk])).content.decode()

    assert "<script>alert" not in page


def test_row_15_names_that_turn_the_direction_of_words_stay_by_themselves(client, editor, site):
    given = [Given.of_bytes(b"", name="a\u202elmth.exe.txt"), Given.of_bytes(b"", name="b" + "e\u0301" * 90)]
    batch = queue_import(sources=given, by=editor, at=NOW)
    run(batch, site)

    page = client.get(f"{reverse('desk:import_detail', args=[batch.pk])}?show=all").content.decode()

    assert "<bdi>a\u202elmth.exe.txt</bdi>" in page
    assert "\u202e" not in re.sub(r"<(bdi|title)>.*?</\1>", "", page)


def test_why_a_feed_fails_is_told_in_the_readers_language(client, editor):
    feed = Feed.objects.create(url="https://a.example.org/feed", failures=1, last_error="This is a page, not a feed.")
    feed.last_refusal = {"code": "not_a_feed", "details": {"kind": "page"}}

    with translation.override("ko"):
        told = feed.trouble

    assert "This is" not in told


@pytest.mark.parametrize("minutes", ["0", "4", "43201", "2147483647"])
def test_a_feed_is_asked_neither_all_the_time_nor_never(client, editor, minutes):
    sent = {"url": "https://a.example.org/feed", "kind": "feed", "interval_minutes": minutes}

    answer = client.post(reverse("desk:feed_list"), sent)

    assert answer.status_code == 422
    assert not Feed.objects.exists()


def test_feeds_show_their_health_and_can_be_asked_and_switched(client, editor):
    client.post(
        reverse("desk:feed_list"), {"url": "https://a.example.org/feed", "kind": "feed", "interval_minutes": 60}
    )
    feed = Feed.objects.get()
    Feed.objects.update(failures=3, last_error="The site answered 503.", succeeded_at=NOW)

    page = client.get(reverse("desk:feed_list")).content.decode()
    assert "failed 3 times" in page
    assert "The site answered 503." in page

    client.post(reverse("desk:feed_change", args=[feed.pk]), {"off": "1"})
    feed.refresh_from_db()
    assert not feed.is_active
    client.post(reverse("desk:feed_change", args=[feed.pk]), {"poll": "1"})
    feed.refresh_from_db()
    assert feed.is_active
