"""We know that files stored together end as they would have one by one."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import store_article, storing_many, writing
from articles.actions.queueing import queue_import
from articles.actions.reading_ahead import SLICE
from articles.actions.running import work_on_batch
from articles.given import Given
from articles.models import Article, Fingerprint, Snapshot
from tests.articles.drafts import make_draft
from tests.articles.site import page_of, sentences
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def page(number, **fields):
    return Given.of_bytes(page_of(number, **fields).encode(), name=f"{number}.html", url=f"https://a.example/{number}")


def run(site, *given, **tools):
    batch = queue_import(sources=given, by=None, at=NOW, by_workers=False)
    work_on_batch(batch_id=batch.pk, tools=site.tools(**tools))
    return batch


def outcomes(batch):
    return list(batch.items.order_by("pk").values_list("outcome", flat=True))


def test_new_files_become_articles_together(site):
    batch = run(site, *(page(number) for number in range(SLICE + 3)))

    assert outcomes(batch) == ["created"] * (SLICE + 3)
    item = batch.items.select_related("article__current_snapshot").order_by("pk")[4]
    assert (item.article.headline, item.article.url) == ("Report 4 announced", "https://a.example/4")
    assert (item.payload, bytes(item.article.current_snapshot.raw)) == (None, page_of(4).encode())
    assert item.article.current_snapshot.article == item.article


def test_the_same_address_twice_in_a_slice_is_one_article(site):
    batch = run(site, page(1), page(2), page(1), page(1, words="One sentence more was added to it later that day."))

    assert outcomes(batch) == ["created", "created", "unchanged", "updated"]
    assert Article.objects.count() == 2
    assert Snapshot.objects.count() == 3


def test_one_text_at_two_addresses_in_a_slice_is_one_story(site):
    copy = Given.of_bytes(page_of(1).encode(), name="copy.html", url="https://b.example/copy")

    batch = run(site, page(1), copy)

    assert outcomes(batch) == ["created", "duplicate"]
    assert len(set(Article.objects.values_list("story", flat=True))) == 1


def test_what_is_stored_already_is_known_in_a_slice(site):
    run(site, page(1), page(2))

    batch = run(site, page(3), page(2), page(1))

    assert outcomes(batch) == ["created", "unchanged", "unchanged"]


def test_one_bad_file_of_a_slice_fails_alone(site):
    bad = [Given.of_bytes(body, name="bad.html") for body in (b"", b"<html><body></body></html>", b"\x00" * 40)]

    batch = run(site, page(1), *bad, page(2))

    assert outcomes(batch) == ["created", "failed", "failed", "failed", "created"]
    assert len(set(batch.items.filter(outcome="failed").values_list("reason", flat=True))) == 3


def test_files_that_cannot_be_stored_together_are_stored_one_by_one(site, monkeypatch):
    def broken(**_fields):
        raise ZeroDivisionError

    monkeypatch.setattr("articles.actions.slices.store_drafts", broken)

    batch = run(site, page(1), page(2))

    assert outcomes(batch) == ["created", "created"]


def test_what_another_worker_stores_meanwhile_is_not_stored_again(site, monkeypatch):
    def waits(at):
        monkeypatch.setattr(storing_many, "write_alone", writing.write_alone)
        store_article(draft=make_draft(url="https://a.example/1"), raw=b"", at=at)

    monkeypatch.setattr(storing_many, "write_alone", waits)

    batch = run(site, page(1))

    assert outcomes(batch) == ["updated"]
    assert Article.objects.count() == 1


def test_a_slice_costs_no_more_queries_than_a_file(site):
    run(site, page(100))
    counts = Counter()
    for size in (1, SLICE):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            run(site, *(page(200 + 20 * size + number) for number in range(size)))
        counts[size] = len(queries)

    assert counts[SLICE] <= counts[1] + 2


def test_files_too_large_to_be_held_together_are_read_in_turn(site, monkeypatch):
    monkeypatch.setattr("articles.actions.reading_ahead.MOST_BYTES", len(page_of(1)) * 2)

    batch = run(site, *(page(number) for number in range(7)))

    assert outcomes(batch) == ["created"] * 7


def test_fingerprints_follow_the_text(site):
    run(site, page(1))
    article = Article.objects.get()
    before = set(Fingerprint.objects.values_list("print", flat=True))

    run(site, page(1, words=" ".join(sentences(50, 30))))

    article.refresh_from_db()
    after = set(Fingerprint.objects.values_list("print", flat=True))
    assert after == set(article.shingles[:24]) != before
    article.addresses.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET shingles = '{}'")
    assert not Fingerprint.objects.exists()


def test_a_copy_is_found_although_every_article_ends_with_the_same_words(site):
    ending = "This report was produced by the common desk of all regional papers and may be reprinted by each of them."
    run(site, *(page(number, words=ending) for number in range(60)))

    copy = Given.of_bytes(page_of(7, words=ending).encode(), name="copy.html", url="https://b.example/copy")
    batch = run(site, copy, page(900, words=ending))

    assert outcomes(batch) == ["duplicate", "created"]
    assert (
        Article.objects.get(url="https://b.example/copy").story == Article.objects.get(url="https://a.example/7").story
    )
