"""We know that workers who store the same thing at the same time make one of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from articles.actions import store_article
from articles.models import Article, ArticleAddress, Publisher, Story
from tests.articles.drafts import TEXT, make_draft
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8


def all_at_once(drafts):
    """Store each draft in a thread of its own, begun together; return the outcomes."""
    barrier = Barrier(len(drafts))

    def work(draft):
        barrier.wait()
        try:
            return str(store_article(draft=draft, raw=draft.text.encode(), at=NOW).outcome)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(drafts)) as pool:
        return sorted(pool.map(work, drafts))


def test_row_88_eight_workers_with_one_address_make_one_article():
    outcomes = all_at_once([make_draft(publisher="Example")] * WORKERS)

    assert outcomes == ["created"] + ["unchanged"] * (WORKERS - 1)
    assert (Article.objects.count(), ArticleAddress.objects.count(), Publisher.objects.count()) == (1, 1, 1)


def test_eight_papers_with_one_text_make_one_story():
    papers = [make_draft(url=f"https://paper{n}.example.net/a", text=f"{TEXT}\nPaper {n}.") for n in range(WORKERS)]

    outcomes = all_at_once(papers)

    assert outcomes == ["created"] + ["duplicate"] * (WORKERS - 1)
    assert Article.objects.count() == WORKERS
    assert Story.objects.count() == 1
    assert Article.objects.exclude(story=None).count() == WORKERS
